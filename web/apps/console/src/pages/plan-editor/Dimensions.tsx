import { DeleteOutlined, LockOutlined } from '@ant-design/icons';
import type { JobView, PlanDimension, PlanDocument } from '@bole/api';
import { Button, Checkbox, Dropdown, InputNumber, Slider, Tooltip } from 'antd';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { useGet } from '../../api/hooks';
import { WeightSum } from '../../components/WeightSum';
import { useDimensions } from '../../lib/dimensions';
import { usePair } from '../../lib/pair';
import { evenWeights } from '../../lib/weights';
import type { Locks } from './locks';
import { ProblemLine } from './problems';

interface Props {
  orgId: string;
  document: PlanDocument;
  change: (part: Partial<PlanDocument>) => void;
  readOnly: boolean;
  jobId: string | null;
  locks: Locks;
}

export function Dimensions({ orgId, document, change, readOnly, jobId, locks }: Props) {
  const { t } = useTranslation();
  const pair = usePair();
  const known = useDimensions(readOnly ? undefined : orgId);
  const job = useGet<JobView>(jobId ? `/jobs/${jobId}` : null, undefined, { staleTime: 60_000 });
  const { dimensions } = document;
  const set = (next: PlanDimension[]) => {
    const keys = new Set(next.map((item) => item.key));
    change({ dimensions: next, stages: document.stages.map((stage) => ({ ...stage, dimensions: stage.dimensions.filter((key) => keys.has(key)) })) });
  };
  const spread = () => {
    const weights = evenWeights(dimensions.length);
    change({ dimensions: dimensions.map((item, index) => ({ ...item, weight: weights[index] ?? 0 })) });
  };
  const setDimension = (index: number, part: Partial<PlanDimension>) => change({ dimensions: dimensions.map((item, position) => (position === index ? { ...item, ...part } : item)) });
  const unused = known.filter((item) => !dimensions.some((used) => used.key === item.key));
  const jobModel = job.data?.competencies ?? [];
  return (
    <section className="panel" aria-labelledby="dimensions">
      <div className="panel-head">
        <h2 id="dimensions">{t('plans.dimensions')}</h2>
        {dimensions.length > 0 && <WeightSum weights={dimensions.map((item) => item.weight)} />}
      </div>
      <div className="panel-body">
        {dimensions.length === 0 && <p className="quiet" style={{ marginBottom: 10 }}>{t('plans.dimensions_hint')}</p>}
        {dimensions.map((item, index) => {
          const range = locks.range(item);
          const fixed = range.min === range.max;
          const ranged = range.min > 0 || range.max < 100;
          const name = pair(item, 'name');
          return (
            <Fragment key={item.key}>
              <div className="dimension-row">
                <span className="dimension-name">
                  {item.core && locks.derived && <Tooltip title={t('plans.core_hint')}><LockOutlined className="lock" aria-label={t('plans.core_hint')} /></Tooltip>} {name}
                  {ranged && <span className="cell-sub num">{fixed ? t('plans.weight_fixed') : t('plans.weight_range', { min: range.min, max: range.max })}</span>}
                </span>
                <Slider min={range.min} max={Math.max(range.max, range.min + 1)} step={ranged ? 1 : 5} value={item.weight} disabled={readOnly || fixed} onChange={(value) => setDimension(index, { weight: value })} ariaLabelForHandle={`${name} ${t('field.weight')}`} />
                <InputNumber min={range.min} max={range.max} suffix="%" value={item.weight} disabled={readOnly || fixed} onChange={(value) => setDimension(index, { weight: value ?? range.min })} aria-label={`${name} ${t('field.weight')}`} style={{ width: 96 }} />
                {!readOnly && <Button type="text" icon={<DeleteOutlined />} disabled={!locks.canRemove(item)} aria-label={t('plans.remove_dimension', { name })} onClick={() => set(dimensions.filter((_, position) => position !== index))} />}
              </div>
              {document.governance && (
                <div className="dimension-rules">
                  <Checkbox checked={item.core} onChange={(event) => setDimension(index, { core: event.target.checked })}>{t('plans.core')}</Checkbox>
                  <span className="quiet">{t('plans.range')}</span>
                  <InputNumber size="small" min={0} max={100} suffix="%" value={item.min_weight ?? null} onChange={(value) => setDimension(index, { min_weight: value ?? undefined })} aria-label={t('plans.range_min', { name })} />
                  <span aria-hidden>–</span>
                  <InputNumber size="small" min={0} max={100} suffix="%" value={item.max_weight ?? null} onChange={(value) => setDimension(index, { max_weight: value ?? undefined })} aria-label={t('plans.range_max', { name })} />
                </div>
              )}
              <ProblemLine at={`/dimensions/${index}/key`} />
              <ProblemLine at={`/dimensions/${index}/name_zh`} />
              <ProblemLine at={`/dimensions/${index}/name_en`} />
              <ProblemLine at={`/dimensions/${index}/weight`} />
              <ProblemLine at={`/dimensions/${index}`} />
            </Fragment>
          );
        })}
        <ProblemLine at="/dimensions" />
        {!readOnly && (
          <div className="row" style={{ marginTop: 8 }}>
            <Dropdown trigger={['click']} menu={{ items: unused.map((item) => ({ key: item.key, label: pair(item, 'name'), onClick: () => set([...dimensions, { key: item.key, name_zh: item.name_zh, name_en: item.name_en, core: false, weight: Math.max(0, 100 - dimensions.reduce((sum, used) => sum + used.weight, 0)) }]) })), style: { maxHeight: 320, overflow: 'auto' } }}>
              <Button disabled={unused.length === 0}>{t('plans.add_dimension')}</Button>
            </Dropdown>
            {dimensions.length > 1 && !locks.derived && <Button type="text" onClick={spread}>{t('plans.spread')}</Button>}
            {jobModel.length > 0 && !locks.derived && <Button type="text" onClick={() => set(jobModel.map((item) => ({ key: item.key, name_zh: item.name_zh, name_en: item.name_en, core: false, weight: item.weight })))}>{t('plans.from_job')}</Button>}
          </div>
        )}
      </div>
    </section>
  );
}
