import type { FeatureScore } from '@bole/api';
import { useTranslation } from 'react-i18next';
import { score, useFormat } from '../../lib/format';
import { usePair } from '../../lib/pair';
import { useUnit } from '../../lib/server-text';

/** How a score is made: each feature's value (a share where it has no unit), how it was judged (0–1), its share and the points it gives. */
export function FeatureTable({ features, total }: { features: FeatureScore[]; total: number | null }) {
  const { t } = useTranslation();
  const pair = usePair();
  const format = useFormat();
  const unit = useUnit();
  const weights = features.reduce((sum, feature) => sum + feature.weight, 0);
  return (
    <div className="feature-scroll">
      <table className="feature-table">
        <thead>
          <tr>
            <th scope="col">{t('report.feature')}</th>
            <th scope="col" className="right">{t('report.value')}</th>
            <th scope="col">{t('report.judged')}</th>
            <th scope="col" className="right">{t('report.share')}</th>
            <th scope="col" className="right">{t('report.contribution')}</th>
          </tr>
        </thead>
        <tbody>
          {features.map((feature) => (
            <tr key={feature.key} className={feature.weight === 0 ? 'quiet' : ''}>
              <th scope="row">{pair(feature, 'name')}</th>
              <td className="right num">{feature.weight === 0 ? t('report.not_observed') : feature.unit ? `${format.one(feature.value)} ${unit(feature.unit)}` : format.percent(feature.value)}</td>
              <td><span className="mini-track" aria-hidden><i style={{ width: `${Math.max(0, Math.min(1, feature.normalised)) * 100}%` }} /></span><span className="sr-only">{format.percent(feature.normalised)}</span></td>
              <td className="right num">{weights > 0 ? format.percent(feature.weight / weights) : '–'}</td>
              <td className="right num">{feature.weight === 0 ? '–' : `+${feature.contribution.toFixed(2)}`}</td>
            </tr>
          ))}
        </tbody>
        {total !== null && <tfoot><tr><th scope="row" colSpan={4}>{t('report.sum')}</th><td className="right num">{score(total)}</td></tr></tfoot>}
      </table>
    </div>
  );
}
