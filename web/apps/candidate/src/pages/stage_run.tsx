import { useEffect, useRef, useState } from 'preact/hooks';
import { ApiError } from '../api/http';
import type { CandidateSession, CandidateStage, Locale } from '../api/types';
import { useApp } from '../flow/app_context';
import { useCaptions, useCountdown, useInterval } from '../flow/hooks';
import { MediaHolds, MediaShows, type MediaState } from '../flow/stage_gate';
import { ReadClock, Take } from '../flow/take';
import { Clock, useI18n, type Key } from '../i18n';
import { InTurn, Play, ReadAloud, SilentReadingMs, type Reading } from '../media/speech';
import type { FinishReason } from '../recording/store';
import { ErrorText } from '../ui/error';
import { Actions, Announce, Bar, Button, Notice, Page, SelfView } from '../ui/parts';
import { Captions } from './captions';
import { QuestionMedia } from './stage_media';
import { useTrouble } from './trouble';
import { UploadStatus } from './upload_status';

interface Props {
  session: CandidateSession;
  stage: CandidateStage;
  stream: MediaStream;
  /** Goes on with an answer that a reload or a lost device interrupted: no reading, no preparation. */
  resume: boolean;
  title: string;
  number: { n: number; total: number };
  onEnded: (answer_id: string) => void;
  /** The camera or microphone went away, or the stage is no longer the current one. */
  onLost: () => void;
}

type Phase = 'reading' | 'preparing' | 'opening' | 'recording' | 'ending';

// A recorded prompt that has not begun by then is replaced by the voice.
const kPromptWithinMs = 8_000;

