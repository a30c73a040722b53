import { describe, expect, it } from 'vitest';
import { piecesOf } from './sentence';
import { stretches } from './SignalStrip';
import { wordAt } from './TranscriptView';

const word = (text: string, start = 0) => ({ text, start, end: start + 1, confidence: 1 });
const sentence = (text: string, ...words: string[]) => ({ text, start: 0, end: 9, confidence: 1, words: words.map((item, index) => word(item, index)) });
const shown = (...input: Parameters<typeof sentence>) => piecesOf(sentence(...input)).map((piece) => piece.before + piece.word.text + piece.after).join('');

describe('report', () => {
  it('puts the punctuation of the sentence between its words', () => {
    expect(shown('面试官好，我叫云知夏。', '面试', '官', '好', '我', '叫', '云知夏')).toBe('面试官好，我叫云知夏。');
    expect(shown("Well, I don't know.", 'well', 'i', "don't", 'know')).toBe("Well, I don't know.");
  });

  it('shows the words alone where they do not match the text, and the text where there are none', () => {
    expect(shown('Ten items.', '10', 'items')).toBe('10 items');
    expect(shown('a b c', 'a', 'c')).toBe('a c');
    expect(shown('没有词。')).toBe('没有词。');
  });

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
