import { useEffect, useRef, useState } from 'preact/hooks';
import { useApp } from '../flow/app_context';
import { Clock, useI18n } from '../i18n';
import { CameraError, type CameraFault } from '../media/camera';
import { StartRecorder, type RecorderRun } from '../recording/recorder';
import { Actions, Button, Notice, Page, SelfView } from '../ui/parts';
import { CameraHelp } from './camera_help';

const kPracticeMs = 30_000;

/** One try without consequence: recorded in this page's memory, played back, never sent. */
export function PracticePage({ onDone }: { onDone: () => void }) {
  const { t } = useI18n();
  const { camera } = useApp();
  const [stream, setStream] = useState(camera.stream);
  const [fault, setFault] = useState<CameraFault>();
  const [run, setRun] = useState<RecorderRun>();
  const [left_ms, setLeftMs] = useState(kPracticeMs);
  const [playback, setPlayback] = useState('');
  const pieces = useRef<ArrayBuffer[]>([]);

  useEffect(() => () => {
    if (playback) URL.revokeObjectURL(playback);
  }, [playback]);

  useEffect(() => {
    if (!run) return;
    const timer = setInterval(() => {
      const left = kPracticeMs - run.Elapsed();
      setLeftMs(left);
      if (left <= 0) void stop(run);
    }, 200);
    return () => clearInterval(timer);
  }, [run]);

  const start = async () => {
    setFault(undefined);
    try {
      const open = await camera.Open();
      setStream(open);
      pieces.current = [];
      setPlayback('');
      setLeftMs(kPracticeMs);
      const started = StartRecorder({
        stream: open,
        piece_ms: 1000,
        bits_per_second: 500_000,
        onBytes: async (bytes) => void pieces.current.push(bytes),
      });
      setRun(started);
      void started.broken.then(() => stop(started));
    } catch (failure) {
      setFault(failure instanceof CameraError ? failure.fault : 'failed');
    }
  };

  const stop = async (started: RecorderRun) => {
    setRun(undefined);
    await started.Stop();
    if (pieces.current.length > 0) setPlayback(URL.createObjectURL(new Blob(pieces.current, { type: started.mime_type })));
    pieces.current = [];
  };

  return (
    <Page title={t('practice.title')} lead={t('practice.lead')}>
      <p class="question">{t('practice.question')}</p>
      {fault && <CameraHelp fault={fault} onRetry={start} />}
      {playback ? (
        <video class="playback" src={playback} controls playsInline aria-label={t('practice.playback')} />
      ) : (
        <SelfView stream={stream} label={t('device.self_view')}>
          {run && <span class="badge record"><i aria-hidden="true" />{t('practice.recording')} {Clock(left_ms)}</span>}
        </SelfView>
      )}
      <Notice>{t('practice.local')}</Notice>
      <Actions>
        {run ? <Button kind="record" onClick={() => stop(run)}>{t('practice.stop')}</Button>
          : playback ? (
            <>
              <Button kind="primary" onClick={onDone}>{t('practice.done')}</Button>
              <Button onClick={start}>{t('practice.again')}</Button>
            </>
          ) : (
            <>
              <Button kind="primary" onClick={start}>{t('practice.start')}</Button>
              <Button onClick={onDone}>{t('practice.skip')}</Button>
            </>
          )}
      </Actions>
    </Page>
  );
}
