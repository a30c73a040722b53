// Loudness of a stream in dBFS (RMS), read about ten times a second.

export const kSilentDb = -100;

export function RmsDb(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  const rms = Math.sqrt(sum / Math.max(1, samples.length));
  return rms > 1e-5 ? 20 * Math.log10(rms) : kSilentDb;
}

/** Value below which `share` (0..1) of the readings lie. */
export function Percentile(readings: readonly number[], share: number): number {
  if (readings.length === 0) return kSilentDb;
  const sorted = [...readings].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
}

/** Starts a meter; where the browser has no audio analysis nothing is reported and nothing breaks. */
export function WatchLevel(stream: MediaStream, listener: (db: number) => void): () => void {
  try {
    const meter = new LevelMeter(stream, listener);
    return () => meter.Close();
  } catch {
    return () => undefined;
  }
}

class LevelMeter {
  private readonly context_: AudioContext;
  private readonly analyser_: AnalyserNode;
  private readonly source_: MediaStreamAudioSourceNode;
  private readonly timer_: ReturnType<typeof setInterval>;

  constructor(stream: MediaStream, listener: (db: number) => void, every_ms = 100) {
    this.context_ = new AudioContext();
    this.analyser_ = this.context_.createAnalyser();
    this.analyser_.fftSize = 2048;
    this.source_ = this.context_.createMediaStreamSource(stream);
    this.source_.connect(this.analyser_);
    const samples = new Float32Array(this.analyser_.fftSize);
    this.timer_ = setInterval(() => {
      if (this.context_.state === 'suspended') void this.context_.resume();
      if (this.context_.state !== 'running') return;
      this.analyser_.getFloatTimeDomainData(samples);
      listener(RmsDb(samples));
    }, every_ms);
  }

  Close(): void {
    clearInterval(this.timer_);
    this.source_.disconnect();
    void this.context_.close().catch(() => undefined);
  }
}
