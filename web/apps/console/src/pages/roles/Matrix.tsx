import { CheckOutlined } from '@ant-design/icons';
import type { Reach, RoleView } from '@bole/api';
import { useTranslation } from 'react-i18next';
import { usePermissions } from '../../components/PermissionPicker';
import { ErrorState, Loading } from '../../components/States';
import { usePair } from '../../lib/pair';
import { reachOf } from '../../lib/reach';

/** All roles side by side. */
export function Matrix({ roles }: { roles: RoleView[] }) {
  const { t } = useTranslation();
  const pair = usePair();
  const { groups, query } = usePermissions();
  if (query.isPending) return <Loading rows={10} />;
  if (query.isError) return <ErrorState problem={query.error} onRetry={() => void query.refetch()} />;
  return (
    <div className="roles-scroll" tabIndex={0} role="region" aria-label={t('roles.compare')}>
      <table className="roles-table">
        <thead>
          <tr>
            <th scope="col">{t('roles.permission')}</th>
            {roles.map((role) => <th scope="col" key={role.key}>{pair(role, 'name')}</th>)}
          </tr>
        </thead>
        {groups.map((group) => (
          <tbody key={group.key}>
            <tr className="roles-area"><th scope="rowgroup" colSpan={roles.length + 1}>{group.name}</th></tr>
            {group.permissions.map((permission) => (
              <tr key={permission.key}>
                <th scope="row">{permission.name}</th>
                {roles.map((role) => (
                  <td key={role.key}>
                    {role.permissions.includes(permission.key)
                      ? <Held reach={reachOf(role.reaches, permission.key)} />
                      : <span className="roles-no" role="img" aria-label={t('common.no')}>·</span>}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        ))}
        <tbody>
          <tr className="roles-area"><th scope="rowgroup" colSpan={roles.length + 1}>{t('roles.fields')}</th></tr>
          {(['contact', 'id_number', 'pay'] as const).map((name) => (
            <tr key={name}>
              <th scope="row">{t(`field_class.${name}`)}</th>
              {roles.map((role) => <td key={role.key} className={`level-${role.fields[name]}`}>{t(`field_level.${role.fields[name]}`)}</td>)}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Held({ reach }: { reach: Reach }) {
  const { t } = useTranslation();
  if (reach === 'subtree') return <CheckOutlined className="roles-yes" aria-label={t('common.yes')} />;
  return (
    <span title={t(`reach_words.${reach}`)}>
      <CheckOutlined className="roles-yes" aria-label={t('common.yes')} />
      <span className="cell-sub">{t(`reach.${reach}`)}</span>
    </span>
  );
}
