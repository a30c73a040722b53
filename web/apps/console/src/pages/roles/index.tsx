import { CheckOutlined } from '@ant-design/icons';
import type { Items, RoleView } from '@bole/api';
import { useTranslation } from 'react-i18next';
import { useGet } from '../../api/hooks';
import { Page } from '../../components/Page';
import { ErrorState, Loading } from '../../components/States';
import { usePair } from '../../lib/pair';
import { permissionGroups } from './permissions';
import './roles.css';

/** What each role may do. Roles are shipped; who holds one where is set at the user. */
export default function RolesPage() {
  const { t } = useTranslation();
  const pair = usePair();
  const roles = useGet<Items<RoleView>>('/roles');
  return (
    <Page title={t('roles.title')} hint={t('roles.hint')}>
      <div className="panel">
        {roles.isPending ? <Loading rows={10} /> : roles.isError ? <ErrorState problem={roles.error} onRetry={() => void roles.refetch()} /> : (
          <div className="roles-scroll" tabIndex={0} role="region" aria-label={t('roles.title')}>
            <table className="roles-table">
              <thead>
                <tr>
                  <th scope="col">{t('roles.permission')}</th>
                  {roles.data.items.map((role) => <th scope="col" key={role.key}>{pair(role, 'name')}</th>)}
                </tr>
              </thead>
              {permissionGroups.map((group) => (
                <tbody key={group.area}>
                  <tr className="roles-area"><th scope="rowgroup" colSpan={roles.data.items.length + 1}>{t(`permission_area.${group.area}`)}</th></tr>
                  {group.permissions.map((permission) => (
                    <tr key={permission}>
                      <th scope="row">{t(`permission.${permission}`)}</th>
                      {roles.data.items.map((role) => (
                        <td key={role.key}>
                          {role.permissions.includes(permission)
                            ? <CheckOutlined className="roles-yes" aria-label={t('common.yes')} />
                            : <span className="roles-no" aria-label={t('common.no')}>·</span>}
                        </td>
                      ))}
                    </tr>
                  ))}
                </tbody>
              ))}
            </table>
          </div>
        )}
      </div>
    </Page>
  );
}
