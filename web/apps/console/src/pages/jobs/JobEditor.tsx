import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import type { Competency, JobView } from '@bole/api';
import { Button, Form, Input, InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { useSend } from '../../api/hooks';
import { useCan, useSession } from '../../app/session';
import { EditorDrawer } from '../../components/EditorDrawer';
import { useEnumOptions } from '../../components/Filters';
import { OrgPicker } from '../../components/Pickers';
import { WeightSum } from '../../components/WeightSum';
import { useDimensions } from '../../lib/dimensions';
import { usePair } from '../../lib/pair';
import { showAtFields } from '../../lib/problem';

type Values = Pick<JobView, 'org_id' | 'code' | 'name' | 'name_en' | 'family' | 'grade' | 'duties' | 'requirements' | 'status'> & {
  competencies: { key: string; weight: number }[];
};

export function JobEditor({ job, onClose }: { job?: JobView; onClose: () => void }) {
  const { t } = useTranslation();
  const can = useCan();
  const pair = usePair();
  const { user } = useSession();
  const [form] = Form.useForm<Values>();
  const families = useEnumOptions('family');
  const statuses = useEnumOptions('item_status');
  const dimensions = useDimensions();
  const competencies = Form.useWatch('competencies', form) ?? [];
  const readOnly = !can('job.write');

  const save = useSend(
    (values: Values) => {
      const known = new Map<string, Pick<Competency, 'name_zh' | 'name_en'>>(
        [...dimensions, ...(job?.competencies ?? [])].map((item) => [item.key, item]));
      const body = {
        ...values,
        name_en: values.name_en ?? '', grade: values.grade ?? '', duties: values.duties ?? '', requirements: values.requirements ?? '',
        competencies: (values.competencies ?? []).map(({ key, weight }) => ({
          key, weight, name_zh: known.get(key)?.name_zh ?? key, name_en: known.get(key)?.name_en ?? key,
        })),
      };
      if (job) {
        const { org_id: _org, ...patch } = body;
        return api.patch<JobView>(`/jobs/${job.id}`, { ...patch, version: job.version });
      }
      const { status: _status, ...create } = body;
      return api.post<JobView>('/jobs', create);
    },
    { refresh: ['/jobs'], done: t('common.saved'), onDone: onClose, onProblem: (problem) => showAtFields(form, problem) },
  );
  const required = [{ required: true, message: t('common.required') }];
  const options = [...dimensions, ...(job?.competencies ?? []).filter((item) => !dimensions.some((known) => known.key === item.key))]
    .map((item) => ({ value: item.key, label: pair(item, 'name') }));

  return (
    <EditorDrawer open size={680} title={job ? t('jobs.edit') : t('jobs.add')} readOnly={readOnly} saving={save.isPending}
      onClose={onClose} onSave={() => form.submit()}>
      <Form<Values> form={form} layout="vertical" requiredMark={false} disabled={readOnly} onFinish={(values) => save.mutate(values)}
        initialValues={job ?? { org_id: user.org_id, family: 'general', competencies: [], status: 'active' }}>
        <div className="split-fields">
          <Form.Item name="name" label={t('field.name_zh')} rules={required}><Input maxLength={100} lang="zh-CN" /></Form.Item>
          <Form.Item name="name_en" label={t('field.name_en')}><Input maxLength={100} lang="en" /></Form.Item>
          <Form.Item name="code" label={t('field.code')} rules={required}><Input maxLength={40} /></Form.Item>
          <Form.Item name="org_id" label={t('field.org')} rules={required}><OrgPicker disabled={Boolean(job) || readOnly} /></Form.Item>
          <Form.Item name="family" label={t('jobs.family')} rules={required}><Select options={families} /></Form.Item>
          <Form.Item name="grade" label={t('jobs.grade')}><Input maxLength={40} /></Form.Item>
          {job && <Form.Item name="status" label={t('field.status')}><Select options={statuses} /></Form.Item>}
        </div>
        <Form.Item name="duties" label={t('jobs.duties')}><Input.TextArea autoSize={{ minRows: 3, maxRows: 10 }} maxLength={8000} /></Form.Item>
        <Form.Item name="requirements" label={t('jobs.requirements')}><Input.TextArea autoSize={{ minRows: 3, maxRows: 10 }} maxLength={8000} /></Form.Item>
        <div className="row" style={{ justifyContent: 'space-between', marginBottom: 8 }}>
          <h3 className="section-title">{t('jobs.competency_model')}</h3>
          {competencies.length > 0 && <WeightSum weights={competencies.map((item) => item?.weight ?? 0)} />}
        </div>
        <p className="quiet" style={{ marginBottom: 10 }}>{t('jobs.competency_hint')}</p>
        <Form.List name="competencies">
          {(fields, { add, remove }) => (
            <>
              {fields.map((field) => (
                <div key={field.key} className="row" style={{ flexWrap: 'nowrap', alignItems: 'flex-start' }}>
                  <Form.Item name={[field.name, 'key']} rules={required} style={{ flex: 1, minWidth: 0 }}>
                    <Select options={options} showSearch={{ optionFilterProp: 'label' }} aria-label={t('jobs.competency')} placeholder={t('jobs.competency')} />
                  </Form.Item>
                  <Form.Item name={[field.name, 'weight']} rules={required} style={{ width: 120 }}>
                    <InputNumber min={0} max={100} suffix="%" aria-label={t('field.weight')} style={{ width: '100%' }} />
                  </Form.Item>
                  <Button type="text" icon={<DeleteOutlined />} aria-label={t('common.delete')} onClick={() => remove(field.name)} />
                </div>
              ))}
              {!readOnly && (
                <Button type="dashed" block icon={<PlusOutlined />}
                  onClick={() => add({ weight: Math.max(0, 100 - competencies.reduce((sum, item) => sum + (item?.weight ?? 0), 0)) })}>
                  {t('jobs.add_competency')}
                </Button>
              )}
            </>
          )}
        </Form.List>
      </Form>
    </EditorDrawer>
  );
}
