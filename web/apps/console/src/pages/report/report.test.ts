import { describe, expect, it } from 'vitest';
import { stretches } from './SignalStrip';
import { wordAt } from './TranscriptView';

describe('report', () => {
  it('finds the word that is being said', () => {
    const starts = [0.5, 1, 1, 2.25];
    expect(wordAt(starts, 0.4)).toBe(-1);
    expect(wordAt(starts, 0.5)).toBe(0);
    expect(wordAt(starts, 1.7)).toBe(2);
    expect(wordAt(starts, 99)).toBe(3);
    expect(wordAt([], 1)).toBe(-1);
  });

  it('joins face samples to stretches up to the end', () => {
    const sample = (t: number, faces: number) => ({ t, faces }) as never;
    expect(stretches([sample(0, 1), sample(1, 1), sample(2, 0), sample(3, 2)], 5)).toEqual([
      { from: 0, to: 2, faces: 'one' }, { from: 2, to: 3, faces: 'none' }, { from: 3, to: 5, faces: 'several' },
    ]);
  });
});
