import type { Page, PlanFollower, PlanView } from '@bole/api';
import { Button, Table, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useGetKeeping } from '../../api/hooks';
import { useNames } from '../../components/Names';
import { ErrorState, Loading } from '../../components/States';
import { useFormat } from '../../lib/format';
import { usePair } from '../../lib/pair';

/** Which units follow this standard, and which version of it their candidates get. */
export function Followers({ plan }: { plan: PlanView }) {
  const { t } = useTranslation();
  const names = useNames();
  const pair = usePair();
  const format = useFormat();
  const [trail, setTrail] = useState<string[]>([]);
  const followers = useGetKeeping<Page<PlanFollower>>(`/plans/${plan.id}/followers`, { cursor: trail.at(-1), limit: 20 });
  if (followers.isError && followers.error.status === 404) return null;  // only shared with the reader
  const state = (row: PlanFollower) => {
    if (row.status === 'archived') return <Tag>{t('plan_status.archived')}</Tag>;
    if (!row.follows_revision) return <Tag>{t('plan_status.draft')}</Tag>;
    if (!row.behind) return <Tag color="success">{t('followers.current')}</Tag>;
    return <Tag color={row.overdue ? 'error' : 'warning'}>{row.overdue ? t('followers.overdue') : row.draft_revision === row.current_revision ? t('followers.draft_ready') : t('plans.behind')}</Tag>;
  };
  return (
    <section className="panel" aria-labelledby="followers">
      <div className="panel-head"><h2 id="followers">{t('followers.title')} {followers.data && <span className="quiet" style={{ fontWeight: 400 }}>· {followers.data.total}</span>}</h2></div>
      <div className="panel-body">
        {followers.isPending ? <Loading rows={3} /> : followers.isError ? <ErrorState problem={followers.error} onRetry={() => void followers.refetch()} />
          : followers.data.total === 0 ? <p className="quiet">{t('followers.none')}</p> : (
            <>
              <Table<PlanFollower> rowKey="plan_id" size="small" pagination={false} dataSource={followers.data.items} aria-label={t('followers.title')} scroll={{ x: 560 }}
                columns={[
                  { title: t('field.org'), render: (_, row) => <><span className="cell-main">{names.unit(row)}</span><Link className="cell-sub" to={`/plans/${row.plan_id}`}>{pair(row, 'name')}</Link></> },
                  { title: t('followers.follows'), width: 130, className: 'num', render: (_, row) => (row.follows_revision ? t('followers.of', { revision: row.follows_revision, current: row.current_revision }) : '–') },
                  { title: t('field.status'), width: 130, render: (_, row) => state(row) },
                  { title: t('plans.adopt_by'), width: 120, render: (_, row) => (row.behind && row.adopt_by ? format.date(row.adopt_by) : '–') },
                ]} />
              {(trail.length > 0 || followers.data.next_cursor) && (
                <div className="row" style={{ justifyContent: 'flex-end', marginTop: 8 }}>
                  <Button size="small" disabled={trail.length === 0} onClick={() => setTrail(trail.slice(0, -1))}>{t('list.previous')}</Button>
                  <Button size="small" disabled={!followers.data.next_cursor} onClick={() => setTrail([...trail, followers.data.next_cursor ?? ''])}>{t('list.next')}</Button>
                </div>
              )}
            </>
          )}
      </div>
    </section>
  );
}
