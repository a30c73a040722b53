import { PlusOutlined } from '@ant-design/icons';
import type { Items, RoleView } from '@bole/api';
import { Button, Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useGet } from '../../api/hooks';
import { useCan } from '../../app/session';
import { Page } from '../../components/Page';
import { ErrorState, Loading } from '../../components/States';
import { usePair } from '../../lib/pair';
import { Matrix } from './Matrix';
import { RoleEditor } from './RoleEditor';
import './roles.css';

/** Shipped roles and roles of one's own: what each may do, which fields it shows, who holds it. */
export default function RolesPage() {
  const { t } = useTranslation();
  const can = useCan();
  const [compare, setCompare] = useState(false);
  const [open, setOpen] = useState<RoleView | 'new' | null>(null);
  const roles = useGet<Items<RoleView>>('/roles');
  const add = can('security.write') && <Button type="primary" icon={<PlusOutlined />} onClick={() => setOpen('new')}>{t('roles.add')}</Button>;
  return (
    <Page title={t('roles.title')} hint={t('roles.hint')} actions={add}>
      <div className="filters">
        <Segmented aria-label={t('roles.view')} value={compare ? 'compare' : 'list'} onChange={(value) => setCompare(value === 'compare')}
          options={[{ value: 'list', label: t('roles.list') }, { value: 'compare', label: t('roles.compare') }]} />
      </div>
      <div className="panel">
        {roles.isPending ? <Loading rows={10} /> : roles.isError ? <ErrorState problem={roles.error} onRetry={() => void roles.refetch()} />
          : compare ? <Matrix roles={roles.data.items} /> : (
            <ul className="cards">
              {roles.data.items.map((role) => <li key={role.key}><RoleLine role={role} onOpen={() => setOpen(role)} /></li>)}
            </ul>
          )}
      </div>
      {open && <RoleEditor key={open === 'new' ? open : open.key} role={open === 'new' ? undefined : open} roles={roles.data?.items ?? []} onClose={() => setOpen(null)} onOpen={setOpen} />}
    </Page>
  );
}

function RoleLine({ role, onOpen }: { role: RoleView; onOpen: () => void }) {
  const { t } = useTranslation();
  const pair = usePair();
  return (
    <button type="button" className="card-button role-line" onClick={onOpen}>
      <span>
        <span className="cell-main">{pair(role, 'name')}</span> {!role.shipped && <span className="chip chip-good">{t('roles.own')}</span>}
        <span className="cell-sub">{t('roles.facts', { permissions: role.permissions.length, holders: role.holders })}</span>
      </span>
      <span className="role-fields">
        {(['contact', 'id_number', 'pay'] as const).map((name) => (
          <span key={name} className="cell-sub">{t(`field_class.${name}`)}: <span className={`level-${role.fields[name]}`}>{t(`field_level.${role.fields[name]}`)}</span></span>
        ))}
      </span>
    </button>
  );
}
