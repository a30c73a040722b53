// The measurements of the environment page, as a hook: picture, light, face, microphone, noise, upload line.
import { useEffect, useRef, useState } from 'preact/hooks';
import type { CandidateApi } from '../api/client';
import type { FrameAdvice } from '../api/types';
import { kSlowKbps, MeasureUpload } from '../flow/network';
import { kSilentDb, Percentile, WatchLevel } from '../media/level';
import { PictureReader } from '../media/picture';

export interface Checks {
  luma: number | undefined;
  frame: FrameAdvice | undefined;
  /** The server could not look at the picture: face checks are left out, nothing is blocked. */
  frame_failed: boolean;
  level_db: number;
  voice_db: number;
  noise_db: number;
  /** Loud enough above the noise to be understood. */
  heard: boolean;
  upload_kbps: number | undefined;
  upload_failed: boolean;
}

const kReadings = 100;
const kVoiceDb = -48;
const kVoiceAboveNoiseDb = 8;
const kFrameEveryMs = 1_500;
const kGoodFrameEveryMs = 4_000;
export const kDarkLuma = 55;
export const kNoisyDb = -42;

export function useChecks(api: CandidateApi, stream: MediaStream | undefined, video: { current: HTMLVideoElement | null }): Checks {
  const [checks, setChecks] = useState<Checks>({
    luma: undefined, frame: undefined, frame_failed: false, level_db: kSilentDb, voice_db: kSilentDb, noise_db: kSilentDb,
    heard: false, upload_kbps: undefined, upload_failed: false,
  });
  const merge = (change: Partial<Checks>) => setChecks((before) => ({ ...before, ...change }));
  const uploaded = useRef(false);

  useEffect(() => {
    if (!stream) return;
    const readings: number[] = [];
    return WatchLevel(stream, (db) => {
      readings.push(db);
      if (readings.length > kReadings) readings.shift();
      const noise_db = Percentile(readings, 0.15);
      const voice_db = Percentile(readings, 0.95);
      setChecks((before) => ({
        ...before,
        level_db: db,
        voice_db,
        noise_db,
        heard: before.heard || (readings.length >= 15 && voice_db > kVoiceDb && voice_db - noise_db > kVoiceAboveNoiseDb),
      }));
    });
  }, [stream]);

  useEffect(() => {
    if (!stream) return;
    const reader = new PictureReader();
    let stopped = false;
    let every_ms = kFrameEveryMs;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = async () => {
      const element = video.current;
      if (element && document.visibilityState === 'visible') {
        const luma = reader.Luma(element);
        if (luma !== undefined) merge({ luma });
        const jpeg = await reader.Jpeg(element);
        if (jpeg) {
          try {
            const frame = await api.CheckFrame(jpeg);
            every_ms = frame.advice.length === 0 ? kGoodFrameEveryMs : kFrameEveryMs;
            if (!stopped) merge({ frame, frame_failed: false });
          } catch {
            if (!stopped) merge({ frame_failed: true });
          }
        }
      }
      if (!stopped) timer = setTimeout(look, every_ms);
    };
    void look();
    return () => {
      stopped = true;
      clearTimeout(timer);
    };
  }, [stream]);

  useEffect(() => {
    if (!stream || uploaded.current) return;
    uploaded.current = true;
    MeasureUpload(api).then((upload_kbps) => merge({ upload_kbps, upload_failed: false }), () => merge({ upload_failed: true }));
  }, [stream]);

  return checks;
}

/** Codes for the report: what the person was told. */
export function AdviceOf(checks: Checks): string[] {
  const advice = new Set(checks.frame?.advice ?? []);
  if (checks.luma !== undefined && checks.luma < kDarkLuma && !checks.frame) advice.add('too_dark');
  if (!checks.heard) advice.add('voice_quiet');
  if (checks.noise_db > kNoisyDb) advice.add('noisy');
  if (checks.upload_kbps !== undefined && checks.upload_kbps < kSlowKbps) advice.add('slow_network');
  return [...advice];
}
