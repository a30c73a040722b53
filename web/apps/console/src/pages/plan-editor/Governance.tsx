import type { PlanDocument, PlanGovernance } from '@bole/api';
import { Checkbox, InputNumber, Switch } from 'antd';
import { useTranslation } from 'react-i18next';
import { FamilySelect } from '../../components/FamilySelect';
import { Field, ProblemLine } from './problems';

const fresh: PlanGovernance = { local_stages: 3, max_local_share: 30, texts: true, prompts: true, times: true, language: true, valid_days: true, bands_binding: true, adopt_days: 30 };

/** Makes the plan a standard and says what the units below may do in theirs. */
export function Governance({ document, change, readOnly }: { document: PlanDocument; change: (part: Partial<PlanDocument>) => void; readOnly: boolean }) {
  const { t } = useTranslation();
  const { governance } = document;
  const set = (part: Partial<PlanGovernance>) => change({ governance: { ...(governance ?? fresh), ...part } });
  const free = ['texts', 'prompts', 'times', 'language', 'valid_days'] as const;
  return (
    <section className="panel" aria-labelledby="governance">
      <div className="panel-head">
        <h2 id="governance">{t('plans.governance')}</h2>
        <Switch checked={Boolean(governance)} disabled={readOnly} aria-label={t('plans.governance')} onChange={(on) => change({ governance: on ? fresh : undefined })} />
      </div>
      <div className="panel-body">
        <p className="quiet" style={{ marginBottom: governance ? 12 : 0 }}>{t('plans.governance_hint')}</p>
        {governance && (
          <>
            <div className="split-fields">
              <Field at="/governance/family" label={t('jobs.family')}><FamilySelect optional value={governance.family ?? undefined} onChange={(family) => set({ family })} /></Field>
              <Field at="/governance/local_stages" label={t('plans.local_stages')}><InputNumber min={0} max={20} style={{ width: '100%' }} value={governance.local_stages} onChange={(value) => set({ local_stages: value ?? 0 })} /></Field>
              <Field at="/governance/max_local_share" label={t('plans.max_local_share')}><InputNumber min={0} max={50} suffix="%" style={{ width: '100%' }} value={governance.max_local_share} onChange={(value) => set({ max_local_share: value ?? 0 })} /></Field>
              <Field at="/governance/adopt_days" label={t('plans.adopt_days')} hint={t('plans.adopt_days_hint')}><InputNumber min={0} max={365} suffix={t('unit.days')} style={{ width: '100%' }} value={governance.adopt_days} onChange={(value) => set({ adopt_days: value ?? 0 })} /></Field>
            </div>
            <div className="row" style={{ gap: '4px 18px' }}>
              {free.map((name) => <Checkbox key={name} checked={governance[name]} onChange={(event) => set({ [name]: event.target.checked })}>{t(`plans.free_${name}`)}</Checkbox>)}
              <Checkbox checked={governance.bands_binding} onChange={(event) => set({ bands_binding: event.target.checked })}>{t('plans.bands_binding')}</Checkbox>
            </div>
            <ProblemLine at="/governance" />
          </>
        )}
      </div>
    </section>
  );
}
