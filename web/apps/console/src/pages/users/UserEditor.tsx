import type { CreateUser, RoleView, UserView } from '@bole/api';
import { Form, Input, Select, Switch } from 'antd';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { useSend } from '../../api/hooks';
import { useCan, useSession } from '../../app/session';
import { EditorDrawer } from '../../components/EditorDrawer';
import { useEnumOptions } from '../../components/Filters';
import { OrgPicker, UserPicker } from '../../components/Pickers';
import { usePair } from '../../lib/pair';
import { showAtFields } from '../../lib/problem';
import { Grants } from './Grants';
import { UserCare } from './UserCare';

type Values = Omit<CreateUser, 'grants'> & { active: boolean; role?: string; role_org_id?: string };

export function UserEditor({ user, roles, onClose }: { user?: UserView; roles: RoleView[]; onClose: () => void }) {
  const { t } = useTranslation();
  const can = useCan();
  const pair = usePair();
  const me = useSession().user;
  const [form] = Form.useForm<Values>();
  const locales = useEnumOptions('locale');
  const readOnly = !can('user.write');
  const save = useSend(
    ({ role, role_org_id, ...values }: Values) => {
      if (user) {
        const { name, email, locale, active, manager_id = '' } = values;
        return api.patch<UserView>(`/users/${user.id}`, { name, email, locale, active, manager_id, version: user.version });
      }
      const { active: _active, ...create } = values;
      const grants = role ? [{ role, org_id: role_org_id ?? values.org_id }] : [];
      return api.post<UserView>('/users', { ...create, email: create.email ?? '', grants });
    },
    { refresh: ['/users'], done: t('common.saved'), onDone: onClose, onProblem: (problem) => showAtFields(form, problem) },
  );
  const required = [{ required: true, message: t('common.required') }];
  return (
    <EditorDrawer open title={user ? user.name : t('users.add')} readOnly={readOnly} saving={save.isPending} onClose={onClose} onSave={() => form.submit()}>
      <Form<Values> form={form} layout="vertical" requiredMark={false} disabled={readOnly} onFinish={(values) => save.mutate(values)}
        initialValues={user ?? { org_id: me.org_id, locale: me.locale, active: true }}>
        <div className="split-fields">
          <Form.Item name="user_name" label={t('sign_in.user_name')} rules={required}><Input disabled={Boolean(user) || readOnly} autoComplete="off" maxLength={60} /></Form.Item>
          <Form.Item name="name" label={t('profile.name')} rules={required}><Input maxLength={100} /></Form.Item>
          <Form.Item name="email" label={t('users.email')} rules={[{ type: 'email', message: t('users.email_wrong') }]}><Input maxLength={200} /></Form.Item>
          <Form.Item name="org_id" label={t('field.org')} rules={required}><OrgPicker disabled={Boolean(user) || readOnly} /></Form.Item>
          <Form.Item name="manager_id" label={t('users.manager')} extra={t('users.manager_hint')}>
            <UserPicker allowClear current={user?.manager_name} except={user?.id} placeholder={t('users.no_manager')} aria-label={t('users.manager')} disabled={readOnly} />
          </Form.Item>
          <Form.Item name="locale" label={t('users.language')}><Select options={locales} /></Form.Item>
          {user
            ? <Form.Item name="active" label={t('users.may_sign_in')} valuePropName="checked"><Switch /></Form.Item>
            : (
              <Form.Item name="password" label={t('users.first_password')} extra={t('users.first_password_hint')} rules={required}>
                <Input.Password autoComplete="new-password" />
              </Form.Item>
            )}
          {!user && (
            <>
              <Form.Item name="role" label={t('users.role')}><Select allowClear options={roles.map((role) => ({ value: role.key, label: pair(role, 'name') }))} /></Form.Item>
              <Form.Item name="role_org_id" label={t('users.role_org')} extra={t('users.role_org_hint')}><OrgPicker allowClear /></Form.Item>
            </>
          )}
        </div>
      </Form>
      {user && (
        <div className="stack">
          <Grants user={user} roles={roles} readOnly={readOnly || user.id === me.id} />
          <UserCare user={user} />
        </div>
      )}
    </EditorDrawer>
  );
}
