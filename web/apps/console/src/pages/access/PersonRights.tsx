import type { Items, RoleView, UserAccess } from '@bole/api';
import { useTranslation } from 'react-i18next';
import { useGet } from '../../api/hooks';
import { useNames } from '../../components/Names';
import { usePermissions } from '../../components/PermissionPicker';
import { EmptyState, ErrorState, Loading } from '../../components/States';
import { usePair } from '../../lib/pair';
import { byReach } from '../../lib/reach';
import { GrantDays } from '../users/Grants';
import { Levels, ReachWords } from './SubjectAccess';

/** What one account can do, grant by grant. */
export function PersonRights({ id }: { id: string }) {
  const { t } = useTranslation();
  const names = useNames();
  const pair = usePair();
  const { groups } = usePermissions();
  const access = useGet<UserAccess>(`/users/${id}/access`);
  const roles = useGet<Items<RoleView>>('/roles', undefined, { staleTime: 600_000 });
  if (access.isPending) return <div className="panel"><Loading rows={6} /></div>;
  if (access.isError) return <div className="panel"><ErrorState problem={access.error} onRetry={() => void access.refetch()} /></div>;
  const { grants, others, duties, name, user_name: userName, active } = access.data;
  return (
    <div className="stack">
      <section className="panel" aria-labelledby="rights">
        <div className="panel-head">
          <h2 id="rights">{name} <span className="quiet">{userName}</span></h2>
          <span className="row">
            {!active && <span className="chip chip-muted">{t('users.inactive')}</span>}
            {duties.map((duty) => <span key={duty} className="chip chip-good">{t(`duty.${duty}`)}</span>)}
          </span>
        </div>
        {grants.length === 0 ? <EmptyState title={t('users.no_grants')} /> : (
          <ul className="cards">
            {grants.map((grant) => (
              <li key={grant.grant_id} className="access-grant">
                <div>
                  <span className="cell-main">{pair(grant, 'role')}</span> <span className="quiet">· {t('access.below', { org: names.unit(grant) })}</span>
                  <GrantDays grant={grant} />
                  <Levels fields={grant.fields} />
                </div>
                <dl>
                  {groups.map((group) => {
                    const held = group.permissions.filter((one) => grant.permissions.includes(one.key));
                    return held.length > 0 && (
                      <div key={group.key}>
                        <dt>{group.name}</dt>
                        <dd>
                          {byReach(held, grant.reaches).map(({ reach, permissions }) => (
                            <div key={reach}>{permissions.map((one) => one.name).join(' · ')}<ReachWords reach={reach} /></div>
                          ))}
                        </dd>
                      </div>
                    );
                  })}
                </dl>
              </li>
            ))}
          </ul>
        )}
      </section>
      {others.length > 0 && (
        <section className="panel" aria-labelledby="others">
          <div className="panel-head"><h2 id="others">{t('access.others')}</h2></div>
          <ul className="cards">
            {others.map((grant) => (
              <li key={grant.id} className="card-button">
                {pair(roles.data?.items.find((role) => role.key === grant.role), 'name') || grant.role} <span className="quiet">· {names.unit(grant)}</span>
                <GrantDays grant={grant} />
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}
