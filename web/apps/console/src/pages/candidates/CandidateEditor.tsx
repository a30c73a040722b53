import type { CandidateView, CreateCandidate } from '@bole/api';
import { Alert, DatePicker, Form, Input, Select } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api } from '../../api/client';
import { useSend } from '../../api/hooks';
import { useSession } from '../../app/session';
import { CustomFieldInputs, useCustomBody } from '../../components/CustomFields';
import { EditorDrawer } from '../../components/EditorDrawer';
import { useEnumOptions } from '../../components/Filters';
import { useNames } from '../../components/Names';
import { JobPicker, OrgPicker } from '../../components/Pickers';
import { showAtFields } from '../../lib/problem';

type Values = Omit<CreateCandidate, 'birth_date'> & { birth_date?: Dayjs | null };

/** Contact details are never filled in when editing: what is left empty stays as it is. */
export function CandidateEditor({ candidate, onClose }: { candidate?: CandidateView; onClose: () => void }) {
  const { t } = useTranslation();
  const names = useNames();
  const { user } = useSession();
  const [form] = Form.useForm<Values>();
  const [duplicate, setDuplicate] = useState<{ id: string; name: string; text: string } | null>(null);
  const genders = useEnumOptions('gender');
  const sources = useEnumOptions('source');
  const locales = useEnumOptions('locale');
  const orgId = Form.useWatch('org_id', form) ?? candidate?.org_id ?? user.org_id;
  const before = candidate && (candidate.custom ?? {});
  const custom = useCustomBody('candidate', orgId, before);
  const save = useSend(
    (values: Values) => {
      const body = {
        ...values,
        gender: values.gender ?? '', note: values.note ?? '', tags: values.tags ?? [],
        birth_date: values.birth_date ? values.birth_date.format('YYYY-MM-DD') : undefined,
        custom: custom(values.custom),
        // An empty text takes the job away; an absent member leaves it as it is.
        job_id: values.job_id ?? (candidate ? '' : undefined),
        phone: values.phone?.trim() || undefined, email: values.email?.trim() || undefined, id_number: values.id_number?.trim() || undefined,
      };
      if (!candidate) return api.post<CandidateView>('/candidates', body);
      const { org_id: _org, ...patch } = body;
      return api.patch<CandidateView>(`/candidates/${candidate.id}`, { ...patch, version: candidate.version });
    },
    {
      refresh: ['/candidates'],
      done: t('common.saved'),
      onDone: onClose,
      onProblem: (problem) => {
        if (problem.code === 'candidate.duplicate') {
          setDuplicate({ id: String(problem.params.existing_id ?? ''), name: String(problem.params.existing_name ?? ''), text: problem.detail || problem.message });
          return true;
        }
        return showAtFields(form, problem);
      },
    },
  );
  const required = [{ required: true, message: t('common.required') }];
  return (
    <EditorDrawer open title={candidate ? t('candidates.edit') : t('candidates.add')} saving={save.isPending} onClose={onClose}
      onSave={() => { setDuplicate(null); form.submit(); }}>
      {duplicate && (
        <Alert type="warning" showIcon style={{ marginBottom: 16 }} title={t('candidates.duplicate', { name: duplicate.name })} description={duplicate.text}
          action={duplicate.id && <Link to={`/candidates/${duplicate.id}`} onClick={onClose}>{t('candidates.open_existing')}</Link>} />
      )}
      <Form<Values> form={form} layout="vertical" requiredMark={false} onFinish={(values) => save.mutate(values)}
        initialValues={candidate
          ? { ...candidate, gender: candidate.gender || undefined, birth_date: candidate.birth_date ? dayjs(candidate.birth_date) : null }
          : { org_id: user.org_id, source: 'job_site', locale: 'zh-CN', tags: [] }}>
        <div className="split-fields">
          <Form.Item name="name" label={t('candidates.name')} rules={required}><Input maxLength={100} autoFocus={!candidate} /></Form.Item>
          <Form.Item name="org_id" label={t('field.org')} rules={required}><OrgPicker disabled={Boolean(candidate)} /></Form.Item>
          <Form.Item name="phone" label={t('candidates.phone')}><Input maxLength={20} inputMode="tel" placeholder={candidate?.phone_masked} /></Form.Item>
          <Form.Item name="email" label={t('candidates.email')} rules={[{ type: 'email', message: t('users.email_wrong') }]}><Input maxLength={200} inputMode="email" placeholder={candidate?.email_masked} /></Form.Item>
          <Form.Item name="id_number" label={t('candidates.id_number')} extra={t('candidates.id_number_hint')}><Input maxLength={20} placeholder={candidate?.id_number_masked} /></Form.Item>
          <Form.Item name="job_id" label={t('candidates.job')}><JobPicker current={names.job(candidate)} /></Form.Item>
          <Form.Item name="gender" label={t('candidates.gender')}><Select allowClear options={genders} /></Form.Item>
          <Form.Item name="birth_date" label={t('candidates.birth_date')}><DatePicker style={{ width: '100%' }} maxDate={dayjs()} /></Form.Item>
          <Form.Item name="source" label={t('candidates.source')} rules={required}><Select options={sources} /></Form.Item>
          <Form.Item name="locale" label={t('candidates.language')} rules={required}><Select options={locales} /></Form.Item>
        </div>
        <Form.Item name="tags" label={t('candidates.tags')}><Select mode="tags" tokenSeparators={[',', '，', '、']} open={false} suffixIcon={null} placeholder={t('candidates.tags_hint')} /></Form.Item>
        <Form.Item name="note" label={t('candidates.note')}><Input.TextArea autoSize={{ minRows: 2, maxRows: 8 }} maxLength={4000} /></Form.Item>
        <CustomFieldInputs entity="candidate" orgId={orgId} values={before} />
      </Form>
    </EditorDrawer>
  );
}
