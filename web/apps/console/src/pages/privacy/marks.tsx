import type { SubjectRequest } from '@bole/api';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useFormat } from '../../lib/format';

const kDay = 86_400_000;

/** How long is left, in words and colour. */
export function Deadline({ request }: { request: SubjectRequest }) {
  const { t } = useTranslation();
  const format = useFormat();
  const closed = request.state === 'done' || request.state === 'refused';
  const left = Math.ceil((new Date(request.due_at).getTime() - Date.now()) / kDay);
  const tone = closed ? 'muted' : request.overdue ? 'bad' : left <= 3 ? 'live' : 'plain';
  const text = closed ? format.date(request.closed_at) : request.overdue ? t('privacy.overdue', { days: Math.max(1, -left) }) : t('privacy.days_left', { days: left });
  return <span className={`chip chip-${tone}`} title={format.dateTime(request.due_at)}><span className="chip-dot" aria-hidden />{text}</span>;
}

const tone: Record<string, string> = {
  received: 'plain', in_progress: 'live', done: 'good', refused: 'muted', given: 'good', withdrawn: 'bad',
  queued: 'live', ready: 'good', failed: 'bad', expired: 'muted', proposed: 'live', approved: 'live', rejected: 'muted',
};

export function Mark({ state, text }: { state: string; text: string }) {
  return <span className={`chip chip-${tone[state] ?? 'plain'}`}><span className="chip-dot" aria-hidden />{text}</span>;
}

/** A name that leads to the record by which the person was found. */
export function PersonLink({ row }: { row: { person_name: string; candidate_id: string; employee_id?: string } }) {
  if (!row.person_name) return <PersonName name="" />;
  return <Link className="cell-main" to={row.employee_id ? `/employees/${row.employee_id}` : `/candidates/${row.candidate_id}`}>{row.person_name}</Link>;
}

/** A person's name; after the erasure there is none. */
export function PersonName({ name }: { name: string }) {
  const { t } = useTranslation();
  return name ? <span className="cell-main">{name}</span> : <span className="quiet">{t('privacy.erased_person')}</span>;
}
