import type { SubjectRequest } from '@bole/api';
import { Form, Input, InputNumber, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { useSend } from '../../api/hooks';
import { showAtFields } from '../../lib/problem';

interface Values {
  days: number;
  reason: string;
}

/** Puts the deadline of a request off; only once, and the person reads why. */
export function ExtendDialog({ request, onClose }: { request: SubjectRequest; onClose: () => void }) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Values>();
  const extend = useSend((values: Values) => api.post(`/privacy/requests/${request.id}/extend`, { version: request.version, ...values }), {
    refresh: ['/privacy/requests'], done: t('privacy.extended_done'), onDone: onClose, onProblem: (problem) => showAtFields(form, problem),
  });
  const required = [{ required: true, message: t('common.required') }];
  return (
    <Modal open title={t('privacy.extend')} onCancel={onClose} onOk={() => form.submit()} confirmLoading={extend.isPending} okText={t('privacy.extend')}>
      <p className="quiet" style={{ marginBottom: 12 }}>{t('privacy.about_extend', { days: request.may_extend_days })}</p>
      <Form<Values> form={form} layout="vertical" requiredMark={false} onFinish={(values) => extend.mutate(values)} initialValues={{ days: request.may_extend_days }}>
        <Form.Item name="days" label={t('privacy.extend_days')} rules={required}><InputNumber min={1} max={request.may_extend_days} suffix={t('unit.days')} style={{ width: '100%' }} /></Form.Item>
        <Form.Item name="reason" label={t('privacy.reason')} rules={[{ ...required[0], whitespace: true, min: 3 }]}><Input.TextArea rows={3} maxLength={500} /></Form.Item>
      </Form>
    </Modal>
  );
}
