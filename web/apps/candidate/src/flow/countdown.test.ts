import { describe, expect, it } from 'vitest';
import { Countdown } from './countdown';
import { MediaHolds, MediaShows } from './stage_gate';

describe('Countdown', () => {
  it('keeps what is left across pauses', () => {
    const countdown = new Countdown(60);
    expect(countdown.Left(1_000)).toBe(60);
    countdown.Run(1_000);
    expect(countdown.Left(21_000)).toBe(40);
    countdown.Pause(21_000);
    expect(countdown.Left(500_000)).toBe(40);
    countdown.Run(500_000);
    expect(countdown.Left(539_500)).toBe(1);
    expect(countdown.Left(540_000)).toBe(0);
  });

  it('begins anew after its end', () => {
    const countdown = new Countdown(10);
    countdown.Run(0);
    countdown.Pause(12_000);
    expect(countdown.Left(12_000)).toBe(0);
    countdown.Run(20_000);
    expect(countdown.Left(21_000)).toBe(9);
  });
});

describe('what a question shows', () => {
  const picture = { kind: 'picture' as const };
  const video = { kind: 'video' as const };

  it('time runs only when a picture is there and a video has not failed', () => {
    expect(MediaShows(undefined, 'loading')).toBe(true);
    expect(MediaShows(picture, 'loading')).toBe(false);
    expect(MediaShows(picture, 'failed')).toBe(false);
    expect(MediaShows(picture, 'ready')).toBe(true);
    expect(MediaShows(video, 'loading')).toBe(true);
    expect(MediaShows(video, 'failed')).toBe(false);
  });

  it('nobody goes on while a picture loads, but everybody may when it cannot be loaded', () => {
    expect(MediaHolds(picture, 'loading')).toBe(true);
    expect(MediaHolds(picture, 'failed')).toBe(false);
    expect(MediaHolds(picture, 'ready')).toBe(false);
    expect(MediaHolds(video, 'loading')).toBe(false);
    expect(MediaHolds(undefined, 'loading')).toBe(false);
  });
});
