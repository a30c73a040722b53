import type { PlanDocument, PlanView, ScoringModelView, Items } from '@bole/api';
import { Input, InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useGet } from '../../api/hooks';
import { useCan } from '../../app/session';
import { useEnumOptions } from '../../components/Filters';
import { useNames } from '../../components/Names';
import { JobPicker } from '../../components/Pickers';
import type { Draft } from './draft';
import type { Locks } from './locks';
import { Field, ProblemLine } from './problems';

interface Props {
  plan: PlanView;
  draft: Draft;
  change: (part: Partial<Draft>) => void;
  changeDocument: (part: Partial<PlanDocument>) => void;
  locks: Locks;
}

export function Basics({ plan, draft, change, changeDocument, locks }: Props) {
  const { t } = useTranslation();
  const names = useNames();
  const can = useCan();
  const languages = useEnumOptions('plan_language');
  const models = useGet<Items<ScoringModelView>>(can('settings.read') || can('plan.read') ? '/scoring-models' : null, undefined, { staleTime: 300_000 });
  const { document } = draft;
  const { recommend, reinterview } = document.bands;
  return (
    <section className="panel" aria-labelledby="basics">
      <div className="panel-head"><h2 id="basics">{t('plans.basics')}</h2></div>
      <div className="panel-body">
        <div className="split-fields">
          <Field at="/name_zh" label={t('field.name_zh')}><Input lang="zh-CN" maxLength={100} value={draft.name_zh} onChange={(event) => change({ name_zh: event.target.value })} /></Field>
          <Field at="/name_en" label={t('field.name_en')}><Input lang="en" maxLength={100} value={draft.name_en} onChange={(event) => change({ name_en: event.target.value })} /></Field>
          <Field at="/job_id" label={t('field.job')}><JobPicker value={draft.job_id} current={names.job(plan)} onChange={(value) => change({ job_id: value ?? null })} /></Field>
          <Field at="/language" label={t('plans.language')} hint={locks.language && t('plans.set_by_standard')}><Select {...(locks.language && { disabled: true })} options={languages} value={document.language} onChange={(language) => changeDocument({ language })} /></Field>
          <Field at="/valid_days" label={t('plans.valid_days')} hint={locks.validDays && t('plans.set_by_standard')}>
            <InputNumber {...(locks.validDays && { disabled: true })} min={1} max={90} suffix={t('unit.days')} style={{ width: '100%' }} value={document.valid_days} onChange={(value) => changeDocument({ valid_days: value ?? 7 })} />
          </Field>
          <Field at="/retention_days" label={t('plans.retention_days')} hint={t('plans.retention_hint')}>
            <InputNumber min={1} max={3650} suffix={t('unit.days')} style={{ width: '100%' }} value={document.retention_days} onChange={(value) => changeDocument({ retention_days: value ?? 180 })} />
          </Field>
          <Field at="/scoring_model_id" label={t('plans.scoring_model')} hint={locks.model && t('plans.model_locked')}>
            <Select allowClear {...(locks.model && { disabled: true })} placeholder={t('plans.scoring_model_default')} value={document.scoring_model_id ?? undefined} onChange={(value) => changeDocument({ scoring_model_id: value })}
              options={(models.data?.items ?? []).map((model) => ({ value: model.id, label: `${model.name} · ${t('scoring.version', { version: model.version_no })}` }))} />
          </Field>
        </div>
        <h3 className="section-title" style={{ marginBottom: 6 }}>{t('plans.bands')}</h3>
        <p className="quiet" style={{ marginBottom: 10 }}>{t('plans.bands_hint')}</p>
        <div className="bands-bar" aria-hidden>
          <span className="reject" style={{ flexGrow: reinterview }}>{t('band.reject')}</span>
          <span className="reinterview" style={{ flexGrow: Math.max(0, recommend - reinterview) }}>{t('band.reinterview')}</span>
          <span className="recommend" style={{ flexGrow: Math.max(0, 10 - recommend) }}>{t('band.recommend')}</span>
        </div>
        <div className="split-fields">
          <Field at="/bands/reinterview" label={t('plans.band_reinterview')} hint={locks.minBands.reinterview > 0 && t('plans.band_min', { min: locks.minBands.reinterview })}>
            <InputNumber min={locks.minBands.reinterview} max={10} step={0.1} style={{ width: '100%' }} value={reinterview} onChange={(value) => changeDocument({ bands: { recommend, reinterview: value ?? 0 } })} />
          </Field>
          <Field at="/bands/recommend" label={t('plans.band_recommend')} hint={locks.minBands.recommend > 0 && t('plans.band_min', { min: locks.minBands.recommend })}>
            <InputNumber min={locks.minBands.recommend} max={10} step={0.1} style={{ width: '100%' }} value={recommend} onChange={(value) => changeDocument({ bands: { reinterview, recommend: value ?? 0 } })} />
          </Field>
        </div>
        <ProblemLine at="/bands" />
      </div>
    </section>
  );
}
