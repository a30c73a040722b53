import type { Page, SubjectRequest } from '@bole/api';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useGet } from '../../api/hooks';
import { useNames } from '../../components/Names';
import { Deadline, PersonName } from '../privacy/marks';

/** Requests of persons that wait for an answer, oldest deadline visible at once; nothing when there are none. */
export function PrivacyTasks() {
  const { t } = useTranslation();
  const names = useNames();
  const open = useGet<Page<SubjectRequest>>('/privacy/requests', { open: true, limit: 5 });
  if (!open.data || open.data.items.length === 0) return null;
  return (
    <section className="panel" aria-labelledby="privacy-tasks">
      <div className="panel-head"><h2 id="privacy-tasks">{t('privacy.home_requests', { count: open.data.total })}</h2><Link to="/privacy/requests">{t('privacy.all_requests')}</Link></div>
      <ul className="task-list">
        {open.data.items.map((row) => (
          <li key={row.id}>
            <Link className="task" to={`/privacy/requests?open=${row.id}`}>
              <span><PersonName name={row.person_name} /><span className="cell-sub">{t(`request_kind.${row.kind}`)} · {names.unit(row)}</span></span>
              <Deadline request={row} />
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
