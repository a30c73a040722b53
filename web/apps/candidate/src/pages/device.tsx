import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { useApp } from '../flow/app_context';
import { kSlowKbps, kVerySlowKbps } from '../flow/network';
import { FindKey, useI18n } from '../i18n';
import { FindLack, RecorderType } from '../media/browser';
import { CameraError, type CameraFault } from '../media/camera';
import { ErrorText } from '../ui/error';
import { Actions, Bar, Button, Mark, Notice, Page, SelfView, type Tone } from '../ui/parts';
import { CameraHelp } from './camera_help';
import { DevicePicker } from './device_picker';
import { AdviceOf, kDarkLuma, kNoisyDb, useChecks, type Checks } from './device_checks';
import { UnsupportedNotice } from './unsupported';

/** Camera, light, face, microphone, noise, line: checked together while the person looks and says one sentence. */
export function DevicePage() {
  const i18n = useI18n();
  const { t } = i18n;
  const { api, camera, setSession, escalate, setUploadKbps, startPractice } = useApp();
  const [stream, setStream] = useState(camera.stream);
  const [fault, setFault] = useState<CameraFault>();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const video = useRef<HTMLVideoElement | null>(null);
  const checks = useChecks(api, stream, video);
  const lack = FindLack();

  useEffect(() => {
    if (checks.upload_kbps) setUploadKbps(checks.upload_kbps);
  }, [checks.upload_kbps]);

  const open = async (video_device?: string, audio_device?: string) => {
    setBusy(true);
    setFault(undefined);
    try {
      setStream(await camera.Open(video_device, audio_device));
    } catch (failure) {
      setStream(undefined);
      setFault(failure instanceof CameraError ? failure.fault : 'failed');
    }
    setBusy(false);
  };

  const send = async () => {
    setBusy(true);
    setError(undefined);
    const settings = stream?.getVideoTracks()[0]?.getSettings() ?? {};
    try {
      const next = await api.ReportEnvironment({
        camera_ok: true,
        width: settings.width ?? 0,
        height: settings.height ?? 0,
        brightness: checks.frame?.brightness ?? checks.luma ?? 0,
        faces: checks.frame?.faces ?? 0,
        microphone_ok: checks.heard,
        level_db: Round(checks.voice_db),
        noise_db: Round(checks.noise_db),
        upload_kbps: checks.upload_kbps ?? 0,
        user_agent: navigator.userAgent.slice(0, 400),
        recorder_type: RecorderType() ?? '',
        advice: AdviceOf(checks),
      });
      startPractice();
      setSession(next);
    } catch (failure) {
      if (!escalate(failure)) setError(failure);
      setBusy(false);
    }
  };

  if (lack) return <Page title={t('device.title')}><UnsupportedNotice lack={lack} /></Page>;
  if (!stream) {
    return (
      <Page title={t('device.title')} lead={t('device.ask_lead')}>
        {fault ? <CameraHelp fault={fault} busy={busy} onRetry={() => open()} /> : (
          <>
            <ul class="guide">
              <li>{t('device.ask_allow')}</li>
              <li>{t('device.ask_not_recorded')}</li>
              <li>{t('guide.light')}</li>
            </ul>
            <Actions>
              <Button kind="primary" busy={busy} onClick={() => open()}>{t('device.turn_on')}</Button>
            </Actions>
          </>
        )}
      </Page>
    );
  }
  const rows = Rows(checks, i18n);
  const all_good = rows.every((row) => row.tone === 'good');
  return (
    <Page title={t('device.title')} lead={t('device.lead')} wide>
      <div class="split">
        <div>
          <SelfView stream={stream} video={video} label={t('device.self_view')}>
            <div class="oval" aria-hidden="true" />
          </SelfView>
          <p class="say">{t('device.say')}</p>
          <Bar value={(checks.level_db + 70) / 55} label={t('device.level')} tone={checks.heard ? 'good' : undefined} />
          <DevicePicker stream={stream} onChoose={open} />
        </div>
        <div>
          <ul class="checks" aria-label={t('device.results')}>
            {rows.map((row) => (
              <li key={row.label} class={row.tone}>
                <Mark tone={row.tone} />
                <span><strong>{row.label}</strong><small>{row.text}</small></span>
              </li>
            ))}
          </ul>
          <p class="soft" role="status">{all_good ? t('device.all_good') : t('device.not_a_gate')}</p>
        </div>
      </div>
      <Actions>
        {error !== undefined && <Notice tone="bad" live>{ErrorText(error, i18n)}</Notice>}
        <Button kind={all_good ? 'primary' : 'plain'} busy={busy} onClick={send}>
          {all_good ? t('common.continue') : t('device.continue_anyway')}
        </Button>
      </Actions>
    </Page>
  );
}

interface Row {
  label: string;
  text: ComponentChildren;
  tone: Tone | 'wait';
}

function Rows(checks: Checks, { t }: ReturnType<typeof useI18n>): Row[] {
  const advice = checks.frame?.advice ?? [];
  const texts = advice.map((code) => FindKey(`advice.${code}`)).filter((key) => key !== undefined).map((key) => t(key));
  const dark = checks.luma !== undefined && checks.luma < kDarkLuma;
  const light_advice = advice.some((code) => /dark|bright|light/.test(code));
  const one_face = checks.frame?.faces === 1;
  const face_advice = texts.length > 0 && advice.some((code) => !/dark|bright|light/.test(code));
  const kbps = checks.upload_kbps;
  return [
    {
      label: t('check.light'),
      tone: checks.luma === undefined ? 'wait' : dark || light_advice ? 'warn' : 'good',
      text: checks.luma === undefined ? t('check.waiting') : dark ? t('advice.too_dark') : light_advice ? texts[0] ?? t('check.light_check') : t('check.light_good'),
    },
    {
      label: t('check.face'),
      tone: checks.frame ? (one_face && !face_advice ? 'good' : 'warn') : checks.frame_failed ? 'info' : 'wait',
      text: checks.frame
        ? one_face && !face_advice ? t('check.face_good') : texts.filter((text) => text !== t('advice.too_dark')).join(' ') || t(checks.frame.faces > 1 ? 'advice.several_faces' : 'advice.no_face')
        : checks.frame_failed ? t('check.face_unavailable') : t('check.waiting'),
    },
    {
      label: t('check.voice'),
      tone: checks.heard ? 'good' : 'wait',
      text: checks.heard ? t('check.voice_good') : t('check.voice_wait'),
    },
    {
      label: t('check.noise'),
      tone: checks.heard ? (checks.noise_db > kNoisyDb ? 'warn' : 'good') : 'wait',
      text: checks.heard ? (checks.noise_db > kNoisyDb ? t('advice.noisy') : t('check.noise_good')) : t('check.waiting'),
    },
    {
      label: t('check.network'),
      tone: checks.upload_failed ? 'warn' : kbps === undefined ? 'wait' : kbps < kSlowKbps ? 'warn' : 'good',
      text: checks.upload_failed ? t('check.network_failed')
        : kbps === undefined ? t('check.waiting')
          : kbps < kVerySlowKbps ? t('advice.very_slow_network') : kbps < kSlowKbps ? t('advice.slow_network') : t('check.network_good'),
    },
  ];
}

function Round(value: number): number {
  return Math.round(value * 10) / 10;
}
