import type { CompetencyView, CustomValues, GradeView, Items, JobView, OrgNodeView, SameName } from '@bole/api';
import { Alert, Form, Input, Select } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { useGet, useSend } from '../../api/hooks';
import { useCan, useSession } from '../../app/session';
import { CustomFieldInputs, useCustomBody } from '../../components/CustomFields';
import { EditorDrawer } from '../../components/EditorDrawer';
import { FamilySelect } from '../../components/FamilySelect';
import { useEnumOptions } from '../../components/Filters';
import { useNames } from '../../components/Names';
import { OrgPicker } from '../../components/Pickers';
import { ErrorState, Loading } from '../../components/States';
import { usePair } from '../../lib/pair';
import { showAtFields } from '../../lib/problem';
import { CompetencyLines, completeLines, type Line } from './CompetencyLines';

type Values = Pick<JobView, 'org_id' | 'code' | 'name' | 'name_en' | 'family' | 'grade' | 'duties' | 'requirements' | 'status'> & { competencies: Line[]; custom?: CustomValues };

/** Opens a job with its custom fields, which lists do not carry. */
export function JobEditor({ job, onClose }: { job?: JobView; onClose: () => void }) {
  const { t } = useTranslation();
  const whole = useGet<JobView>(job ? `/jobs/${job.id}` : null, undefined, { staleTime: 0, gcTime: 0 });
  if (!job || whole.data) return <JobForm job={job && whole.data} onClose={onClose} />;
  return (
    <EditorDrawer open size={720} title={t('jobs.edit')} readOnly onClose={onClose} onSave={onClose}>
      {whole.isError ? <ErrorState problem={whole.error} onRetry={() => void whole.refetch()} /> : <Loading rows={8} />}
    </EditorDrawer>
  );
}

function JobForm({ job, onClose }: { job?: JobView; onClose: () => void }) {
  const { t } = useTranslation();
  const names = useNames();
  const can = useCan();
  const { user } = useSession();
  const [form] = Form.useForm<Values>();
  const statuses = useEnumOptions('item_status');
  const family = Form.useWatch('family', form);
  const library = useGet<Items<CompetencyView>>('/competencies', undefined, { staleTime: 600_000 });
  const nodes = useGet<Items<OrgNodeView>>('/org/nodes', undefined, { staleTime: 60_000 });
  // A job of a node above is used here and changed there.
  const borrowed = Boolean(job && nodes.data && !nodes.data.items.some((node) => node.id === job.org_id));
  const readOnly = !can('job.write') || borrowed;
  const orgId = Form.useWatch('org_id', form) ?? job?.org_id ?? user.org_id;
  const before = job && (job.custom ?? {});
  const custom = useCustomBody('job', orgId, before);

  const save = useSend(
    (values: Values) => {
      const body = {
        ...values,
        custom: custom(values.custom),
        name_en: values.name_en ?? '', grade: values.grade ?? '', duties: values.duties ?? '', requirements: values.requirements ?? '',
        competencies: completeLines(values.competencies, library.data?.items, job?.competencies),
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
  return (
    <EditorDrawer open size={720} title={job ? t('jobs.edit') : t('jobs.add')} readOnly={readOnly} saving={save.isPending}
      onClose={onClose} onSave={() => form.submit()}>
      {borrowed && <Alert type="info" showIcon className="same-name" title={t('jobs.borrowed', { org: names.unit(job) })} />}
      <Form<Values> form={form} layout="vertical" requiredMark={false} disabled={readOnly} onFinish={(values) => save.mutate(values)}
        initialValues={job ?? { org_id: user.org_id, family: 'general', competencies: [], status: 'active' }}>
        <div className="split-fields">
          <Form.Item name="name" label={t('field.name_zh')} rules={required}><Input maxLength={100} lang="zh-CN" /></Form.Item>
          <Form.Item name="name_en" label={t('field.name_en')}><Input maxLength={100} lang="en" /></Form.Item>
          <Form.Item name="code" label={t('field.code')} rules={required}><Input maxLength={40} /></Form.Item>
          {borrowed
            ? <Form.Item label={t('field.org')}><Input value={names.unit(job)} /></Form.Item>
            : <Form.Item name="org_id" label={t('field.org')} rules={required}><OrgPicker disabled={Boolean(job) || readOnly} /></Form.Item>}
          <Form.Item name="family" label={t('jobs.family')} rules={required}><FamilySelect /></Form.Item>
          <Form.Item name="grade" label={t('jobs.grade')}><GradePicker /></Form.Item>
          {job && <Form.Item name="status" label={t('field.status')}><Select options={statuses} /></Form.Item>}
        </div>
        {!readOnly && <SameNameWarning jobId={job?.id} />}
        <Form.Item name="duties" label={t('jobs.duties')}><Input.TextArea autoSize={{ minRows: 3, maxRows: 10 }} maxLength={8000} /></Form.Item>
        <Form.Item name="requirements" label={t('jobs.requirements')}><Input.TextArea autoSize={{ minRows: 3, maxRows: 10 }} maxLength={8000} /></Form.Item>
        <CustomFieldInputs entity="job" orgId={orgId} values={before} disabled={readOnly} />
        <CompetencyLines saved={job?.competencies} family={family} hint={t('jobs.competency_hint')} readOnly={readOnly} />
      </Form>
    </EditorDrawer>
  );
}

export function GradePicker({ value, onChange, id }: { value?: string; onChange?: (value: string) => void; id?: string }) {
  const { t } = useTranslation();
  const pair = usePair();
  const grades = useGet<Items<GradeView>>('/grades', undefined, { staleTime: 60_000 });
  const options = (grades.data?.items ?? []).filter((grade) => grade.state === 'active').map((grade) => ({ value: grade.key, label: `${grade.key} ${pair(grade, 'name')}` }));
  if (value && !options.some((option) => option.value === value)) options.unshift({ value, label: value });
  return (
    <Select id={id} value={value || undefined} allowClear showSearch={{ optionFilterProp: 'label' }} options={options} loading={grades.isLoading}
      onChange={(next: string | undefined) => onChange?.(next ?? '')} aria-label={t('jobs.grade')} placeholder={t('jobs.no_grade')} />
  );
}

/** One name for one job: says where a job of this name is already. Asked 400 ms after the last key. */
function SameNameWarning({ jobId }: { jobId?: string }) {
  const { t } = useTranslation();
  const names = useNames();
  const form = Form.useFormInstance<Values>();
  const name = Form.useWatch('name', form);
  const org = Form.useWatch('org_id', form);
  const [asked, setAsked] = useState<string>();
  useEffect(() => {
    const timer = setTimeout(() => setAsked(name?.trim() || undefined), 400);
    return () => clearTimeout(timer);
  }, [name]);
  const same = useGet<Items<SameName>>(asked && org ? '/jobs/same-name' : null, { name: asked, org_id: org });
  const others = (same.data?.items ?? []).filter((item) => item.id !== jobId);
  if (others.length === 0) return null;
  const list = others.map((item) => `${names.unit(item)} · ${item.code}`).join(t('common.list_comma'));
  return (
    <Alert type="warning" showIcon className="same-name"
      title={others.some((item) => item.above) ? t('jobs.same_above', { list }) : t('jobs.same_elsewhere', { list })} />
  );
}
