import { CheckCircleOutlined } from '@ant-design/icons';
import type { EnrolmentView, ProtectionView, RecoveryCodes } from '@bole/api';
import { Button, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { useSend } from '../../api/hooks';
import { CodeField, EnrolmentPicture, RecoveryList } from '../../components/SecondFactor';
import { showAtFields } from '../../lib/problem';

type Act = 'begin' | 'codes' | 'remove';

/** The authenticator app of one's own account. Each act asks for the password once more. */
export function FactorSection({ protection }: { protection: ProtectionView }) {
  const { t } = useTranslation();
  const [act, setAct] = useState<Act | null>(null);
  const [enrolment, setEnrolment] = useState<EnrolmentView | null>(null);
  const [codes, setCodes] = useState<string[] | null>(null);
  const [form] = Form.useForm<{ password: string }>();
  const [codeForm] = Form.useForm<{ code: string }>();
  const address = { begin: '/session/second-factor', codes: '/session/second-factor/recovery-codes', remove: '/session/second-factor/remove' };
  const title = { begin: t('factor.set_up'), codes: t('factor.new_codes'), remove: t('factor.remove') };
  const close = () => {
    setAct(null);
    form.resetFields();
  };
  const send = useSend((input: { password: string }) => api.post<EnrolmentView | RecoveryCodes | undefined>(address[act!], input), {
    refresh: ['/session/protection'],
    onDone: (result) => {
      if (act === 'begin') setEnrolment(result as EnrolmentView);
      if (act === 'codes') setCodes((result as RecoveryCodes).codes);
      close();
    },
    onProblem: (problem) => showAtFields(form, problem),
  });
  const confirm = useSend((input: { code: string }) => api.post<RecoveryCodes>('/session/second-factor/confirm', input), {
    refresh: ['/session/protection'],
    onDone: (result) => {
      setEnrolment(null);
      setCodes(result.codes);
    },
    onProblem: (problem) => showAtFields(codeForm, problem),
  });
  return (
    <section className="panel">
      <div className="panel-head"><h2>{t('factor.title')}</h2></div>
      <div className="panel-body stack">
        {protection.second_factor
          ? <p><CheckCircleOutlined style={{ color: 'var(--good)' }} aria-hidden /> {t('factor.on', { left: protection.recovery_codes_left })}</p>
          : <p className="quiet">{protection.second_factor_required ? t('factor.required') : t('factor.off')}</p>}
        <div className="row">
          {!protection.second_factor && <Button type="primary" onClick={() => setAct('begin')}>{title.begin}</Button>}
          {protection.second_factor && <Button onClick={() => setAct('codes')}>{title.codes}</Button>}
          {protection.second_factor && !protection.second_factor_required && <Button danger onClick={() => setAct('remove')}>{title.remove}</Button>}
        </div>
      </div>
      <Modal open={act !== null} title={act ? title[act] : ''} onCancel={close} onOk={() => form.submit()} okText={t('sign_in.continue')} confirmLoading={send.isPending} destroyOnHidden>
        <Form form={form} layout="vertical" requiredMark={false} onFinish={(input) => send.mutate(input)}>
          <p className="quiet" style={{ marginBottom: 12 }}>{t('factor.password_again')}</p>
          <Form.Item name="password" label={t('profile.current_password')} rules={[{ required: true, message: t('common.required') }]}>
            <Input.Password autoFocus autoComplete="current-password" />
          </Form.Item>
        </Form>
      </Modal>
      <Modal open={enrolment !== null} title={t('factor.set_up')} onCancel={() => setEnrolment(null)} onOk={() => codeForm.submit()} okText={t('sign_in.continue')} confirmLoading={confirm.isPending} destroyOnHidden>
        {enrolment && (
          <Form form={codeForm} layout="vertical" requiredMark={false} onFinish={(input) => confirm.mutate(input)}>
            <EnrolmentPicture enrolment={enrolment} />
            <CodeField />
          </Form>
        )}
      </Modal>
      <Modal open={codes !== null} title={t('factor.codes_title')} closable={false} footer={null} destroyOnHidden>
        {codes && <RecoveryList codes={codes} onDone={() => setCodes(null)} />}
      </Modal>
    </section>
  );
}
