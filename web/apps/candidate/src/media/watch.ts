// Tells the person while there is still time: nothing heard, nothing seen, device taken away.

export type Trouble = 'silent' | 'black' | 'muted';

const kSilenceDb = -55;
const kSilentAfterMs = 8_000;
const kBlackLuma = 12;
const kBlackAfterMs = 4_000;
// Without fresh readings (analysis not available, page in the background) nothing can be said.
const kFreshMs = 3_000;

/** Pure: feed readings with their time, read what is wrong now. */
export class TroubleWatch {
  private heard_ms_: number;
  private seen_ms_: number;
  private level_ms_ = -Infinity;
  private luma_ms_ = -Infinity;
  private muted_ = false;

  constructor(start_ms: number) {
    this.heard_ms_ = start_ms;
    this.seen_ms_ = start_ms;
  }

  Level(db: number, now_ms: number): void {
    this.level_ms_ = now_ms;
    if (db > kSilenceDb) this.heard_ms_ = now_ms;
  }

  Luma(luma: number, now_ms: number): void {
    this.luma_ms_ = now_ms;
    if (luma > kBlackLuma) this.seen_ms_ = now_ms;
  }

  Muted(muted: boolean): void {
    this.muted_ = muted;
  }

  Find(now_ms: number): Trouble | undefined {
    if (this.muted_) return 'muted';
    if (now_ms - this.level_ms_ <= kFreshMs && now_ms - this.heard_ms_ >= kSilentAfterMs) return 'silent';
    if (now_ms - this.luma_ms_ <= kFreshMs && now_ms - this.seen_ms_ >= kBlackAfterMs) return 'black';
    return undefined;
  }
}
