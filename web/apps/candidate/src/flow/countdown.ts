/** Time that runs down and stands still in pauses; after its end it begins anew. Times in ms of one clock. */
export class Countdown {
  private left_ms: number;
  private since: number | undefined;

  constructor(private readonly seconds: number) {
    this.left_ms = seconds * 1000;
  }

  Run(now: number): void {
    if (this.LeftMs(now) === 0) {
      this.left_ms = this.seconds * 1000;
      this.since = undefined;
    }
    this.since ??= now;
  }

  Pause(now: number): void {
    this.left_ms = this.LeftMs(now);
    this.since = undefined;
  }

  /** Whole seconds, 0 only at the end. */
  Left(now: number): number {
    return Math.ceil(this.LeftMs(now) / 1000);
  }

  private LeftMs(now: number): number {
    return this.since === undefined ? this.left_ms : Math.max(0, this.left_ms - (now - this.since));
  }
}
