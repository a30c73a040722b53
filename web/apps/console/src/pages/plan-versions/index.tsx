import type { Items, PlanRevisionDifference, PlanRevisionView, PlanView } from '@bole/api';
import { Button, Popconfirm, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams, useSearchParams } from 'react-router';
import { api } from '../../api/client';
import { useGet, useSend } from '../../api/hooks';
import { useCan } from '../../app/session';
import { Page } from '../../components/Page';
import { ErrorState, Loading } from '../../components/States';
import { useFormat } from '../../lib/format';
import { usePair } from '../../lib/pair';
import { placeOf } from '../plan-difference/change';
import { Value } from '../plan-difference/Value';
import '../plan-difference/plan-difference.css';
import '../../components/versions.css';
import './plan-versions.css';

/** The versions of a plan: who saved and published them, what changed since, back to one as a draft. */
export default function PlanVersionsPage() {
  const { t } = useTranslation();
  const { id } = useParams();
  const pair = usePair();
  const format = useFormat();
  const [params, setParams] = useSearchParams();
  const plan = useGet<PlanView>(`/plans/${id}`);
  const versions = useGet<Items<PlanRevisionView>>(`/plans/${id}/revisions`, undefined, { refetchOnMount: 'always' });
  const chosen = Number(params.get('revision')) || null;
  const newest = plan.data?.revision;
  return (
    <Page title={t('versions.title')} hint={t('versions.hint')} back={{ to: `/plans/${id}`, label: pair(plan.data, 'name') || t('plans.title') }}>
      {versions.isPending || plan.isPending ? <div className="panel"><Loading rows={8} /></div>
        : versions.isError ? <div className="panel"><ErrorState problem={versions.error} onRetry={() => void versions.refetch()} /></div>
          : plan.isError ? <div className="panel"><ErrorState problem={plan.error} onRetry={() => void plan.refetch()} /></div> : (
            <div className="version-grid">
              <ol className="panel versions">
                {versions.data.items.map((item) => (
                  <li key={item.revision}>
                    <button type="button" className="version-head" aria-pressed={chosen === item.revision} onClick={() => setParams({ revision: String(item.revision) }, { replace: true })}>
                      <span className="cell-main">{t('plans.revision', { revision: item.revision })} <Tag color={item.state === 'in_use' ? 'success' : item.state === 'draft' ? 'processing' : undefined}>{t(`plan_revision_state.${item.state}`)}</Tag></span>
                      <span className="cell-sub">{item.author_name || t('versions.author_unknown')} · {item.published_at ? t('versions.published_at', { when: format.dateTime(item.published_at) }) : format.dateTime(item.created_at)}</span>
                    </button>
                  </li>
                ))}
              </ol>
              <section className="panel" aria-label={t('versions.changes')}>
                {!chosen ? <div className="panel-body"><p className="quiet">{t('versions.choose')}</p></div>
                  : chosen === newest ? <div className="panel-body"><p className="quiet">{t('versions.newest')}</p></div>
                    : <Former key={chosen} plan={plan.data} revision={chosen} />}
              </section>
            </div>
          )}
    </Page>
  );
}

function Former({ plan, revision }: { plan: PlanView; revision: number }) {
  const { t } = useTranslation();
  const can = useCan();
  const pair = usePair();
  const navigate = useNavigate();
  const difference = useGet<PlanRevisionDifference>(`/plans/${plan.id}/revisions/${revision}/difference`);
  const former = useGet<PlanView>(`/plans/${plan.id}`, { revision }, { staleTime: Infinity });
  const restore = useSend(
    () => api.post<PlanView>(`/plans/${plan.id}/revisions/${revision}/restore`, { version: plan.version }),
    { refresh: ['/plans'], done: t('plans.draft_saved'), onDone: () => void navigate(`/plans/${plan.id}`) },
  );
  if (difference.isPending) return <Loading rows={6} />;
  if (difference.isError) return <ErrorState problem={difference.error} onRetry={() => void difference.refetch()} />;
  const editable = can('plan.write') && plan.status !== 'archived' && plan.approval !== 'submitted';
  return (
    <>
      <div className="panel-head">
        <h2>{t('versions.since', { revision })}</h2>
        <span className="row">
          <Link to={`/plans/${plan.id}?revision=${revision}`}><Button size="small" tabIndex={-1}>{t('versions.open')}</Button></Link>
          {editable && (
            <Popconfirm title={plan.has_draft ? t('versions.restore_over_draft') : t('versions.restore_plan')} okText={t('versions.restore_as_draft')} onConfirm={() => restore.mutate()}>
              <Button size="small" type="primary" loading={restore.isPending}>{t('versions.restore_as_draft')}</Button>
            </Popconfirm>
          )}
        </span>
      </div>
      <div className="panel-body">
        {restore.error && restore.error.errors.length > 0 && (
          <ul className="difference-problems" role="alert">{restore.error.errors.map((problem) => <li key={problem.pointer + problem.code}>{problem.message}</li>)}</ul>
        )}
        {difference.data.changes.length === 0 ? <p className="quiet">{t('versions.same')}</p> : (
          <ul className="version-changes">
            {difference.data.changes.map((change) => {
              const { stage, field } = placeOf(change.path);
              return (
                <li className="version-change" key={change.path}>
                  <h3>{[stage && (pair(change, 'title') || stage), t(`difference_field.${field}`)].filter(Boolean).join(' · ')}</h3>
                  <div className="version-sides">
                    <div><span className="version-label">{t('versions.then')}</span><Value field={field} value={change.before} plan={former.data} /></div>
                    <div><span className="version-label">{t('versions.now')}</span><Value field={field} value={change.after} plan={plan} /></div>
                  </div>
                </li>
              );
            })}
          </ul>
        )}
      </div>
    </>
  );
}
