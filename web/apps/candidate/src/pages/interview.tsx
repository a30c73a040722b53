import { useEffect, useState } from 'preact/hooks';
import type { CandidateSession, CandidateStage } from '../api/types';
import { useApp } from '../flow/app_context';
import { Duration, useI18n } from '../i18n';
import { CameraError, type CameraFault } from '../media/camera';
import { HoldScreen } from '../media/wake_lock';
import type { FinishReason } from '../recording/store';
import { Actions, Button, Page, SelfView } from '../ui/parts';
import { CameraHelp } from './camera_help';
import { Choose } from './choose';
import { Sending } from './sending';
import { StageRun } from './stage_run';

type Step =
  | { kind: 'intro' }
  | { kind: 'run'; resume: boolean }
  | { kind: 'sending' }
  | { kind: 'choose'; answer_id: string };

/** Walks through the stages. What the person sees stays in place until they move on themselves. */
export function InterviewPage() {
  const { t, pick } = useI18n();
  const { api, camera, queue, session, setSession, escalate } = useApp();
  const [step, setStep] = useState<Step>(() => {
    if (queue?.Closing()) return { kind: 'sending' };
    const ended = session?.answer?.state === 'recording' && queue?.Answer(session.answer.id)?.ended ? session.answer.id : undefined;
    return ended ? { kind: 'choose', answer_id: ended } : { kind: 'intro' };
  });
  const [stream, setStream] = useState(camera.stream);
  const [fault, setFault] = useState<CameraFault>();
  const [busy, setBusy] = useState(false);

  useEffect(HoldScreen, []);

  useEffect(() => queue?.OnFinished((_, next) => {
    setStep({ kind: 'intro' });
    setSession(next);
  }), [queue]);

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

  const hand_in = async (answer_id: string, reason: FinishReason) => {
    await queue.Close(answer_id, reason);
    setStep({ kind: 'sending' });
  };

  const retake = async (answer_id: string) => {
    const next = await api.Retake(answer_id);
    await queue.Forget(answer_id);
    setStep({ kind: 'intro' });
    setSession(next);
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
  if (step.kind === 'choose') {
    const { answer_id } = step;
    return (
      <Choose
        number={number}
        retakes_left={stage.retakes_left}
        onKeep={() => hand_in(answer_id, queue.Answer(answer_id)?.ended ?? 'candidate')}
        onRetake={() => retake(answer_id)}
      />
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
        onEnded={(answer_id) => setStep(stage.retakes_left > 0 ? { kind: 'choose', answer_id } : { kind: 'sending' })}
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
            {(!open || seconds_left > 0) && (
              <Button kind="primary" busy={busy} onClick={() => turn_on(() => setStep({ kind: 'run', resume: open !== undefined }))}>
                {open ? t('stage.resume') : t('stage.show')}
              </Button>
            )}
            {open && <Button onClick={() => hand_in(open.id, 'resumed')}>{t('stage.end_here')}</Button>}
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
