// The upload queue: pieces go to the store first, then to the server one after the other, and leave the store only after
// the server has acknowledged them. An ended answer is finished once its last piece is acknowledged. No user interface.
// Everything that can pass by itself (no network, 5xx, restart) is repeated for ever with growing pauses.
import { ApiError } from '../api/http';
import type { CandidateSession, FinishAnswer, PieceAck } from '../api/types';
import type { FinishReason, PieceStore, StoredAnswer } from './store';

export interface QueueTransport {
  PutPiece(answer_id: string, part: number, n: number, bytes: ArrayBuffer): Promise<PieceAck>;
  FinishAnswer(answer_id: string, body: FinishAnswer): Promise<CandidateSession>;
  Session(): Promise<CandidateSession>;
}

export interface QueueState {
  /** idle: nothing waits. sending: on the way. waiting: pause before the next try. signed_out: needs identity again.
   *  refused: the server will not take `answer_id` (see `code`); its pieces stay on the phone. */
  phase: 'idle' | 'sending' | 'waiting' | 'signed_out' | 'refused';
  pieces: number;
  bytes: number;
  /** Tries without success in a row. */
  failures: number;
  offline: boolean;
  code: string;
  answer_id: string;
  /** false: the phone could not store the last piece, it waits in memory only. */
  durable: boolean;
}

export interface QueueOptions {
  store: PieceStore;
  transport: QueueTransport;
  durable?: () => boolean;
  /** Resolves after `ms` or, earlier, when `wake` is called. Injected by tests. */
  delay?: (ms: number) => { done: Promise<void>; wake: () => void };
  random?: () => number;
}

const kFirstPauseMs = 500;
const kLongestPauseMs = 15_000;
// A gap the server still reports after this many tries will not close by itself.
const kGapTries = 4;

function TimerDelay(ms: number): { done: Promise<void>; wake: () => void } {
  let wake = () => {};
  const done = new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, ms);
    wake = () => {
      clearTimeout(timer);
      resolve();
    };
  });
  return { done, wake };
}

export class UploadQueue {
  private readonly store_: PieceStore;
  private readonly transport_: QueueTransport;
  private readonly delay_: NonNullable<QueueOptions['delay']>;
  private readonly random_: () => number;
  private readonly durable_: () => boolean;
  private readonly answers_ = new Map<string, StoredAnswer>();
  private readonly refused_ = new Set<string>();
  private readonly listeners_ = new Set<(state: QueueState) => void>();
  private readonly finished_listeners_ = new Set<(answer_id: string, session: CandidateSession) => void>();
  private state_: QueueState = {
    phase: 'idle', pieces: 0, bytes: 0, failures: 0, offline: false, code: '', answer_id: '', durable: true,
  };
  private stopped_ = false;
  private paused_ = false;
  private wake_: (() => void) | undefined;
  private woken_ = false;
  private new_work_ = false;
  private idle_ = false;
  private gap_tries_ = 0;
  private running_: Promise<void> | undefined;

  constructor(options: QueueOptions) {
    this.store_ = options.store;
    this.transport_ = options.transport;
    this.delay_ = options.delay ?? TimerDelay;
    this.random_ = options.random ?? Math.random;
    this.durable_ = options.durable ?? (() => true);
  }

  get state(): QueueState {
    return this.state_;
  }

  /** Reads what an earlier page left behind and starts sending. */
  async Start(): Promise<void> {
    for (const answer of await this.store_.Answers()) this.answers_.set(answer.answer_id, answer);
    const totals = await this.store_.Totals();
    this.Update({ pieces: totals.pieces, bytes: totals.bytes });
    this.running_ ??= this.Run();
  }

  async Stop(): Promise<void> {
    this.stopped_ = true;
    this.Wake();
    await this.running_;
  }

  /** Try again now: called on `online`, on return to the page and by the person's tap. */
  Wake(): void {
    this.woken_ = true;
    this.wake_?.();
  }

  /** After a new sign-in. */
  Resume(): void {
    this.paused_ = false;
    this.refused_.clear();
    this.Wake();
  }

