import type { SessionView, SignIn } from '@bole/api';
import { useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import { api } from '../../api/client';
import { useSend } from '../../api/hooks';
import { sessionKey } from '../../app/session';
import { LanguageButton, ThemeButton } from '../../app/Shell';
import { Brand } from '../../components/Brand';
import { problemText } from '../../lib/problem';

/** Only a path of this site: an address elsewhere in `next` would be an open redirect. */
function safeNext(next: string | null): string {
  return next && /^\/(?![/\\])/.test(next) ? next : '/';
}

export default function SignInPage() {
  const { t } = useTranslation();
  const [params] = useSearchParams();
  const navigate = useNavigate();
  const client = useQueryClient();
  const [problem, setProblem] = useState<{ title: string; detail: string } | null>(null);
  const signIn = useSend<SignIn, SessionView>((input) => api.post<SessionView>('/session', input), {
    onDone: (session) => {
      client.clear();
      client.setQueryData(sessionKey, session);
      void navigate(safeNext(params.get('next')), { replace: true });
    },
    onProblem: (found) => {
      setProblem(problemText(found, t));
      return true;
    },
  });
  return (
    <div className="sign-in">
      <title>{`${t('sign_in.title')} · ${t('app.name')}`}</title>
      <div className="sign-in-side">
        <Brand />
        <div className="sign-in-words">
          <h2>{t('sign_in.promise')}</h2>
          <p>{t('sign_in.promise_text')}</p>
        </div>
      </div>
      <main className="sign-in-form">
        <div className="sign-in-tools"><LanguageButton /><ThemeButton /></div>
        <div className="sign-in-box">
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
        </div>
      </main>
    </div>
  );
}
