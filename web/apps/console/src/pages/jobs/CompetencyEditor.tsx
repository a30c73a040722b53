import type { CompetencyLevel, CompetencyView } from '@bole/api';
import { Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { useSend } from '../../api/hooks';
import { EditorDrawer } from '../../components/EditorDrawer';
import { useEnumOptions } from '../../components/Filters';
import { usePair } from '../../lib/pair';
import { showAtFields } from '../../lib/problem';

type Values = Omit<CompetencyView, 'version' | 'levels'> & { levels: Omit<CompetencyLevel, 'level'>[] };

export function CompetencyEditor({ competency, onClose }: { competency?: CompetencyView; onClose: () => void }) {
  const { t } = useTranslation();
  const pair = usePair();
  const [form] = Form.useForm<Values>();
  const states = useEnumOptions('item_status');
  const save = useSend(
    ({ key, ...values }: Values) => api.put<CompetencyView>(`/competencies/${encodeURIComponent(competency?.key ?? key)}`, {
      name_zh: values.name_zh, name_en: values.name_en ?? '', description_zh: values.description_zh ?? '', description_en: values.description_en ?? '',
      levels: values.levels.map((item, index) => ({ level: index + 1, anchor_zh: item?.anchor_zh ?? '', anchor_en: item?.anchor_en ?? '' })),
      state: values.state ?? 'active', version: competency?.version ?? 0,
    }),
    { refresh: ['/competencies'], done: t('common.saved'), onDone: onClose, onProblem: (problem) => showAtFields(form, problem) },
  );
  const required = [{ required: true, message: t('common.required') }];
  const levels = [1, 2, 3, 4, 5].map((level) => competency?.levels.find((item) => item.level === level) ?? {});
  return (
    <EditorDrawer open size={680} title={competency ? pair(competency, 'name') : t('competencies.add')} saving={save.isPending} onClose={onClose} onSave={() => form.submit()}>
      <Form<Values> form={form} layout="vertical" requiredMark={false} onFinish={(values) => save.mutate(values)} initialValues={{ ...competency, levels }}>
        <div className="split-fields">
          {!competency && <Form.Item name="key" label={t('field.code')} rules={required}><Input maxLength={60} /></Form.Item>}
          {competency && <Form.Item name="state" label={t('field.status')}><Select options={states} /></Form.Item>}
          <span />
          <Form.Item name="name_zh" label={t('field.name_zh')} rules={required}><Input maxLength={60} lang="zh-CN" /></Form.Item>
          <Form.Item name="name_en" label={t('field.name_en')}><Input maxLength={60} lang="en" /></Form.Item>
          <Form.Item name="description_zh" label={t('competencies.description_zh')}><Input.TextArea autoSize={{ minRows: 2 }} maxLength={500} lang="zh-CN" /></Form.Item>
          <Form.Item name="description_en" label={t('competencies.description_en')}><Input.TextArea autoSize={{ minRows: 2 }} maxLength={500} lang="en" /></Form.Item>
        </div>
        <p className="quiet" style={{ marginBottom: 10 }}>{t('competencies.anchor_hint')}</p>
        {[1, 2, 3, 4, 5].map((level, index) => (
          <div key={level} className="split-fields">
            <Form.Item name={['levels', index, 'anchor_zh']} label={t('competencies.level_zh', { level })}><Input.TextArea autoSize={{ minRows: 2 }} maxLength={500} lang="zh-CN" /></Form.Item>
            <Form.Item name={['levels', index, 'anchor_en']} label={t('competencies.level_en', { level })}><Input.TextArea autoSize={{ minRows: 2 }} maxLength={500} lang="en" /></Form.Item>
          </div>
        ))}
      </Form>
    </EditorDrawer>
  );
}
