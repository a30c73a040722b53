import type { PasswordRule, SignInView } from '@bole/api';
import { Button, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { useSend } from '../../api/hooks';
import { usePasswordRule } from '../../components/SecondFactor';
import { showAtFields } from '../../lib/problem';
import { isOver } from './steps';

interface Values {
  new_password: string;
  repeat: string;
}

export function NewPasswordStep({ rule, onNext, onAgain }: { rule: PasswordRule; onNext: (view: SignInView) => void; onAgain: () => void }) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Values>();
  const ruleText = usePasswordRule();
  const send = useSend((input: Values) => api.post<SignInView>('/session/new-password', { new_password: input.new_password }), {
    onDone: onNext,
    onProblem: (problem) => {
      if (isOver(problem)) onAgain();
      return showAtFields(form, problem);
    },
  });
  return (
    <>
      <h1>{t('sign_in.password_title')}</h1>
      <p className="quiet" style={{ marginBottom: 16 }}>{t('sign_in.password_hint')}</p>
      <Form<Values> form={form} layout="vertical" requiredMark={false} onFinish={(input) => send.mutate(input)}>
        <Form.Item name="new_password" label={t('profile.new_password')} extra={ruleText(rule)} rules={[{ required: true, message: t('common.required') }]}>
          <Input.Password size="large" autoFocus autoComplete="new-password" />
        </Form.Item>
        <Form.Item name="repeat" label={t('profile.repeat_password')} dependencies={['new_password']}
          rules={[{ validator: (_, value) => (value === form.getFieldValue('new_password') ? Promise.resolve() : Promise.reject(new Error(t('profile.password_differs')))) }]}>
          <Input.Password size="large" autoComplete="new-password" />
        </Form.Item>
        <Button type="primary" htmlType="submit" size="large" block loading={send.isPending}>{t('sign_in.continue')}</Button>
      </Form>
      <Button type="link" style={{ padding: 0, marginTop: 12 }} onClick={onAgain}>{t('sign_in.again')}</Button>
    </>
  );
}
