import type { PasswordRule } from '@bole/api';
import { Button, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { useSend } from '../../api/hooks';
import { usePasswordRule } from '../../components/SecondFactor';
import { showAtFields } from '../../lib/problem';

interface PasswordForm {
  current_password: string;
  new_password: string;
  repeat: string;
}

export function PasswordSection({ rule }: { rule?: PasswordRule }) {
  const { t } = useTranslation();
  const ruleText = usePasswordRule();
  const [form] = Form.useForm<PasswordForm>();
  const password = useSend(
    (input: PasswordForm) => api.post('/session/password', { current_password: input.current_password, new_password: input.new_password }),
    { refresh: ['/session/devices'], done: t('profile.password_changed'), onDone: () => form.resetFields(), onProblem: (problem) => showAtFields(form, problem) },
  );
  return (
    <section className="panel">
      <div className="panel-head"><h2>{t('profile.password')}</h2></div>
      <Form<PasswordForm> form={form} layout="vertical" requiredMark={false} className="panel-body" onFinish={(input) => password.mutate(input)}>
        <Form.Item name="current_password" label={t('profile.current_password')} rules={[{ required: true, message: t('common.required') }]}>
          <Input.Password autoComplete="current-password" />
        </Form.Item>
        <Form.Item name="new_password" label={t('profile.new_password')} extra={ruleText(rule)} rules={[{ required: true, message: t('common.required') }]}>
          <Input.Password autoComplete="new-password" />
        </Form.Item>
        <Form.Item name="repeat" label={t('profile.repeat_password')} dependencies={['new_password']}
          rules={[{ validator: (_, value) => (value === form.getFieldValue('new_password') ? Promise.resolve() : Promise.reject(new Error(t('profile.password_differs')))) }]}>
          <Input.Password autoComplete="new-password" />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={password.isPending}>{t('profile.change_password')}</Button>
      </Form>
    </section>
  );
}
