import type { AccessView, FieldRights, Reach } from '@bole/api';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useGet } from '../../api/hooks';
import { useNames } from '../../components/Names';
import { usePermissions } from '../../components/PermissionPicker';
import { EmptyState, ErrorState, Loading } from '../../components/States';
import { usePair } from '../../lib/pair';
import { reachOf } from '../../lib/reach';
import { GrantDays } from '../users/Grants';

export function Levels({ fields }: { fields: FieldRights }) {
  const { t } = useTranslation();
  return (
    <span className="access-levels">
      {(['contact', 'id_number', 'pay'] as const).map((name) => (
        <span key={name} className="cell-sub">{t(`field_class.${name}`)}: <span className={`level-${fields[name]}`}>{t(`field_level.${fields[name]}`)}</span></span>
      ))}
    </span>
  );
}

/** Nothing where a permission reaches the whole unit. */
export function ReachWords({ reach }: { reach: Reach }) {
  const { t } = useTranslation();
  return reach !== 'subtree' && <span className="cell-sub reach-narrow">{t(`reach_words.${reach}`)}</span>;
}

/** Everybody who sees one thing, with the grants that let them. */
export function SubjectAccess({ kind, id }: { kind: string; id: string }) {
  const { t } = useTranslation();
  const names = useNames();
  const pair = usePair();
  const { name } = usePermissions();
  const access = useGet<AccessView>('/access', { kind, id });
  if (access.isPending) return <div className="panel"><Loading rows={6} /></div>;
  if (access.isError) return <div className="panel"><ErrorState problem={access.error} onRetry={() => void access.refetch()} /></div>;
  const { people, permission } = access.data;
  return (
    <section className="panel" aria-labelledby="people">
      <div className="panel-head">
        <h2 id="people">{t('access.people', { count: people.length })}</h2>
        <span className="quiet">{t('access.lives', { org: names.unit(access.data), permission: name(permission) })}</span>
      </div>
      {people.length === 0 ? <EmptyState title={t('access.nobody')} /> : (
        <ul className="cards">
          {people.map((person) => (
            <li key={person.user_id} className="access-person">
              <div>
                <Link className="cell-main" to={`/settings/access?user=${person.user_id}`}>{person.name}</Link> <span className="quiet">{person.user_name}</span>
                <Levels fields={person.fields} />
              </div>
              <ul>
                {person.through.map((path) => (
                  <li key={path.grant_id}>{pair(path, 'role')} <span className="quiet">· {names.unit(path)}</span><ReachWords reach={reachOf(path.reaches, permission)} /><GrantDays grant={path} /></li>
                ))}
                {person.tokens.map((token) => <li key={token} className="quiet">{t('access.token', { name: token })}</li>)}
              </ul>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
