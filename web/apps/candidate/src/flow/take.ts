// One answer being recorded: opens it on the server, runs the recorder as a new part, hands bytes to the queue.
import type { CandidateApi } from '../api/client';
import type { CandidateSession, CandidateStage } from '../api/types';
import { RecorderType } from '../media/browser';
import type { UploadQueue } from '../recording/queue';
import { ChooseBitRate, StartRecorder, type RecorderRun } from '../recording/recorder';
import type { FinishReason } from '../recording/store';

export interface TakeOptions {
  api: CandidateApi;
  queue: UploadQueue;
  session: CandidateSession;
  stage: CandidateStage;
  stream: MediaStream;
  upload_kbps: number | undefined;
}

export class Take {
  private constructor(
    readonly answer_id: string,
    private readonly queue_: UploadQueue,
    private readonly run_: RecorderRun,
    private readonly before_ms_: number,
  ) {}

  /** Recording time starts here: without the server's word that the answer is open nothing is recorded. */
  static async Start({ api, queue, session, stage, stream, upload_kbps }: TakeOptions): Promise<Take> {
    const mime_type = RecorderType() ?? '';
    const opened = await api.OpenAnswer(stage.key, mime_type);
    const known = queue.Answer(opened.id);
    const part = Math.max(opened.part ?? 0, ...(known?.parts.map((made) => made.part + 1) ?? [0]));
    // On another device only the server knows how much was recorded before.
    const allowed_ms = (stage.time_limit_seconds + stage.grace_seconds) * 1000;
    const before_ms = known?.recorded_ms ?? (part > 0 ? Math.max(0, allowed_ms - opened.deadline_ms) : 0);
    await queue.OpenPart(opened.id, stage.key, part);
    const run: RecorderRun = StartRecorder({
      stream,
      piece_ms: session.piece_ms || 1000,
      bits_per_second: ChooseBitRate(upload_kbps),
      onBytes: (bytes) => queue.Add(opened.id, part, bytes, before_ms + run.Elapsed(), session.piece_max_bytes || Infinity),
    });
    return new Take(opened.id, queue, run, before_ms);
  }

  /** Resolves when the device stopped delivering; Leave() it and Start a new take for the rest. */
  get broken(): Promise<void> {
    return this.run_.broken;
  }

  Elapsed(): number {
    return this.before_ms_ + this.run_.Elapsed();
  }

  Flush(): void {
    this.run_.Flush();
  }

  /** Ends this part; the answer stays open. */
  Leave(): Promise<void> {
    return this.run_.Stop();
  }

  /** Ends the answer; the queue finishes it when everything has arrived, unless the person may still `choose`. */
  async Finish(reason: FinishReason, choose: boolean): Promise<void> {
    await this.run_.Stop();
    if (choose) await this.queue_.End(this.answer_id, reason);
    else await this.queue_.Close(this.answer_id, reason);
  }
}

/** Where the clock of an answer stands. Pure. */
export interface ClockState {
  phase: 'time' | 'soon' | 'grace' | 'over';
  left_ms: number;
}

export const kSoonMs = 30_000;

export function ReadClock(elapsed_ms: number, limit_seconds: number, grace_seconds: number): ClockState {
  const left_ms = limit_seconds * 1000 - elapsed_ms;
  if (left_ms > Math.min(kSoonMs, limit_seconds * 500)) return { phase: 'time', left_ms };
  if (left_ms > 0) return { phase: 'soon', left_ms };
  const grace_ms = left_ms + grace_seconds * 1000;
  return grace_ms > 0 ? { phase: 'grace', left_ms: grace_ms } : { phase: 'over', left_ms: 0 };
}
