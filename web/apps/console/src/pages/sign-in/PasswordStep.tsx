import type { SignIn, SignInView } from '@bole/api';
import { Alert, Button, Divider, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { useSend } from '../../api/hooks';
import { problemText } from '../../lib/problem';

export function PasswordStep({ onNext, oidcLabel, next }: { onNext: (view: SignInView) => void; oidcLabel?: string | null; next: string }) {
  const { t } = useTranslation();
  const [problem, setProblem] = useState<{ title: string; detail: string } | null>(null);
  const signIn = useSend<SignIn, SignInView>((input) => api.post<SignInView>('/session', input), {
    onDone: onNext,
    onProblem: (found) => {
      setProblem(problemText(found, t));
      return true;
    },
  });
  return (
    <>
      <h1>{t('sign_in.title')}</h1>
      {problem && <Alert type="error" showIcon title={problem.title} description={problem.detail || undefined} style={{ marginBottom: 16 }} />}
      <Form<SignIn> layout="vertical" requiredMark={false} onFinish={(input) => { setProblem(null); signIn.mutate(input); }}>
        <Form.Item name="user_name" label={t('sign_in.user_name')} rules={[{ required: true, message: t('sign_in.user_name_missing') }]}>
          <Input size="large" autoComplete="username" autoFocus autoCapitalize="none" spellCheck={false} />
        </Form.Item>
        <Form.Item name="password" label={t('sign_in.password')} rules={[{ required: true, message: t('sign_in.password_missing') }]}>
          <Input.Password size="large" autoComplete="current-password" />
        </Form.Item>
        <Button type="primary" htmlType="submit" size="large" block loading={signIn.isPending}>{t('sign_in.submit')}</Button>
      </Form>
      {oidcLabel && (
        <>
          <Divider plain>{t('sign_in.or')}</Divider>
          <Button size="large" block href={api.url('/session/oidc/start', { return_to: next })}>{t('sign_in.oidc', { label: oidcLabel })}</Button>
        </>
      )}
    </>
  );
}
