import { describe, expect, it } from 'vitest';
import { ChooseBitRate } from '../recording/recorder';
import { MergeCaption } from './hooks';
import { ReadClock } from './take';

describe('ReadClock', () => {
  it.each([
    [0, 'time', 120_000],
    [89_999, 'time', 30_001],
    [90_000, 'soon', 30_000],
    [119_999, 'soon', 1],
    [120_000, 'grace', 10_000],
    [129_999, 'grace', 1],
    [130_000, 'over', 0],
    [500_000, 'over', 0],
  ])('at %i ms: %s', (elapsed, phase, left_ms) => expect(ReadClock(elapsed, 120, 10)).toEqual({ phase, left_ms }));

  it('warns in the second half of a short answer only', () => {
    expect(ReadClock(9_000, 20, 0).phase).toBe('time');
    expect(ReadClock(10_000, 20, 0).phase).toBe('soon');
  });

  it('ends at once without grace', () => expect(ReadClock(20_000, 20, 0).phase).toBe('over'));
});

describe('ChooseBitRate', () => {
  it.each([[undefined, 500_000], [0, 500_000], [10_000, 500_000], [300, 198_000], [50, 180_000]])(
    'line of %s kbit/s', (kbps, bits) => expect(ChooseBitRate(kbps)).toBe(bits));
});

describe('MergeCaption', () => {
  const caption = (text: string, start: number, final: boolean) => ({ answer_id: 'a', text, start, end: start + 1, final });
  it('replaces what was not final, keeps order, corrects the same stretch', () => {
    let list = MergeCaption([], caption('one', 0, false));
    list = MergeCaption(list, caption('One.', 0, true));
    list = MergeCaption(list, caption('tw', 1, false));
    list = MergeCaption(list, caption('Two', 1, true));
    list = MergeCaption(list, caption('One!', 0, true));
    expect(list.map((item) => item.text)).toEqual(['One!', 'Two']);
  });
});
