import type { CandidateView, CreatedInterviews, CreateInterviews, PlanView } from '@bole/api';
import { Alert, Button, Checkbox, Drawer, InputNumber, Steps } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQueries } from '@tanstack/react-query';
import { api } from '../../api/client';
import { useGet, useSend } from '../../api/hooks';
import { useCan } from '../../app/session';
import { PlanPicker } from '../../components/Pickers';
import { usePair } from '../../lib/pair';
import { CandidateChooser } from './CandidateChooser';
import { InviteResult } from './InviteResult';
import { InviteTeam, type TeamChoice } from './InviteTeam';

interface Props {
  planId?: string;
  candidateIds: string[];
  onClose: () => void;
}

/** Plan → candidates → channels → links. */
export function InviteWizard({ planId, candidateIds, onClose }: Props) {
  const { t } = useTranslation();
  const can = useCan();
  const pair = usePair();
  const [step, setStep] = useState(planId && candidateIds.length > 0 ? 2 : planId ? 1 : 0);
  const [plan, setPlan] = useState<string | undefined>(planId);
  const [chosen, setChosen] = useState<Map<string, CandidateView>>(new Map());
  const [channels, setChannels] = useState<string[]>(['link']);
  const [days, setDays] = useState<number | null>(null);
  const [team, setTeam] = useState<TeamChoice>({ orgId: '', people: [] });
  const [result, setResult] = useState<CreatedInterviews | null>(null);
  const planView = useGet<PlanView>(plan ? `/plans/${plan}` : null);
  const given = useQueries({ queries: candidateIds.slice(0, 100).map((id) => ({ queryKey: [`/candidates/${id}`, {}], queryFn: () => api.get<CandidateView>(`/candidates/${id}`), staleTime: 60_000 })) });
  const arrived = given.map((query) => query.data).filter((candidate) => candidate !== undefined);
  useEffect(() => {
    if (arrived.length === 0) return;
    setChosen((old) => {
      const next = new Map(old);
      for (const candidate of arrived) if (!next.has(candidate.id)) next.set(candidate.id, candidate);
      return next;
    });
    // Candidates named in the address join the choice when they have arrived; taking one out later stays.
  }, [arrived.length]);

  const send = useSend((input: CreateInterviews) => api.post<CreatedInterviews>('/interviews', input), {
    refresh: ['/interviews', '/home', '/messages'],
    onDone: (created) => {
      setResult(created);
      setStep(3);
    },
  });
  const names = [...chosen.values()];
  const units = [...new Set(names.map((candidate) => candidate.org_id))];
  // Colleagues of one unit say nothing about another one.
  const people = units.length === 1 && units[0] === team.orgId ? team.people : [];
  const without = (channel: string) => names.filter((candidate) => (channel === 'email' ? !candidate.email_masked : channel === 'sms' ? !candidate.phone_masked : false));
  const ready = [Boolean(plan), chosen.size > 0, channels.length > 0, true][step];
  return (
    <Drawer open size={Math.min(780, window.innerWidth)} title={t('invite.title')} onClose={onClose} mask={{ closable: step === 3 }} footer={
      <div className="row" style={{ justifyContent: 'space-between', padding: '4px 0' }}>
        <span className="quiet">{step > 0 && step < 3 && planView.data ? `${pair(planView.data, 'name')}${chosen.size > 0 ? ` · ${t('candidates.chosen', { count: chosen.size })}` : ''}` : ''}</span>
        <span className="row">
          {step > 0 && step < 3 && <Button onClick={() => setStep(step - 1)}>{t('invite.back')}</Button>}
          {step < 2 && <Button type="primary" disabled={!ready} onClick={() => setStep(step === 0 && chosen.size > 0 && candidateIds.length > 0 ? 2 : step + 1)}>{t('invite.next')}</Button>}
          {step === 2 && (
            <Button type="primary" disabled={!ready} loading={send.isPending}
              onClick={() => send.mutate({ candidate_ids: [...chosen.keys()], plan_id: plan!, channels, team: people.map((one) => one.value), ...(days ? { valid_days: days } : {}) })}>
              {t('invite.send', { count: chosen.size })}
            </Button>
          )}
          {step === 3 && <Button type="primary" onClick={onClose}>{t('import.close')}</Button>}
        </span>
      </div>
    }>
      <Steps size="small" current={step} responsive={false} titlePlacement="vertical" style={{ marginBottom: 20 }} items={[{ title: t('invite.step_plan') }, { title: t('invite.step_candidates') }, { title: t('invite.step_channels') }, { title: t('invite.step_links') }]} />
      {step === 0 && (
        <div className="stack">
          <p className="quiet">{t('invite.plan_hint')}</p>
          <PlanPicker value={plan} onChange={setPlan} status="published" />
          {planView.data && plan && (
            <ol className="invite-stages">
              {planView.data.document.stages.map((stage) => <li key={stage.key}><b>{pair(stage, 'title')}</b> <span className="quiet">{pair(stage, 'question')}</span></li>)}
            </ol>
          )}
        </div>
      )}
      {step === 1 && <CandidateChooser chosen={chosen} onChange={setChosen} jobId={planView.data?.job_id ?? undefined} />}
      {step === 2 && (
        <div className="stack">
          <Checkbox.Group value={channels} onChange={setChannels} className="stack" style={{ gap: 10 }}>
            {['link', 'email', 'sms'].map((channel) => {
              const missing = without(channel);
              return (
                <Checkbox key={channel} value={channel}>
                  <span className="cell-main">{t(`invite.channel_${channel}`)}</span>
                  <span className="cell-sub">{missing.length > 0 ? t('invite.missing', { count: missing.length, names: missing.slice(0, 3).map((item) => item.name).join(t('common.list_comma')) }) : t(`invite.channel_${channel}_hint`)}</span>
                </Checkbox>
              );
            })}
          </Checkbox.Group>
          <label className="row">{t('plans.valid_days')} <InputNumber min={1} max={90} value={days} onChange={setDays} placeholder={String(planView.data?.document.valid_days ?? '')} suffix={t('unit.days')} style={{ width: 110 }} /></label>
          {can('candidate.read') && units.length > 0 && <InviteTeam orgId={units.length === 1 ? units[0]! : null} people={people} onChange={setTeam} />}
          <Alert type="info" showIcon title={t('invite.consent_hint')} />
        </div>
      )}
      {step === 3 && result && <InviteResult result={result} names={chosen} />}
    </Drawer>
  );
}
