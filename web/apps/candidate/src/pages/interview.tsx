import { useEffect, useRef, useState } from 'preact/hooks';
import type { CandidateSession, CandidateStage } from '../api/types';
import { useApp } from '../flow/app_context';
import { Duration, useI18n } from '../i18n';
import { CameraError, type CameraFault } from '../media/camera';
import { HoldScreen } from '../media/wake_lock';
import { ErrorText } from '../ui/error';
import { Actions, Button, Notice, Page, SelfView } from '../ui/parts';
import { CameraHelp } from './camera_help';
import { Sending } from './sending';
import { StageRun } from './stage_run';

type Step =
  | { kind: 'intro' }
  | { kind: 'run'; resume: boolean }
  | { kind: 'sending' }
  | { kind: 'answered'; answer_id: string; next: CandidateSession };

/** Walks through the stages. What the person sees stays in place until they move on themselves. */
export function InterviewPage() {
  const i18n = useI18n();
  const { t, pick } = i18n;
  const { api, camera, queue, session, setSession, escalate } = useApp();
  const [step, setStep] = useState<Step>(() => (queue?.Closing() ? { kind: 'sending' } : { kind: 'intro' }));
  const [stream, setStream] = useState(camera.stream);
  const [fault, setFault] = useState<CameraFault>();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const current_step = useRef(step);
  current_step.current = step;

  useEffect(HoldScreen, []);

  useEffect(() => queue?.OnFinished((answer_id, next) => {
    const done = session?.stages.find((stage) => stage.key === CurrentStage(session)?.key);
    const after = next.stages.find((stage) => stage.key === done?.key);
    if (after && after.retakes_left > 0 && after.state === 'answered' && next.state === 'in_progress') {
      setStep({ kind: 'answered', answer_id, next });
    } else {
      setStep({ kind: 'intro' });
      setSession(next);
    }
  }), [queue, session]);

  if (!session || !queue) return null;
  const stage = CurrentStage(session);
  if (!stage) return null;
  const open = session.answer && session.answer.state === 'recording' && session.answer.stage_key === stage.key ? session.answer : undefined;
  const recorded_ms = open ? queue.Answer(open.id)?.recorded_ms ?? 0 : 0;
  const number = { n: stage.index + (session.stages[0]?.index === 0 ? 1 : 0), total: session.stages.length };
  const title = pick(stage.title_zh, stage.title_en) || t('stage.number', number);

  const turn_on = async (then: () => void) => {
    setBusy(true);
    setFault(undefined);
    try {
      setStream(await camera.Open());
      then();
    } catch (failure) {
      setFault(failure instanceof CameraError ? failure.fault : 'failed');
    }
    setBusy(false);
  };

  const end_here = async () => {
    if (!open) return;
    await queue.Close(open.id, 'resumed');
    setStep({ kind: 'sending' });
  };

  const retake = async (answer_id: string) => {
    setBusy(true);
    setError(undefined);
    try {
      const next = await api.Retake(answer_id);
      setStep({ kind: 'intro' });
      setSession(next);
    } catch (failure) {
      if (!escalate(failure)) setError(failure);
    }
    setBusy(false);
  };

  const again = async (answer_id: string) => {
    await queue.Forget(answer_id);
    setStep({ kind: 'intro' });
    try {
      setSession(await api.Session());
    } catch (failure) {
      escalate(failure);
    }
  };

  if (step.kind === 'sending') return <Sending number={number} onAgain={again} />;
  if (step.kind === 'answered') {
    const left = step.next.stages.find((candidate) => candidate.key === stage.key)?.retakes_left ?? 0;
    return (
      <Page title={t('stage.saved_title')} lead={t('stage.saved_lead')}>
        <Progress session={step.next} />
        <Actions>
          {error !== undefined && <Notice tone="bad" live>{ErrorText(error, i18n)}</Notice>}
          <Button kind="primary" onClick={() => { setStep({ kind: 'intro' }); setSession(step.next); }}>{t('stage.keep')}</Button>
          <Button busy={busy} onClick={() => retake(step.answer_id)}>{t('stage.retake', { n: left })}</Button>
        </Actions>
      </Page>
    );
  }
  if (step.kind === 'run' && stream) {
    return (
      <StageRun
        key={stage.key}
        session={session}
        stage={stage}
        stream={stream}
        resume={step.resume}
        title={title}
        number={number}
        onEnded={() => setStep({ kind: 'sending' })}
        onLost={() => { setStream(undefined); setStep({ kind: 'intro' }); api.Session().then(setSession, escalate); }}
      />
    );
  }
  const seconds_left = Math.max(0, Math.round(stage.time_limit_seconds - recorded_ms / 1000));
  return (
    <Page key={`${stage.key}:${open?.id ?? ''}`} title={open ? t('stage.resume_title') : title} lead={open ? t('stage.resume_lead') : t('stage.number', number)}>
      <Progress session={session} />
      {stage.index === session.stages[0].index && !open && <p>{pick(session.welcome_zh, session.welcome_en)}</p>}
      {fault ? <CameraHelp fault={fault} busy={busy} onRetry={() => turn_on(() => setStep({ kind: 'run', resume: open !== undefined }))} /> : (
        <>
          <Facts stage={stage} seconds_left={open ? seconds_left : undefined} />
          {stream && <SelfView stream={stream} label={t('device.self_view')} />}
          <p class="soft">{open ? t('stage.resume_text') : t('stage.calm')}</p>
          <Actions>
            <Button kind="primary" busy={busy} onClick={() => turn_on(() => setStep({ kind: 'run', resume: open !== undefined }))}>
              {open ? t('stage.resume') : t('stage.show')}
            </Button>
            {open && <Button onClick={end_here}>{t('stage.end_here')}</Button>}
          </Actions>
        </>
      )}
    </Page>
  );
}

function CurrentStage(session: CandidateSession): CandidateStage | undefined {
  return session.stages.find((stage) => stage.state === 'current')
    ?? (session.answer?.state === 'recording' ? session.stages.find((stage) => stage.key === session.answer?.stage_key) : undefined)
    ?? session.stages.find((stage) => stage.state !== 'answered');
}

function Facts({ stage, seconds_left }: { stage: CandidateStage; seconds_left?: number }) {
  const { t } = useI18n();
  const time = (seconds: number) => Duration(seconds, t);
  return (
    <dl class="facts">
      {seconds_left === undefined
        ? <div><dt>{t('stage.preparation')}</dt><dd>{stage.preparation_seconds > 0 ? time(stage.preparation_seconds) : t('stage.no_preparation')}</dd></div>
        : null}
      <div><dt>{seconds_left === undefined ? t('stage.limit') : t('stage.left')}</dt><dd>{time(seconds_left ?? stage.time_limit_seconds)}</dd></div>
      <div><dt>{t('stage.retakes')}</dt><dd>{stage.retakes_left > 0 ? t('stage.retakes_n', { n: stage.retakes_left }) : t('stage.retakes_none')}</dd></div>
    </dl>
  );
}

export function Progress({ session }: { session: CandidateSession }) {
  const { t } = useI18n();
  const done = session.stages.filter((stage) => stage.state === 'answered').length;
  return (
    <div class="dots" role="img" aria-label={t('stage.progress', { done, total: session.stages.length })}>
      {session.stages.map((stage) => <i key={stage.key} class={stage.state} />)}
    </div>
  );
}
