import { LockOutlined } from '@ant-design/icons';
import type { PlanChange, PlanView } from '@bole/api';
import { Radio } from 'antd';
import { useTranslation } from 'react-i18next';
import { usePair } from '../../lib/pair';
import { placeOf } from './change';
import { Value } from './Value';

interface Props {
  change: PlanChange;
  plan?: PlanView;
  choice?: 'standard' | 'mine';
  onChoose?: (take: 'standard' | 'mine') => void;
}

/** One place: the standard before and now, and what the branch has; beside each other, on a phone below each other. */
export function ChangeRow({ change, plan, choice, onChoose }: Props) {
  const { t } = useTranslation();
  const pair = usePair();
  const { stage, field } = placeOf(change.path);
  const name = [stage && (pair(change, 'title') || stage), t(`difference_field.${field}`)].filter(Boolean).join(' · ');
  const taken = change.kind === 'conflict' ? (change.locked ? 'standard' : choice) : change.kind === 'standard' ? 'standard' : 'mine';
  const cell = (side: 'before' | 'standard' | 'mine', label: string, value: unknown) => (
    <div className={`difference-cell${side === taken ? ' taken' : ''}`}>
      <span className="difference-label">{label}</span>
      <Value field={field} value={value} plan={plan} />
    </div>
  );
  return (
    <li className="difference-row">
      <h3>{name}</h3>
      <div className="difference-cells">
        {cell('before', t('difference.before'), change.before)}
        {cell('standard', t('difference.after'), change.after)}
        {cell('mine', t('difference.mine'), change.mine)}
      </div>
      {change.kind === 'conflict' && (change.locked
        ? <p className="quiet"><LockOutlined aria-hidden /> {t('difference.locked')}</p>
        : (
          <Radio.Group value={choice} disabled={!onChoose} onChange={(event) => onChoose?.(event.target.value as 'standard' | 'mine')} aria-label={t('difference.choose', { name })}
            options={[{ value: 'standard', label: t('difference.take_standard') }, { value: 'mine', label: t('difference.take_mine') }]} />
        ))}
    </li>
  );
}
