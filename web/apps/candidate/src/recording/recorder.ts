// One MediaRecorder run = one part. Bytes are handed on in order as they come; nothing is kept here.
import { RecorderType } from '../media/browser';

export interface RecorderRun {
  mime_type: string;
  /** Milliseconds since the recording started. */
  Elapsed(): number;
  /** Asks for the bytes so far (page is about to be hidden). */
  Flush(): void;
  /** Resolves when the last bytes have been handed on. */
  Stop(): Promise<void>;
  /** Resolves when the recording ended without Stop (device taken away, encoder error). */
  broken: Promise<void>;
}

export interface RecorderOptions {
  stream: MediaStream;
  piece_ms: number;
  bits_per_second: number;
  onBytes: (bytes: ArrayBuffer) => Promise<void>;
}

const kAudioBits = 40_000;

/** Total bit rate for a measured line: two thirds of it, so that sending keeps up with speaking. */
export function ChooseBitRate(upload_kbps: number | undefined): number {
  if (!upload_kbps || upload_kbps <= 0) return 500_000;
  return Math.round(Math.min(500_000, Math.max(180_000, upload_kbps * 1000 * 0.66)));
}

export function StartRecorder(options: RecorderOptions): RecorderRun {
  const mime_type = RecorderType() ?? '';
  const recorder = new MediaRecorder(options.stream, {
    mimeType: mime_type || undefined,
    audioBitsPerSecond: kAudioBits,
    videoBitsPerSecond: options.bits_per_second - kAudioBits,
  });
  const started = performance.now();
  let handed_on: Promise<void> = Promise.resolve();
  let stopping = false;
  let stopped_at: number | undefined;
  let resolve_end: () => void = () => {};
  let resolve_broken: () => void = () => {};
  const ended = new Promise<void>((resolve) => (resolve_end = resolve));
  const broken = new Promise<void>((resolve) => (resolve_broken = resolve));

  const end = () => {
    stopped_at ??= performance.now();
    resolve_end();
    if (!stopping) resolve_broken();
  };
  recorder.ondataavailable = (event) => {
    if (event.data.size === 0) return;
    handed_on = handed_on.then(async () => options.onBytes(await event.data.arrayBuffer()));
  };
  recorder.onstop = end;
  recorder.onerror = () => {
    if (recorder.state !== 'inactive') recorder.stop();
    else end();
  };
  const track_ended = () => {
    if (recorder.state !== 'inactive') recorder.stop();
  };
  const tracks = options.stream.getTracks();
  for (const track of tracks) track.addEventListener('ended', track_ended);
  recorder.start(options.piece_ms);

  return {
    mime_type: recorder.mimeType || mime_type,
    broken,
    Elapsed: () => (stopped_at ?? performance.now()) - started,
    Flush: () => {
      if (recorder.state === 'recording') recorder.requestData();
    },
    Stop: async () => {
      stopping = true;
      if (recorder.state !== 'inactive') recorder.stop();
      await ended;
      for (const track of tracks) track.removeEventListener('ended', track_ended);
      await handed_on;
    },
  };
}
