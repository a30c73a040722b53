import type { SessionView } from '@bole/api';
import { useQueryClient } from '@tanstack/react-query';
import { Button, Descriptions, Form, Input, Segmented } from 'antd';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { useSend } from '../../api/hooks';
import { currentLocale, switchLocale } from '../../app/i18n';
import { sessionKey, useSession } from '../../app/session';
import { useThemeMode } from '../../app/theme';
import { Page } from '../../components/Page';
import { usePair } from '../../lib/pair';
import { showAtFields } from '../../lib/problem';

interface PasswordForm {
  current_password: string;
  new_password: string;
  repeat: string;
}

export default function ProfilePage() {
  const { t } = useTranslation();
  const pair = usePair();
  const { user, roles } = useSession();
  const client = useQueryClient();
  const { mode, toggle } = useThemeMode();
  const [form] = Form.useForm<PasswordForm>();
  const language = useSend((locale: 'zh-CN' | 'en-US') => api.patch<SessionView>('/session', { locale }), {
    onDone: (session) => client.setQueryData(sessionKey, session),
  });
  const password = useSend(
    (input: PasswordForm) => api.post('/session/password', { current_password: input.current_password, new_password: input.new_password }),
    { done: t('profile.password_changed'), onDone: () => form.resetFields(), onProblem: (problem) => showAtFields(form, problem) },
  );
  return (
    <Page title={t('profile.title')}>
      <div className="stack" style={{ maxWidth: 640 }}>
        <section className="panel panel-body">
          <Descriptions column={1} size="small" items={[
            { key: 'n', label: t('profile.name'), children: `${user.name} (${user.user_name})` },
            { key: 'o', label: t('profile.org'), children: user.org_name },
            { key: 'r', label: t('profile.roles'), children: roles.map((role) => `${pair(role, 'name')} · ${role.org_name}`).join('; ') || '–' },
            { key: 'z', label: t('profile.zone'), children: user.zone },
          ]} />
        </section>
        <section className="panel">
          <div className="panel-head"><h2>{t('profile.appearance')}</h2></div>
          <div className="panel-body row" style={{ gap: 24 }}>
            <Segmented aria-label={t('nav.language')} value={currentLocale()}
              options={[{ value: 'zh-CN', label: '中文' }, { value: 'en-US', label: 'English' }]}
              onChange={(value) => { void switchLocale(value as 'zh-CN' | 'en-US'); language.mutate(value as 'zh-CN' | 'en-US'); }} />
            <Segmented aria-label={t('profile.theme')} value={mode}
              options={[{ value: 'light', label: t('nav.theme_light') }, { value: 'dark', label: t('nav.theme_dark') }]}
              onChange={(value) => { if (value !== mode) toggle(); }} />
          </div>
        </section>
        <section className="panel">
          <div className="panel-head"><h2>{t('profile.password')}</h2></div>
          <Form<PasswordForm> form={form} layout="vertical" requiredMark={false} className="panel-body" onFinish={(input) => password.mutate(input)}>
            <Form.Item name="current_password" label={t('profile.current_password')} rules={[{ required: true, message: t('common.required') }]}>
              <Input.Password autoComplete="current-password" />
            </Form.Item>
            <Form.Item name="new_password" label={t('profile.new_password')} extra={t('profile.password_rule')}
              rules={[{ required: true, message: t('common.required') }, { min: 10, message: t('profile.password_rule') }]}>
              <Input.Password autoComplete="new-password" />
            </Form.Item>
            <Form.Item name="repeat" label={t('profile.repeat_password')} dependencies={['new_password']}
              rules={[{ validator: (_, value) => (value === form.getFieldValue('new_password') ? Promise.resolve() : Promise.reject(new Error(t('profile.password_differs')))) }]}>
              <Input.Password autoComplete="new-password" />
            </Form.Item>
            <Button type="primary" htmlType="submit" loading={password.isPending}>{t('profile.change_password')}</Button>
          </Form>
        </section>
      </div>
    </Page>
  );
}
