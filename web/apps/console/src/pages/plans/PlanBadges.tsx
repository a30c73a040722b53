import { BankOutlined, BranchesOutlined, ClockCircleOutlined, StopOutlined } from '@ant-design/icons';
import type { PlanView } from '@bole/api';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useFormat } from '../../lib/format';
import { usePair } from '../../lib/pair';

/** What a plan is in the group: a standard, derived from one, behind it, waiting for approval. */
export function PlanBadges({ plan, linked }: { plan: PlanView; linked?: boolean }) {
  const { t } = useTranslation();
  const pair = usePair();
  const { base } = plan;
  return (
    <>
      {plan.standard && <span className="chip"><BankOutlined aria-hidden />{t('plans.standard')}</span>}
      {base && (
        <span className="chip" title={t('plans.derived_from', { name: pair(base, 'name'), revision: base.revision })}>
          <BranchesOutlined aria-hidden />{t('plans.derived', { revision: base.published_revision ?? base.revision })}
        </span>
      )}
      {base?.archived && plan.status !== 'archived' && <span className="chip chip-bad"><StopOutlined aria-hidden />{t('plans.base_archived')}</span>}
      {base?.behind && (linked
        ? <Link to={`/plans/${plan.id}/difference`}><Behind plan={plan} /></Link>
        : <Behind plan={plan} />)}
      {plan.approval === 'submitted' && <span className="chip chip-live">{t('plans.in_approval')}</span>}
    </>
  );
}

function Behind({ plan }: { plan: PlanView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const adopt = plan.base?.adopt_by;
  const late = adopt ? new Date(adopt).getTime() <= Date.now() : false;
  return (
    <span className={`chip ${late ? 'chip-bad' : 'chip-behind'}`}>
      <ClockCircleOutlined aria-hidden />
      {late ? t('plans.overdue') : adopt ? t('plans.behind_until', { date: format.date(adopt) }) : t('plans.behind')}
    </span>
  );
}
