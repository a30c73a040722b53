import type { PositionView } from '@bole/api';
import { DatePicker, Form, Input, InputNumber } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { useSend } from '../../api/hooks';
import { useSession } from '../../app/session';
import { EditorDrawer } from '../../components/EditorDrawer';
import { JobPicker, OrgPicker } from '../../components/Pickers';
import { useName } from '../../lib/pair';
import { showAtFields } from '../../lib/problem';

type Values = Pick<PositionView, 'org_id' | 'job_id' | 'code' | 'name' | 'name_en' | 'headcount'> & { valid_from: Dayjs; valid_to?: Dayjs | null };

export function PositionEditor({ position, onClose }: { position?: PositionView; onClose: () => void }) {
  const { t } = useTranslation();
  const name = useName();
  const { user } = useSession();
  const [form] = Form.useForm<Values>();
  const save = useSend(
    ({ org_id: org, job_id: job, code, ...values }: Values) => {
      const body = { ...values, name_en: values.name_en ?? '', valid_from: values.valid_from.format('YYYY-MM-DD'), valid_to: values.valid_to?.format('YYYY-MM-DD') };
      return position
        ? api.put<PositionView>(`/positions/${position.id}`, { ...body, version: position.version })
        : api.post<PositionView>('/positions', { ...body, org_id: org, job_id: job, code });
    },
    { refresh: ['/positions', '/headcount'], done: t('common.saved'), onDone: onClose, onProblem: (problem) => showAtFields(form, problem) },
  );
  const required = [{ required: true, message: t('common.required') }];
  const initial = position
    ? { ...position, valid_from: dayjs(position.valid_from), valid_to: position.valid_to ? dayjs(position.valid_to) : null }
    : { org_id: user.org_id, headcount: 1, valid_from: dayjs() };
  return (
    <EditorDrawer open size={520} title={position ? name(position) : t('positions.add')} saving={save.isPending} onClose={onClose} onSave={() => form.submit()}>
      <Form<Values> form={form} layout="vertical" requiredMark={false} onFinish={(values) => save.mutate(values)} initialValues={initial}>
        <div className="split-fields">
          <Form.Item name="name" label={t('field.name_zh')} rules={required}><Input maxLength={100} lang="zh-CN" /></Form.Item>
          <Form.Item name="name_en" label={t('field.name_en')}><Input maxLength={100} lang="en" /></Form.Item>
          <Form.Item name="code" label={t('field.code')} rules={required}><Input maxLength={40} disabled={Boolean(position)} /></Form.Item>
          <Form.Item name="headcount" label={t('positions.headcount')} rules={required}><InputNumber min={0} max={100_000} style={{ width: '100%' }} /></Form.Item>
          <Form.Item name="org_id" label={t('field.org')} rules={required}><OrgPicker disabled={Boolean(position)} /></Form.Item>
          <Form.Item name="job_id" label={t('jobs.name')} rules={required}><JobPicker disabled={Boolean(position)} current={position && name({ name: position.job_name, name_en: position.job_name_en })} /></Form.Item>
          <Form.Item name="valid_from" label={t('positions.from')} rules={required}><DatePicker style={{ width: '100%' }} /></Form.Item>
          <Form.Item name="valid_to" label={t('positions.to')} extra={t('positions.to_hint')}><DatePicker style={{ width: '100%' }} /></Form.Item>
        </div>
      </Form>
    </EditorDrawer>
  );
}
