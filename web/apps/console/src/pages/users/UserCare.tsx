import { EyeOutlined, TeamOutlined } from '@ant-design/icons';
import type { SessionView, UserView } from '@bole/api';
import { useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Form, Input, Modal, Popconfirm } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { api } from '../../api/client';
import { useGet, useSend } from '../../api/hooks';
import { useCan, useSession } from '../../app/session';
import { Devices } from '../../components/Devices';
import { TokenList } from '../../components/TokenList';
import { useFormat } from '../../lib/format';
import { showAtFields } from '../../lib/problem';

/** What an account needs from others: a new password, a lock opened, a lost phone, a look through its eyes. */
export function UserCare({ user: before }: { user: UserView }) {
  const { t } = useTranslation();
  const can = useCan();
  const format = useFormat();
  const me = useSession().user;
  const user = useGet<UserView>(`/users/${before.id}`, undefined, { initialData: before }).data ?? before;
  const [setting, setSetting] = useState(false);
  const [viewing, setViewing] = useState(false);
  const again = { refresh: ['/users'], done: t('common.saved') };
  const unlock = useSend(() => api.delete(`/users/${user.id}/lock`), again);
  const factor = useSend(() => api.delete(`/users/${user.id}/second-factor`), again);
  const mine = user.id === me.id;
  return (
    <section aria-labelledby="care" className="stack">
      <h3 className="section-title" id="care">{t('users.care')}</h3>
      {user.locked_until && <Alert type="warning" showIcon title={t('users.locked', { time: format.dateTime(user.locked_until) })} action={can('user.write') && <Button size="small" onClick={() => unlock.mutate()}>{t('users.unlock')}</Button>} />}
      {user.must_change_password && <Alert type="info" showIcon title={t('users.must_change')} />}
      <div className="row">
        <Link to={`/settings/access?user=${user.id}`}><Button icon={<TeamOutlined />} tabIndex={-1}>{t('access.what_can')}</Button></Link>
        {can('security.view_as') && !mine && <Button icon={<EyeOutlined />} onClick={() => setViewing(true)}>{t('viewing.begin')}</Button>}
        {can('user.write') && !mine && <Button onClick={() => setSetting(true)}>{t('users.set_password')}</Button>}
        {can('user.write') && !mine && user.second_factor && (
          <Popconfirm title={t('users.reset_factor_sure')} okText={t('users.reset_factor')} onConfirm={() => factor.mutate()}>
            <Button>{t('users.reset_factor')}</Button>
          </Popconfirm>
        )}
      </div>
      {can('user.write') && (
        <>
          <div>
            <h4 className="quiet">{t('devices.title')}</h4>
            <Devices path={`/users/${user.id}/sessions`} all={`/users/${user.id}/sessions/all`} />
          </div>
          <div>
            <h4 className="quiet">{t('tokens.title')}</h4>
            <TokenList path={`/users/${user.id}/tokens`} />
          </div>
        </>
      )}
      <SetPassword user={user} open={setting} onClose={() => setSetting(false)} />
      <ViewAs user={user} open={viewing} onClose={() => setViewing(false)} />
    </section>
  );
}

function SetPassword({ user, open, onClose }: { user: UserView; open: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const [form] = Form.useForm<{ password: string }>();
  const save = useSend((input: { password: string }) => api.patch(`/users/${user.id}`, { ...input, version: user.version }), {
    refresh: ['/users'], done: t('users.password_set'), onDone: onClose, onProblem: (problem) => showAtFields(form, problem),
  });
  return (
    <Modal open={open} title={t('users.set_password')} onCancel={onClose} onOk={() => form.submit()} confirmLoading={save.isPending} destroyOnHidden>
      <Form form={form} layout="vertical" requiredMark={false} preserve={false} onFinish={(input) => save.mutate(input)}>
        <p className="quiet" style={{ marginBottom: 12 }}>{t('users.set_password_hint')}</p>
        <Form.Item name="password" label={t('profile.new_password')} rules={[{ required: true, message: t('common.required') }]}><Input.Password autoFocus autoComplete="new-password" /></Form.Item>
      </Form>
    </Modal>
  );
}

function ViewAs({ user, open, onClose }: { user: UserView; open: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [form] = Form.useForm<{ reason: string }>();
  const begin = useSend((input: { reason: string }) => api.post<SessionView>('/session/view-as', { ...input, user_id: user.id }), {
    onDone: () => {
      onClose();
      void navigate('/');
      void client.resetQueries();
    },
    onProblem: (problem) => showAtFields(form, problem),
  });
  return (
    <Modal open={open} title={t('viewing.begin_title', { name: user.name })} okText={t('viewing.begin')} onCancel={onClose} onOk={() => form.submit()} confirmLoading={begin.isPending} destroyOnHidden>
      <Form form={form} layout="vertical" requiredMark={false} preserve={false} onFinish={(input) => begin.mutate(input)}>
        <p className="quiet" style={{ marginBottom: 12 }}>{t('viewing.rule')}</p>
        <Form.Item name="reason" label={t('viewing.reason')} rules={[{ required: true, min: 5, message: t('viewing.reason_short') }]}><Input.TextArea autoFocus maxLength={300} autoSize={{ minRows: 2 }} /></Form.Item>
      </Form>
    </Modal>
  );
}
