import { Checkbox, DatePicker, Form, Input, Modal, Select } from 'antd';
import type { Dayjs } from 'dayjs';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { useSend } from '../../api/hooks';
import { useEnumOptions } from '../../components/Filters';
import { showAtFields } from '../../lib/problem';

/** The record by which the person is named: one of the two. */
export type PersonRecord = { candidate_id: string; employee_id?: never } | { employee_id: string; candidate_id?: never };
export type Dialog = 'request' | 'export' | 'hold' | 'erasure';

interface Values {
  kind?: string;
  content?: string;
  purpose?: string;
  for_subject?: boolean;
  reason?: string;
  until?: Dayjs;
  basis?: string;
}

const paths: Record<Dialog, string> = { request: '/privacy/requests', export: '/privacy/exports', hold: '/privacy/holds', erasure: '/privacy/erasures' };

/** One question before something is done with a person's data; what follows is said plainly. */
export function PrivacyDialog({ kind, record, onClose }: { kind: Dialog; record: PersonRecord; onClose: () => void }) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Values>();
  const kinds = useEnumOptions('request_kind');
  const grounds = useEnumOptions('erasure_basis');
  const send = useSend(
    ({ until, ...values }: Values) => api.post(paths[kind], { ...record, ...values, ...(until ? { until: until.format('YYYY-MM-DD') } : {}) }),
    { refresh: [paths[kind]], done: t(`privacy.done_${kind}`), onDone: onClose, onProblem: (problem) => showAtFields(form, problem) },
  );
  const required = [{ required: true, message: t('common.required') }];
  return (
    <Modal open title={t(`privacy.new_${kind}`)} onCancel={onClose} onOk={() => form.submit()} confirmLoading={send.isPending}
      okText={t(`privacy.do_${kind}`)} okButtonProps={{ danger: kind === 'erasure' }}>
      <p className="quiet" style={{ marginBottom: 12 }}>{t(`privacy.about_${kind}`)}</p>
      <Form<Values> form={form} layout="vertical" requiredMark={false} onFinish={(values) => send.mutate(values)} initialValues={{ content: '', for_subject: false }}>
        {kind === 'request' && (
          <>
            <Form.Item name="kind" label={t('privacy.kind')} rules={required}><Select options={kinds} /></Form.Item>
            <Form.Item name="content" label={t('privacy.content')}><Input.TextArea rows={3} maxLength={2000} /></Form.Item>
          </>
        )}
        {kind === 'export' && (
          <>
            <Form.Item name="purpose" label={t('privacy.purpose')} rules={required}><Input maxLength={200} /></Form.Item>
            <Form.Item name="for_subject" valuePropName="checked"><Checkbox>{t('privacy.for_subject')}</Checkbox></Form.Item>
          </>
        )}
        {kind === 'hold' && (
          <>
            <Form.Item name="reason" label={t('privacy.reason')} rules={required}><Input.TextArea rows={2} maxLength={500} /></Form.Item>
            <Form.Item name="until" label={t('privacy.until_optional')}><DatePicker style={{ width: '100%' }} /></Form.Item>
          </>
        )}
        {kind === 'erasure' && <Form.Item name="basis" label={t('privacy.basis')} rules={required}><Select options={grounds} /></Form.Item>}
      </Form>
    </Modal>
  );
}
