import { PlusOutlined, UserOutlined } from '@ant-design/icons';
import type { Items, RoleView, UserView } from '@bole/api';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useGet } from '../../api/hooks';
import { useCan } from '../../app/session';
import { DataTable } from '../../components/DataTable';
import { FilterBar, SearchBox } from '../../components/Filters';
import { TableButtons } from '../../components/imports/TableButtons';
import { useNames } from '../../components/Names';
import { Page } from '../../components/Page';
import { EmptyState } from '../../components/States';
import { useFilters } from '../../lib/filters';
import { useFormat } from '../../lib/format';
import { usePair } from '../../lib/pair';
import { UserEditor } from './UserEditor';

export default function UsersPage() {
  const { t } = useTranslation();
  const names = useNames();
  const can = useCan();
  const pair = usePair();
  const format = useFormat();
  const { filters, setFilter, clear, active } = useFilters(['q']);
  const [open, setOpen] = useState<UserView | 'new' | null>(null);
  const roles = useGet<Items<RoleView>>('/roles', undefined, { staleTime: 600_000 });
  const roleName = (key: string) => pair(roles.data?.items.find((role) => role.key === key), 'name') || key;
  const add = can('user.write') && <Button type="primary" icon={<PlusOutlined />} onClick={() => setOpen('new')}>{t('users.add')}</Button>;
  return (
    <Page title={t('users.title')} hint={t('users.hint')} actions={<><TableButtons target="users" path="/users" permission="user.write" query={filters} personal />{add}</>}>
      <FilterBar><SearchBox value={filters.q} onChange={(value) => setFilter('q', value)} placeholder={t('users.search')} /></FilterBar>
      <DataTable<UserView>
        path="/users"
        query={filters}
        label={t('users.title')}
        filtered={active}
        onClearFilters={clear}
        onOpen={setOpen}
        selectedId={typeof open === 'object' ? open?.id : undefined}
        empty={<EmptyState icon={<UserOutlined />} title={t('users.empty')} action={add} />}
        card={(row) => (
          <>
            <div className="card-line"><span className="cell-main">{row.name}</span><span className="quiet">{row.active ? row.user_name : t('users.inactive')}</span></div>
            <span className="cell-sub">{row.grants.map((grant) => `${roleName(grant.role)} · ${names.unit(grant)}`).join('; ') || t('users.no_grants')}</span>
          </>
        )}
        columns={[
          { title: t('profile.name'), render: (_, row) => <><span className="cell-main">{row.name}</span><span className="cell-sub">{row.user_name}</span>{row.email && <span className="cell-sub">{row.email}</span>}</> },
          { title: t('field.org'), width: 160, render: (_, row) => <>{names.unit(row)}{row.manager_name && <span className="cell-sub">{t('users.reports_to', { name: row.manager_name })}</span>}</> },
          {
            title: t('users.grants'),
            render: (_, row) => (row.grants.length === 0 ? <span className="quiet">{t('users.no_grants')}</span>
              : row.grants.map((grant) => <div key={grant.id}>{roleName(grant.role)} <span className="quiet">· {names.unit(grant)}{grant.state === 'in_force' ? '' : ` · ${t(`grant_state.${grant.state}`)}`}</span></div>)),
          },
          { title: t('field.status'), width: 80, render: (_, row) => (!row.active ? <span className="quiet">{t('users.inactive')}</span> : row.locked_until ? <span className="chip chip-bad">{t('users.is_locked')}</span> : t('users.active')) },
          { title: t('factor.short'), width: 90, render: (_, row) => (row.second_factor ? t('common.yes') : <span className="quiet">{t('common.no')}</span>) },
          { title: t('users.last_sign_in'), width: 110, className: 'nowrap', render: (_, row) => format.ago(row.last_sign_in_at) },
        ]}
      />
      {open && <UserEditor user={open === 'new' ? undefined : open} roles={roles.data?.items ?? []} onClose={() => setOpen(null)} />}
    </Page>
  );
}
