import { DeleteOutlined } from '@ant-design/icons';
import type { JobView, PlanDimension, PlanDocument } from '@bole/api';
import { Button, Dropdown, InputNumber, Slider } from 'antd';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { useGet } from '../../api/hooks';
import { WeightSum } from '../../components/WeightSum';
import { useDimensions } from '../../lib/dimensions';
import { usePair } from '../../lib/pair';
import { evenWeights } from '../../lib/weights';
import { ProblemLine } from './problems';

interface Props {
  document: PlanDocument;
  change: (part: Partial<PlanDocument>) => void;
  readOnly: boolean;
  jobId: string | null;
}

export function Dimensions({ document, change, readOnly, jobId }: Props) {
  const { t } = useTranslation();
  const pair = usePair();
  const known = useDimensions();
  const job = useGet<JobView>(jobId ? `/jobs/${jobId}` : null, undefined, { staleTime: 60_000 });
  const { dimensions } = document;
  const set = (next: PlanDimension[]) => {
    const keys = new Set(next.map((item) => item.key));
    change({ dimensions: next, stages: document.stages.map((stage) => ({ ...stage, dimensions: stage.dimensions.filter((key) => keys.has(key)) })) });
  };
  const setWeight = (index: number, weight: number) => change({ dimensions: dimensions.map((item, position) => (position === index ? { ...item, weight } : item)) });
  const spread = () => {
    const weights = evenWeights(dimensions.length);
    change({ dimensions: dimensions.map((item, index) => ({ ...item, weight: weights[index] ?? 0 })) });
  };
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
        {dimensions.map((item, index) => (
          <Fragment key={item.key}>
            <div className="dimension-row">
              <span className="dimension-name">{pair(item, 'name')}</span>
              <Slider min={0} max={100} step={5} value={item.weight} disabled={readOnly} onChange={(value) => setWeight(index, value)} ariaLabelForHandle={`${pair(item, 'name')} ${t('field.weight')}`} />
              <InputNumber min={0} max={100} suffix="%" value={item.weight} onChange={(value) => setWeight(index, value ?? 0)} aria-label={`${pair(item, 'name')} ${t('field.weight')}`} style={{ width: 96 }} />
              {!readOnly && <Button type="text" icon={<DeleteOutlined />} aria-label={t('plans.remove_dimension', { name: pair(item, 'name') })} onClick={() => set(dimensions.filter((_, position) => position !== index))} />}
            </div>
            <ProblemLine at={`/dimensions/${index}/weight`} />
          </Fragment>
        ))}
        <ProblemLine at="/dimensions" />
        {!readOnly && (
          <div className="row" style={{ marginTop: 8 }}>
            <Dropdown trigger={['click']} menu={{ items: unused.map((item) => ({ key: item.key, label: pair(item, 'name'), onClick: () => set([...dimensions, { key: item.key, name_zh: item.name_zh, name_en: item.name_en, weight: Math.max(0, 100 - dimensions.reduce((sum, used) => sum + used.weight, 0)) }]) })), style: { maxHeight: 320, overflow: 'auto' } }}>
              <Button disabled={unused.length === 0}>{t('plans.add_dimension')}</Button>
            </Dropdown>
            {dimensions.length > 1 && <Button type="text" onClick={spread}>{t('plans.spread')}</Button>}
            {jobModel.length > 0 && <Button type="text" onClick={() => set(jobModel.map((item) => ({ key: item.key, name_zh: item.name_zh, name_en: item.name_en, weight: item.weight })))}>{t('plans.from_job')}</Button>}
          </div>
        )}
      </div>
    </section>
  );
}
