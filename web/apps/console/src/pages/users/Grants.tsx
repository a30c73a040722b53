import { DeleteOutlined } from '@ant-design/icons';
import type { CreateGrant, GrantView, RoleView, UserView } from '@bole/api';
import { Button, DatePicker, Popconfirm, Select } from 'antd';
import type { Dayjs } from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQueryClient } from '@tanstack/react-query';
import { api } from '../../api/client';
import { refresh, useGet, useSend } from '../../api/hooks';
import { OrgPicker } from '../../components/Pickers';
import { useFormat } from '../../lib/format';
import { usePair } from '../../lib/pair';

/** Which role holds in which part of the organisation, and until when. Changes apply at once. */
export function Grants({ user, roles, readOnly }: { user: UserView; roles: RoleView[]; readOnly: boolean }) {
  const { t } = useTranslation();
  const pair = usePair();
  const format = useFormat();
  const client = useQueryClient();
  const fresh = useGet<UserView>(`/users/${user.id}`, undefined, { initialData: user });
  const [role, setRole] = useState<string>();
  const [orgId, setOrgId] = useState<string>();
  const [until, setUntil] = useState<Dayjs | null>(null);
  const again = () => void refresh(client, '/users');
  const add = useSend((grant: CreateGrant) => api.post(`/users/${user.id}/grants`, grant), {
    done: t('users.granted'),
    onDone: () => {
      setRole(undefined);
      setOrgId(undefined);
      setUntil(null);
      again();
    },
  });
  const remove = useSend((grant: GrantView) => api.delete(`/users/${user.id}/grants/${grant.id}`), { done: t('users.revoked'), onDone: again });
  const roleName = (key: string) => pair(roles.find((item) => item.key === key), 'name') || key;
  const grants = fresh.data?.grants ?? user.grants;
  return (
    <section aria-labelledby="grants">
      <h3 className="section-title" id="grants">{t('users.grants')}</h3>
      <p className="quiet">{t('users.grants_hint')}</p>
      <ul className="grants">
        {grants.map((grant) => (
          <li key={grant.id} className="row">
            <span style={{ flex: 1 }}>
              {roleName(grant.role)} <span className="quiet">· {grant.org_name}{grant.valid_until ? ` · ${t('users.until', { date: format.date(grant.valid_until) })}` : ''}</span>
            </span>
            {!readOnly && (
              <Popconfirm title={t('users.revoke_sure')} okText={t('users.revoke')} onConfirm={() => remove.mutate(grant)}>
                <Button type="text" size="small" icon={<DeleteOutlined />} aria-label={t('users.revoke')} />
              </Popconfirm>
            )}
          </li>
        ))}
        {grants.length === 0 && <li className="quiet">{t('users.no_grants')}</li>}
      </ul>
      {!readOnly && (
        <div className="split-fields" style={{ rowGap: 8 }}>
          <Select value={role} onChange={setRole} placeholder={t('users.role')} aria-label={t('users.role')} options={roles.map((item) => ({ value: item.key, label: pair(item, 'name') }))} />
          <OrgPicker value={orgId} onChange={setOrgId} />
          <DatePicker value={until} onChange={setUntil} placeholder={t('users.until_optional')} aria-label={t('users.until_optional')} style={{ width: '100%' }} />
          <Button disabled={!role || !orgId} loading={add.isPending}
            onClick={() => add.mutate({ role: role!, org_id: orgId!, valid_until: until ? until.format('YYYY-MM-DD') : undefined })}>
            {t('users.grant')}
          </Button>
        </div>
      )}
    </section>
  );
}