/** One question: read aloud, prepare, answer, end. */
export function StageRun({ session, stage, stream, resume, title, number, onEnded, onLost }: Props) {
  const i18n = useI18n();
  const { t, locale } = i18n;
  const { api, queue, upload_kbps, escalate } = useApp();
  const [phase, setPhase] = useState<Phase>(resume ? 'opening' : 'reading');
  const [take, setTake] = useState<Take>();
  const [elapsed_ms, setElapsed] = useState(0);
  const [error, setError] = useState<unknown>();
  const [covered, setCovered] = useState(false);
  const [attempt, setAttempt] = useState(0);
  const [can_replay, setCanReplay] = useState(true);
  const [read_through, setReadThrough] = useState(false);
  const [media_state, setMediaState] = useState<MediaState>('loading');
  const [prompt_lost, setPromptLost] = useState(false);
  const reading = useRef<Reading | undefined>(undefined);
  const ending = useRef(false);
  const video = useRef<HTMLVideoElement | null>(null);
  const question_video = useRef<HTMLVideoElement | null>(null);
  const prompt_video = useRef<HTMLVideoElement | null>(null);
  // The prompt plays because of us, not because somebody pressed the button of its player.
  const prompting = useRef(false);

  const fixed = session.language === 'zh-CN' || session.language === 'en-US';
  const language: Locale = fixed ? (session.language as Locale) : locale;
  const of_language = (zh: string, en: string) => (language === 'zh-CN' ? zh || en : en || zh);
  const prompt = of_language(stage.prompt_zh, stage.prompt_en);
  const question = of_language(stage.question_zh, stage.question_en);
  const captions = useCaptions(api.EventsUrl(), take?.answer_id);
  const trouble = useTrouble(stream, video, phase === 'recording');
  const clock = ReadClock(elapsed_ms, stage.time_limit_seconds, stage.grace_seconds);

  const media = stage.question_media;
  const recorded = stage.prompt_media;
  const before = phase === 'reading' || phase === 'preparing';
  const held = MediaHolds(media, media_state);

  const hush = () => {
    const last = reading.current;
    reading.current = undefined;
    prompting.current = false;
    last?.Stop();
  };

  /** The recorded prompt, if there is one that plays, and the question in a voice; else both in a voice. */
  const speak = (onPrompt: () => void): Reading => {
    const all = () => ReadAloud([prompt, question].filter(Boolean).join('\n'), language, api.SpeechUrl(stage.key, language));
    const player = recorded?.kind === 'video' ? prompt_video.current : recorded ? new Audio(recorded.url) : null;
    if (!player) return all();
    prompting.current = true;
    return InTurn(Play(player, kPromptWithinMs), (heard) => {
      prompting.current = false;
      if (!heard) return all();
      onPrompt();
      return ReadAloud(question, language, api.SpeechUrl(stage.key, language, true));
    });
  };

  const read = async () => {
    hush();
    question_video.current?.pause();
    setReadThrough(false);
    let prompt_heard = false;
    const next = speak(() => (prompt_heard = true));
    reading.current = next;
    const heard = await next.done;
    if (reading.current !== next) return;
    if (!heard) {
      if (!prompt_heard) setCanReplay(false);
      await new Promise((resolve) => setTimeout(resolve, SilentReadingMs(prompt_heard ? question : prompt + question)));
      if (reading.current !== next) return;
    }
    setReadThrough(true);
  };

  useEffect(() => {
    if (!resume) void read();
    return () => {
      hush();
      question_video.current?.pause();
    };
  }, []);

  // Nobody prepares for a picture that is not there yet; a video is watched first, and the person says when they have.
  const shown = !media || (media.kind === 'picture' && media_state === 'ready');
  useEffect(() => {
    if (phase === 'reading' && read_through && shown) setPhase(stage.preparation_seconds > 0 ? 'preparing' : 'opening');
  }, [phase, read_through, shown]);

  const skip = () => {
    hush();
    setPhase((now) => (now === 'reading' && stage.preparation_seconds > 0 ? 'preparing' : 'opening'));
  };

  const preparation_left = useCountdown(stage.preparation_seconds, phase === 'preparing' && MediaShows(media, media_state), () => setPhase('opening'));

  useEffect(() => {
    if (phase !== 'opening' || !queue) return;
    reading.current?.Stop();
    let gone = false;
    setError((before: unknown) => (before instanceof ApiError ? before : undefined));
    Take.Start({ api, queue, session, stage, stream, upload_kbps }).then(
      (started) => {
        if (gone) return void started.Leave();
        setError(undefined);
        setTake(started);
        setElapsed(started.Elapsed());
        setPhase('recording');
        void started.broken.then(async () => {
          if (ending.current) return;
          ending.current = true;
          await started.Leave();
          onLost();
        });
      },
      (failure) => {
        if (gone || escalate(failure)) return;
        // Another device has gone on meanwhile: look again where the interview stands.
        if (failure instanceof ApiError && failure.status === 409) onLost();
        else setError(failure);
      },
    );
    return () => void (gone = true);
  }, [phase, attempt]);

  // No network at the start of an answer: the time has not begun, try again until the server answers.
  useEffect(() => {
    if (!(error instanceof ApiError) || !error.transient) return;
    const retry = () => setAttempt((n) => n + 1);
    const timer = setTimeout(retry, 3000);
    window.addEventListener('online', retry, { once: true });
    return () => {
      clearTimeout(timer);
      window.removeEventListener('online', retry);
    };
  }, [error]);

  const finish = async (reason: FinishReason) => {
    if (!take || ending.current) return;
    ending.current = true;
    setPhase('ending');
    await take.Finish(reason, stage.retakes_left > 0);
    onEnded(take.answer_id);
  };

  useInterval(() => {
    if (!take) return;
    const now = take.Elapsed();
    setElapsed(now);
    if (ReadClock(now, stage.time_limit_seconds, stage.grace_seconds).phase === 'over') void finish('time_limit');
  }, 200, phase === 'recording');

  useEffect(() => {
    if (!take) return;
    const flush = () => {
      if (document.visibilityState === 'hidden') take.Flush();
    };
    const hold = (event: BeforeUnloadEvent) => event.preventDefault();
    document.addEventListener('visibilitychange', flush);
    window.addEventListener('pagehide', flush);
    window.addEventListener('beforeunload', hold);
    return () => {
      document.removeEventListener('visibilitychange', flush);
      window.removeEventListener('pagehide', flush);
      window.removeEventListener('beforeunload', hold);
      if (!ending.current) void take.Leave();
    };
  }, [take]);

  const stuck = error !== undefined && !(error instanceof ApiError && error.transient);
  const recording = phase === 'recording';
  const said: Partial<Record<typeof clock.phase, Key>> = { soon: 'stage.say_soon', grace: 'stage.say_grace' };
  const said_key = recording ? said[clock.phase] : undefined;
  return (
    <Page title={title} wide>
      <Announce text={said_key ? t(said_key) : recording ? t('stage.say_recording') : ''} urgent={clock.phase === 'grace'} />
      <div class="split stage">
        <div>
          <p class="eyebrow">{t('stage.number', number)}</p>
          {fixed && language !== locale && <p class="soft">{t(language === 'zh-CN' ? 'stage.answer_in_zh' : 'stage.answer_in_en')}</p>}
          {recorded?.kind === 'video' && before && !prompt_lost && (
            <video
              class="prompt-video"
              ref={prompt_video}
              src={recorded.url}
              controls
              playsInline
              preload="auto"
              aria-label={t('stage.prompt_video')}
              onError={() => setPromptLost(true)}
              onPlay={() => {
                if (!prompting.current) void read();
              }}
            />
          )}
          <div lang={language}>
            {prompt && <p class="prompt">{prompt}</p>}
            <p class="question">{question}</p>
          </div>
          {media && (
            <QuestionMedia
              media={media}
              state={media_state}
              onState={setMediaState}
              recording={!before}
              hint={phase === 'reading' ? t('stage.video_first') : before ? '' : t('stage.video_mute')}
              video={question_video}
              onPlay={hush}
            />
          )}
          {can_replay && before && (
            <Button kind="quiet" onClick={read}>
              <svg class="glyph-icon" viewBox="0 0 24 24" aria-hidden="true"><path d="M4 9.5v5h4l5 4v-13l-5 4zM16.5 9a4 4 0 0 1 0 6M19 6.5a8 8 0 0 1 0 11" /></svg>
              {t('stage.replay')}
            </Button>
          )}
          {recording && trouble.found && <Notice tone="warn" live>{t(`trouble.${trouble.found}`)}</Notice>}
          {recording && <Captions captions={captions} language={language} />}
        </div>
        <div>
          <SelfView stream={stream} video={video} label={t('device.self_view')} hidden={covered}>
            {recording && (
              <span class={`badge record ${clock.phase}`}>
                <i aria-hidden="true" />
                {clock.phase === 'grace' ? t('stage.grace') : t('stage.recording')}
              </span>
            )}
            <button type="button" class="cover" aria-pressed={covered} onClick={() => setCovered(!covered)}>
              {covered ? t('stage.show_me') : t('stage.hide_me')}
            </button>
          </SelfView>
          {recording && <Bar value={(trouble.level_db + 70) / 55} label={t('device.level')} />}
        </div>
      </div>
      <Actions>
        {recording && <UploadStatus quiet />}
        {phase === 'opening' && error !== undefined && <Notice tone="warn" live>{ErrorText(error, i18n)} {!stuck && t('stage.time_not_started')}</Notice>}
        {phase === 'reading' && <Button kind="primary" disabled={held} onClick={skip}>{stage.preparation_seconds > 0 ? t('stage.to_preparation') : t('stage.start')}</Button>}
        {phase === 'preparing' && (
          <>
            <p class="clock" role="timer"><strong>{Clock(preparation_left * 1000)}</strong><span>{t('stage.preparing')}</span></p>
            <Button kind="primary" disabled={held} onClick={skip}>{t('stage.start')}</Button>
          </>
        )}
        {phase === 'opening' && (stuck
          ? <Button kind="primary" onClick={() => setAttempt((n) => n + 1)}>{t('common.retry')}</Button>
          : <Button kind="primary" busy>{t('stage.opening')}</Button>)}
        {phase === 'ending' && <Button kind="primary" busy>{t('stage.ending')}</Button>}
        {recording && (
          <>
            <p class={`clock ${clock.phase}`} role="timer">
              <strong>{Clock(clock.left_ms)}</strong>
              <span>{clock.phase === 'grace' ? t('stage.grace_left') : clock.phase === 'soon' ? t('stage.soon_left') : t('stage.time_left')}</span>
            </p>
            <Button kind="record" onClick={() => finish('candidate')}>{t('stage.finish')}</Button>
          </>
        )}
      </Actions>
    </Page>
  );
}
