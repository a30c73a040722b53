import { RightOutlined } from '@ant-design/icons';
import type { DimensionScore } from '@bole/api';
import { lazy, Suspense, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CertaintyMark } from '../../components/Tags';
import { score, useFormat } from '../../lib/format';
import { usePair } from '../../lib/pair';
import { EvidenceChips } from './EvidenceChips';
import { FeatureTable } from './FeatureTable';

const Radar = lazy(() => import('../../components/Radar').then((module) => ({ default: module.Radar })));

export function Dimensions({ dimensions }: { dimensions: DimensionScore[] }) {
  const { t } = useTranslation();
  const pair = usePair();
  const format = useFormat();
  const [open, setOpen] = useState<string | null>(null);
  // A dimension without a score is left out: drawn as zero it would look like a bad one.
  const axes = useMemo(() => dimensions.flatMap((item) => (typeof item.score === 'number' ? [{ name: pair(item, 'name'), value: item.score }] : [])), [dimensions, pair]);
  return (
    <section className="panel" aria-labelledby="dimensions">
      <div className="panel-head"><h2 id="dimensions">{t('report.dimensions')}</h2><span className="quiet">{t('report.dimensions_hint')}</span></div>
      <div className={axes.length >= 3 ? 'dimensions-grid' : 'dimensions-grid single'}>
        {axes.length >= 3 && (
          <Suspense fallback={<div className="radar" />}>
            <Radar axes={axes} label={axes.map((axis) => `${axis.name} ${score(axis.value)}`).join(', ')} />
          </Suspense>
        )}
        <ul className="bars">
          {dimensions.map((item) => {
            const opened = open === item.key;
            const missing = item.score === null || item.score === undefined;
            return (
              <li key={item.key} className={opened ? 'bar-item open' : 'bar-item'}>
                <button type="button" className="bar-row" aria-expanded={opened} aria-controls={`dimension-${item.key}`} onClick={() => setOpen(opened ? null : item.key)}>
                  <RightOutlined className="bar-arrow" aria-hidden />
                  <span className="bar-name">{pair(item, 'name')} <span className="quiet num">{format.one(item.weight)}%</span></span>
                  <span className="bar-track" aria-hidden>{!missing && <i style={{ width: `${item.score! * 10}%` }} />}</span>
                  <span className="bar-score num">{missing ? t('report.no_score') : score(item.score)}</span>
                  <CertaintyMark certainty={item.certainty} label={false} />
                </button>
              </li>
            );
          })}
        </ul>
      </div>
      {dimensions.map((item) => (
        <div className="bar-detail" id={`dimension-${item.key}`} key={item.key} hidden={open !== item.key}>
          <h3>{pair(item, 'name')} <span className="num">{score(item.score)}</span></h3>
          <p>{pair(item, 'comment')}</p>
          <EvidenceChips evidence={item.evidence} />
          {item.features.length > 0 && <FeatureTable features={item.features} total={item.score ?? null} />}
        </div>
      ))}
    </section>
  );
}
