import type { CompetencyLevel } from '@bole/api';
import { useTranslation } from 'react-i18next';
import { usePair } from '../../lib/pair';

/** Behavioural anchors, level by level; the required one stands out. */
export function Levels({ levels, required }: { levels: CompetencyLevel[]; required?: number }) {
  const { t } = useTranslation();
  const pair = usePair();
  if (levels.length === 0) return <p className="quiet">{t('competencies.no_levels')}</p>;
  return (
    <ol className="levels">
      {[...levels].sort((a, b) => a.level - b.level).map((item) => (
        <li key={item.level} className={item.level === required ? 'level-required' : undefined} value={item.level}>
          <span className="level-number num">{item.level}</span>
          <span>{pair(item, 'anchor') || '–'}{item.level === required && <span className="chip chip-good level-chip">{t('competencies.required')}</span>}</span>
        </li>
      ))}
    </ol>
  );
}
