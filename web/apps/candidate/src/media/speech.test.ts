import { describe, expect, it, vi } from 'vitest';
import { InTurn, Play, type Reading } from './speech';

function Recording(play: () => Promise<void> = () => Promise.resolve()) {
  const media = { isConnected: true, currentTime: 5, onended: null, onerror: null, play, pause: vi.fn(), removeAttribute: vi.fn() };
  return media as unknown as HTMLMediaElement & { onended: () => void; onerror: () => void };
}

function Spoken(): Reading & { End: (heard: boolean) => void } {
  let end: (heard: boolean) => void = () => {};
  const done = new Promise<boolean>((resolve) => (end = resolve));
  return { done, Stop: () => end(false), End: end };
}

describe('Play', () => {
  it('plays from the beginning to the end', async () => {
    const media = Recording();
    const played = Play(media);
    expect(media.currentTime).toBe(0);
    media.onended();
    expect(await played.done).toBe(true);
    expect(media.removeAttribute).not.toHaveBeenCalled();
  });

  it('says that nothing was heard when the browser blocks it or the file is broken', async () => {
    expect(await Play(Recording(() => Promise.reject(new Error('blocked')))).done).toBe(false);
    const broken = Recording(() => new Promise(() => {}));
    const played = Play(broken);
    broken.onerror();
    expect(await played.done).toBe(false);
  });

  it('gives up on a recording that does not begin, and not on one that does', async () => {
    vi.useFakeTimers();
    const late = Recording(() => new Promise(() => {}));
    const first = Play(late, 1000);
    const begun = Recording();
    const second = Play(begun, 1000);
    begun.currentTime = 0.9;
    vi.advanceTimersByTime(1001);
    expect(await first.done).toBe(false);
    expect(late.pause).toHaveBeenCalled();
    begun.onended();
    expect(await second.done).toBe(true);
    vi.useRealTimers();
  });
});

describe('InTurn', () => {
  it('tells the second whether the first was heard and ends as the second does', async () => {
    for (const heard of [true, false]) {
      const first = Spoken();
      const second = Spoken();
      const next = vi.fn(() => second);
      const both = InTurn(first, next);
      first.End(heard);
      await first.done;
      second.End(true);
      expect(await both.done).toBe(true);
      expect(next).toHaveBeenCalledWith(heard);
    }
  });

  it('does not begin the second when it was stopped', async () => {
    const next = vi.fn(Spoken);
    const both = InTurn(Spoken(), next);
    both.Stop();
    expect(await both.done).toBe(false);
    expect(next).not.toHaveBeenCalled();
  });
});
