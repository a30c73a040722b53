import type { CandidateApi } from '../api/client';

/** Measures the upload line with growing samples until one takes long enough to mean something; kbit/s. */
export async function MeasureUpload(api: CandidateApi, now: () => number = () => performance.now()): Promise<number> {
  let kbps = 0;
  for (const size of [64_000, 256_000, 1_000_000]) {
    const bytes = new Uint8Array(size);
    for (let at = 0; at < size; at += 65_536) crypto.getRandomValues(bytes.subarray(at, Math.min(size, at + 65_536)));
    const started = now();
    await api.CheckUpload(bytes.buffer);
    const took_ms = Math.max(1, now() - started);
    kbps = Math.round((size * 8) / took_ms);
    if (took_ms > 700) break;
  }
  return kbps;
}

export const kSlowKbps = 350;
export const kVerySlowKbps = 150;
