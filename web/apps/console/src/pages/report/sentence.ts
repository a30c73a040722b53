import type { Sentence, Word } from '@bole/api';

export interface Piece {
  word: Word;
  /** What stands before the word in the sentence: a space, an opening mark, or nothing. */
  before: string;
  /** Closing punctuation after the last word. */
  after: string;
}

/** Latin words are set apart by spaces, Chinese ones are not. */
const spaced = (word: string) => /^[\p{Script=Latin}\d'’-]/u.test(word);

/**
 * The words of a sentence with the punctuation of its text. Engines give words without marks; where words and text do not
 * match, the words alone are shown. A sentence without words is one piece.
 */
export function piecesOf(sentence: Sentence): Piece[] {
  const words: Word[] = sentence.words.length > 0 ? sentence.words
    : [{ text: sentence.text, start: sentence.start, end: sentence.end, confidence: sentence.confidence }];
  const text = sentence.text;
  const lower = text.toLowerCase();
  const pieces: Piece[] = [];
  let at = 0;
  for (const word of words) {
    const found = lower.indexOf(word.text.toLowerCase(), at);
    // Between two words stand marks and spaces only; anything else means that text and words went apart.
    if (found < 0 || /[\p{L}\p{N}]/u.test(text.slice(at, found))) {
      return words.map((item, index) => ({ word: item, before: index > 0 && spaced(item.text) ? ' ' : '', after: '' }));
    }
    pieces.push({ word: { ...word, text: text.slice(found, found + word.text.length) }, before: text.slice(at, found), after: '' });
    at = found + word.text.length;
  }
  const last = pieces.at(-1);
  if (last) last.after = text.slice(at);
  return pieces;
}
