import { LockOutlined } from '@ant-design/icons';
import type { PlanTemplateView } from '@bole/api';
import { useTranslation } from 'react-i18next';
import { usePair } from '../../lib/pair';

/** One shipped plan: what it asks and what it weighs. */
export function TemplateCard({ template, on, onChoose }: { template: PlanTemplateView; on: boolean; onChoose: () => void }) {
  const { t } = useTranslation();
  const pair = usePair();
  const { document } = template;
  const locked = document.stages.filter((stage) => stage.locked).length;
  const minutes = Math.ceil(document.stages.reduce((sum, stage) => sum + stage.preparation_seconds + stage.time_limit_seconds, 0) / 60);
  return (
    <button type="button" role="radio" aria-checked={on} className={`template${on ? ' on' : ''}`} onClick={onChoose}>
      <span className="cell-main">{pair(template, 'name')}</span>
      <span className="cell-sub">{pair(template, 'description')}</span>
      <span className="cell-sub">{t('plans.stages_minutes', { stages: document.stages.length, minutes })} · <LockOutlined aria-hidden /> {t('plans.locked_count', { count: locked })}</span>
      <span className="template-weights" aria-hidden>
        {document.dimensions.map((item) => <i key={item.key} style={{ flexGrow: item.weight }} className={item.core ? 'core' : ''} />)}
      </span>
      <span className="cell-sub">{document.dimensions.map((item) => `${pair(item, 'name')} ${item.weight}%`).join(' · ')}</span>
    </button>
  );
}
