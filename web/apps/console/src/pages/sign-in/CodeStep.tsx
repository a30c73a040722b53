import type { SignInView } from '@bole/api';
import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { useSend } from '../../api/hooks';
import { CodeField } from '../../components/SecondFactor';
import { showAtFields } from '../../lib/problem';
import { isOver } from './steps';

interface Code {
  code: string;
}

export function CodeStep({ onNext, onAgain }: { onNext: (view: SignInView) => void; onAgain: () => void }) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Code>();
  const [recovery, setRecovery] = useState(false);
  const send = useSend((input: Code) => api.post<SignInView>('/session/code', input), {
    onDone: onNext,
    onProblem: (problem) => {
      form.resetFields();
      if (isOver(problem)) onAgain();
      return showAtFields(form, problem);
    },
  });
  return (
    <>
      <h1>{t('sign_in.code_title')}</h1>
      <p className="quiet" style={{ marginBottom: 16 }}>{recovery ? t('sign_in.recovery_hint') : t('sign_in.code_hint')}</p>
      <Form<Code> form={form} layout="vertical" requiredMark={false} onFinish={(input) => send.mutate(input)}>
        {recovery
          ? (
            <Form.Item name="code" label={t('factor.recovery_code')} rules={[{ required: true, message: t('common.required') }]}>
              <Input size="large" autoFocus autoComplete="off" spellCheck={false} maxLength={40} placeholder="xxxx-xxxx-xxxx-xxxx" />
            </Form.Item>
          )
          : <CodeField />}
        <Button type="primary" htmlType="submit" size="large" block loading={send.isPending}>{t('sign_in.continue')}</Button>
      </Form>
      <div className="row" style={{ justifyContent: 'space-between', marginTop: 12 }}>
        <Button type="link" style={{ padding: 0 }} onClick={() => { setRecovery(!recovery); form.resetFields(); }}>
          {recovery ? t('sign_in.use_app') : t('sign_in.use_recovery')}
        </Button>
        <Button type="link" style={{ padding: 0 }} onClick={onAgain}>{t('sign_in.again')}</Button>
      </div>
    </>
  );
}
