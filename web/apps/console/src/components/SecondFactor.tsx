import { CopyOutlined, DownloadOutlined } from '@ant-design/icons';
import type { EnrolmentView, PasswordRule } from '@bole/api';
import { Alert, App, Button, Form, Input } from 'antd';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';

/** Six digits of the authenticator app. */
export function CodeField() {
  const { t } = useTranslation();
  return (
    <Form.Item name="code" label={t('factor.code')} rules={[{ required: true, message: t('common.required') }]}>
      <Input size="large" autoFocus inputMode="numeric" autoComplete="one-time-code" maxLength={6} pattern="[0-9]*" />
    </Form.Item>
  );
}

export function EnrolmentPicture({ enrolment }: { enrolment: EnrolmentView }) {
  const { t } = useTranslation();
  return (
    <div className="enrol" style={{ marginBottom: 16 }}>
      <img className="qr" alt={t('factor.qr')} src={`data:image/svg+xml,${encodeURIComponent(enrolment.qr_svg)}`} />
      <div>
        <p>{t('factor.scan')}</p>
        <p className="quiet" style={{ margin: '10px 0 4px' }}>{t('factor.type')}</p>
        <code className="secret">{enrolment.secret.replace(/(.{4})(?=.)/g, '$1 ')}</code>
      </div>
    </div>
  );
}

/** Shown once: the reader has to say that they are kept. */
export function RecoveryList({ codes, onDone }: { codes: string[]; onDone: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const text = codes.join('\n');
  const copy = () => void navigator.clipboard.writeText(text).then(() => message.success(t('common.copied')));
  return (
    <>
      <Alert type="warning" showIcon title={t('factor.codes_once')} description={t('factor.codes_why')} />
      <ul className="codes">{codes.map((code) => <li key={code}><code className="secret">{code}</code></li>)}</ul>
      <div className="row">
        <Button icon={<CopyOutlined />} onClick={copy}>{t('common.copy')}</Button>
        <Button icon={<DownloadOutlined />} href={`data:text/plain;charset=utf-8,${encodeURIComponent(text)}`} download="bole-recovery-codes.txt">{t('factor.codes_download')}</Button>
        <Button type="primary" onClick={onDone}>{t('factor.codes_kept')}</Button>
      </div>
    </>
  );
}

/** The rule for passwords in words. */
export function usePasswordRule(): (rule?: PasswordRule) => string {
  const { t } = useTranslation();
  return useCallback((rule?: PasswordRule) => (rule
    ? t('profile.password_rule', { min: rule.min_length, classes: rule.min_classes, long: rule.long_length, history: rule.history })
    : ''), [t]);
}
