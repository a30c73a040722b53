import type { PlanView } from '@bole/api';
import { useTranslation } from 'react-i18next';

const tone = { draft: 'plain', published: 'good', archived: 'muted' };

export function PlanStatus({ plan }: { plan: PlanView }) {
  const { t } = useTranslation();
  return (
    <span className="row" style={{ gap: 6, flexWrap: 'nowrap' }}>
      <span className={`chip chip-${tone[plan.status]}`}><span className="chip-dot" aria-hidden />{t(`plan_status.${plan.status}`)}</span>
      {plan.status === 'published' && plan.has_draft && <span className="chip chip-live">{t('plans.has_draft')}</span>}
    </span>
  );
}
