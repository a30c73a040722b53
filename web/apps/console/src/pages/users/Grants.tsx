import { DeleteOutlined } from '@ant-design/icons';
import type { CreateGrant, GrantView, RoleView, UserView } from '@bole/api';
import { useQueryClient } from '@tanstack/react-query';
import { Button, DatePicker, Popconfirm, Select } from 'antd';
import type { Dayjs } from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { refresh, useGet, useSend } from '../../api/hooks';
import { useNames } from '../../components/Names';
import { OrgPicker } from '../../components/Pickers';
import { useFormat } from '../../lib/format';
import { usePair } from '../../lib/pair';

/** Which role holds in which part of the organisation, and from when to when. Changes apply at once. */
export function Grants({ user, roles, readOnly }: { user: UserView; roles: RoleView[]; readOnly: boolean }) {
  const { t } = useTranslation();
  const names = useNames();
  const pair = usePair();
  const client = useQueryClient();
  const fresh = useGet<UserView>(`/users/${user.id}`, undefined, { initialData: user });
  const [role, setRole] = useState<string>();
  const [orgId, setOrgId] = useState<string>();
  const [days, setDays] = useState<[Dayjs | null, Dayjs | null] | null>(null);
  const again = () => void refresh(client, '/users');
  const add = useSend((grant: CreateGrant) => api.post(`/users/${user.id}/grants`, grant), {
    done: t('users.granted'),
    onDone: () => {
      setRole(undefined);
      setOrgId(undefined);
      setDays(null);
      again();
    },
  });
  const remove = useSend((grant: GrantView) => api.delete(`/users/${user.id}/grants/${grant.id}`), { done: t('users.revoked'), onDone: again });
  const roleName = (key: string) => pair(roles.find((item) => item.key === key), 'name') || key;
  const grants = fresh.data?.grants ?? user.grants;
  const day = (value: Dayjs | null | undefined) => value?.format('YYYY-MM-DD');
  return (
    <section aria-labelledby="grants">
      <h3 className="section-title" id="grants">{t('users.grants')}</h3>
      <p className="quiet">{t('users.grants_hint')}</p>
      <ul className="line-list">
        {grants.map((grant) => (
          <li key={grant.id}>
            <span>{roleName(grant.role)} <span className="quiet">· {names.unit(grant)}</span><GrantDays grant={grant} /></span>
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
          <DatePicker.RangePicker value={days} onChange={setDays} allowEmpty={[true, true]} placeholder={[t('users.from_optional'), t('users.until_optional')]} style={{ width: '100%' }} />
          <Button disabled={!role || !orgId} loading={add.isPending}
            onClick={() => add.mutate({ role: role!, org_id: orgId!, valid_from: day(days?.[0]), valid_until: day(days?.[1]) })}>
            {t('users.grant')}
          </Button>
        </div>
      )}
    </section>
  );
}

/** From when to when, and whether that is now. */
export function GrantDays({ grant }: { grant: Pick<GrantView, 'valid_from' | 'valid_until'> & { state?: GrantView['state'] } }) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = [
    grant.valid_from && t('users.from', { date: format.date(grant.valid_from) }),
    grant.valid_until && t('users.until', { date: format.date(grant.valid_until) }),
  ].filter(Boolean).join(' ');
  const waiting = grant.state && grant.state !== 'in_force';
  if (!words && !waiting) return null;
  return (
    <span className="cell-sub">
      {waiting && <><span className={`chip ${grant.state === 'future' ? 'chip-live' : 'chip-muted'}`}>{t(`grant_state.${grant.state}`)}</span> </>}
      {words}
    </span>
  );
}