  Subscribe(listener: (state: QueueState) => void): () => void {
    this.listeners_.add(listener);
    listener(this.state_);
    return () => void this.listeners_.delete(listener);
  }

  OnFinished(listener: (answer_id: string, session: CandidateSession) => void): () => void {
    this.finished_listeners_.add(listener);
    return () => void this.finished_listeners_.delete(listener);
  }

  Answer(answer_id: string): StoredAnswer | undefined {
    return this.answers_.get(answer_id);
  }

  /** The ended answer that is still on its way, if any. */
  Closing(): StoredAnswer | undefined {
    return [...this.answers_.values()].find((answer) => answer.reason !== undefined);
  }

  /** Registers a recorder run. `part` must be new for the answer. */
  async OpenPart(answer_id: string, stage_key: string, part: number): Promise<void> {
    const answer = this.answers_.get(answer_id) ?? { answer_id, stage_key, recorded_ms: 0, parts: [] };
    if (!answer.parts.some((known) => known.part === part)) answer.parts.push({ part, pieces: 0 });
    this.answers_.set(answer_id, answer);
    await this.store_.PutAnswer(answer);
  }

  /** Keeps the bytes, split to `max_bytes`, and returns once they are stored. `recorded_ms` counts all parts. */
  async Add(answer_id: string, part: number, bytes: ArrayBuffer, recorded_ms: number, max_bytes = Infinity): Promise<void> {
    const answer = this.answers_.get(answer_id);
    const counted = answer?.parts.find((known) => known.part === part);
    if (!answer || !counted) throw new Error('OpenPart comes before Add');
    for (let from = 0; from < bytes.byteLength; from += max_bytes) {
      const slice = bytes.byteLength <= max_bytes ? bytes : bytes.slice(from, from + max_bytes);
      const n = counted.pieces;
      counted.pieces += 1;
      answer.recorded_ms = Math.max(answer.recorded_ms, Math.round(recorded_ms));
      this.Update({ pieces: this.state_.pieces + 1, bytes: this.state_.bytes + slice.byteLength });
      await this.store_.PutPiece({ answer_id, part, n, bytes: slice }, answer);
    }
    this.Work();
  }

  /** The recording has ended and waits for the person's choice: keep it (Close) or answer again (Forget). */
  async End(answer_id: string, reason: FinishReason): Promise<void> {
    const answer = this.answers_.get(answer_id);
    if (!answer) throw new Error('End of an unknown answer');
    answer.ended = reason;
    await this.store_.PutAnswer(answer);
  }

  /** The person (or the clock) has ended the answer: it is finished once everything is acknowledged. */
  async Close(answer_id: string, reason: FinishReason): Promise<void> {
    const answer = this.answers_.get(answer_id);
    if (!answer) throw new Error('Close of an unknown answer');
    answer.reason = reason;
    await this.store_.PutAnswer(answer);
    this.Work();
  }

  /** Gives up what waits for this answer (the person answers again). */
  async Forget(answer_id: string): Promise<void> {
    this.answers_.delete(answer_id);
    this.refused_.delete(answer_id);
    const removed = await this.store_.RemoveAnswer(answer_id);
    this.Removed(removed.pieces, removed.bytes);
    this.Wake();
  }

  private async Run(): Promise<void> {
    while (!this.stopped_) {
      this.woken_ = false;
      this.new_work_ = false;
      try {
        if (!(await this.Step())) await this.Idle();
      } catch {
        // The phone's storage failed for a moment (for example while the browser was in the background).
        await this.Pause(new ApiError(0, 'queue.storage'));
      }
    }
  }

