import { CheckCircleOutlined } from '@ant-design/icons';
import type { PlanDifference, PlanView } from '@bole/api';
import { Alert, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { api } from '../../api/client';
import { useGet, useSend } from '../../api/hooks';
import { useCan } from '../../app/session';
import { Page } from '../../components/Page';
import { EmptyState, ErrorState, Loading } from '../../components/States';
import { useFormat } from '../../lib/format';
import { usePair } from '../../lib/pair';
import { asInput, grouped, open, type Choices } from './change';
import { ChangeRow } from './ChangeRow';
import './plan-difference.css';

/** A new version of the standard against the one this plan follows, and this plan; then one click, or one choice a conflict. */
export default function PlanDifferencePage() {
  const { t } = useTranslation();
  const { id } = useParams();
  const can = useCan();
  const pair = usePair();
  const format = useFormat();
  const navigate = useNavigate();
  const [choices, setChoices] = useState<Choices>({});
  const difference = useGet<PlanDifference>(`/plans/${id}/rebase`, undefined, { refetchOnMount: 'always' });
  const plan = useGet<PlanView>(`/plans/${id}`);
  const rebase = useSend(
    (publish: boolean) => api.post<PlanView>(`/plans/${id}/rebase`, { version: difference.data!.version, choices: asInput(difference.data!.changes, choices), publish }),
    { done: t('difference.done'), refresh: ['/plans'], onDone: () => void navigate(`/plans/${id}`) },
  );
  const back = { to: `/plans/${id}`, label: difference.data ? pair(difference.data, 'name') : t('plans.title') };
  if (!difference.data) {
    return (
      <Page title={t('difference.title')} back={back}>
        <div className="panel">{difference.isError ? <ErrorState problem={difference.error} onRetry={() => void difference.refetch()} /> : <Loading rows={10} />}</div>
      </Page>
    );
  }
  const { changes, problems, from_revision: from, to_revision: to, adopt_by: adopt } = difference.data;
  const left = open(changes, choices);
  const ready = left.length === 0;
  const mayPublish = can('plan.publish') && plan.data?.approval === 'none';
  const actions = can('plan.write') && from !== to && (
    <>
      <Button disabled={!ready} loading={rebase.isPending && !rebase.variables} onClick={() => rebase.mutate(false)} type={mayPublish ? 'default' : 'primary'}>{t('difference.as_draft')}</Button>
      {mayPublish && <Button type="primary" disabled={!ready} loading={rebase.isPending && rebase.variables} onClick={() => rebase.mutate(true)}>{t('difference.publish')}</Button>}
    </>
  );
  return (
    <Page title={t('difference.title')} back={back} actions={actions}
      hint={<>{t('plans.task_versions', { name: pair(difference.data, 'base_name'), from, to })}{adopt ? ` · ${t('plans.until', { date: format.date(adopt) })}` : ''}</>}>
      {from === to ? (
        <div className="panel"><EmptyState icon={<CheckCircleOutlined />} title={t('difference.none')} text={t('difference.none_text')} /></div>
      ) : (
        <div className="stack">
          {left.length > 0 ? <Alert type="warning" showIcon title={t('difference.left', { count: left.length })} /> : <Alert type="info" showIcon title={t('difference.ready')} />}
          {problems.length > 0 && (
            <Alert type="warning" showIcon title={t('difference.problems')} description={<ul className="difference-problems">{problems.map((problem) => <li key={problem.pointer + problem.code}>{problem.message}</li>)}</ul>} />
          )}
          {grouped(changes).map(({ kind, items }) => (
            <section className="panel" key={kind} aria-labelledby={`difference-${kind}`}>
              <div className="panel-head"><h2 id={`difference-${kind}`}>{t(`difference_kind.${kind}`)} <span className="quiet num">{items.length}</span></h2></div>
              <ul className="difference-list">
                {items.map((change) => (
                  <ChangeRow key={change.path} change={change} plan={plan.data} choice={choices[change.path]}
                    onChoose={can('plan.write') ? (take) => setChoices((old) => ({ ...old, [change.path]: take })) : undefined} />
                ))}
              </ul>
            </section>
          ))}
        </div>
      )}
    </Page>
  );
}