  /** Sends one piece or finishes one answer; false when there is nothing to do. */
  private async Step(): Promise<boolean> {
    if (this.paused_) {
      this.Update({ phase: 'signed_out' });
      return false;
    }
    const piece = await this.store_.FirstPiece(this.refused_);
    if (piece) {
      this.Update({ phase: 'sending', answer_id: piece.answer_id });
      await this.Try(piece.answer_id, async () => {
        const ack = await this.transport_.PutPiece(piece.answer_id, piece.part, piece.n, piece.bytes);
        await this.Acknowledged(piece.answer_id, piece.part, ack.next_piece);
      }, piece);
      return true;
    }
    const closing = [...this.answers_.values()].find((answer) => answer.reason && !this.refused_.has(answer.answer_id));
    if (closing) {
      this.Update({ phase: 'sending', answer_id: closing.answer_id });
      await this.Try(closing.answer_id, () => this.Finish(closing));
      return true;
    }
    if (this.refused_.size === 0) this.Update({ phase: 'idle', failures: 0, offline: false, code: '' });
    return false;
  }

  private async Try(answer_id: string, step: () => Promise<void>, piece?: { part: number; n: number }): Promise<void> {
    try {
      await step();
      this.gap_tries_ = 0;
      this.Update({ failures: 0, offline: false, code: '' });
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      const next = error.number('next_piece');
      if (error.code === 'piece.out_of_order' && piece && next !== undefined) {
        if (next > piece.n) return this.Acknowledged(answer_id, piece.part, next);
        this.gap_tries_ += 1;
        if (this.gap_tries_ <= kGapTries) return this.Pause(error);
      }
      if (error.status === 401) {
        this.paused_ = true;
        return;
      }
      if (error.transient) return this.Pause(error);
      this.gap_tries_ = 0;
      if (!this.answers_.has(answer_id)) return;
      this.refused_.add(answer_id);
      this.Update({ phase: 'refused', code: error.code, answer_id, offline: false });
    }
  }

  private async Finish(answer: StoredAnswer): Promise<void> {
    let session: CandidateSession;
    try {
      session = await this.transport_.FinishAnswer(answer.answer_id, {
        parts: answer.parts.filter((part) => part.pieces > 0),
        duration_ms: answer.recorded_ms,
        reason: answer.reason ?? 'candidate',
      });
    } catch (error) {
      // The acknowledgement of an earlier finish was lost on the way.
      if (!(error instanceof ApiError) || error.code !== 'answer.closed') throw error;
      session = await this.transport_.Session();
    }
    this.answers_.delete(answer.answer_id);
    await this.store_.RemoveAnswer(answer.answer_id);
    for (const listener of this.finished_listeners_) listener(answer.answer_id, session);
  }

  private async Acknowledged(answer_id: string, part: number, next_piece: number): Promise<void> {
    const removed = await this.store_.RemovePieces(answer_id, part, next_piece);
    this.Removed(removed.pieces, removed.bytes);
  }

  private async Pause(error: ApiError): Promise<void> {
    const failures = this.state_.failures + 1;
    const ceiling = Math.min(kLongestPauseMs, kFirstPauseMs * 2 ** Math.min(failures - 1, 10));
    const pause = Math.max(ceiling * (0.5 + this.random_() / 2), Math.min(error.retry_after_s * 1000, kLongestPauseMs * 2));
    this.Update({ phase: 'waiting', failures, offline: error.offline, code: error.code });
    if (this.woken_) return;
    const delay = this.delay_(pause);
    this.wake_ = delay.wake;
    await delay.done;
    this.wake_ = undefined;
  }

  private async Idle(): Promise<void> {
    if (this.woken_ || this.new_work_ || this.stopped_) return;
    await new Promise<void>((resolve) => {
      this.wake_ = resolve;
      this.idle_ = true;
    });
    this.idle_ = false;
    this.wake_ = undefined;
  }

  /** New work ends the idle wait but not a pause after a failure. */
  private Work(): void {
    this.new_work_ = true;
    if (this.idle_) this.wake_?.();
  }

  private Removed(pieces: number, bytes: number): void {
    this.Update({ pieces: Math.max(0, this.state_.pieces - pieces), bytes: Math.max(0, this.state_.bytes - bytes) });
  }

  private Update(change: Partial<QueueState>): void {
    this.state_ = { ...this.state_, ...change, durable: this.durable_() };
    for (const listener of this.listeners_) listener(this.state_);
  }
}
