import { describe, expect, it } from 'vitest';
import { shownKind } from './question-media';

describe('what a question showed', () => {
  it('is a picture, a video or nothing, also in reports that do not tell', () => {
    expect(shownKind({ question_kind: 'picture' })).toBe('picture');
    expect(shownKind({ question_kind: 'video' })).toBe('video');
    expect(shownKind({ question_kind: 'text' })).toBeUndefined();
    expect(shownKind({})).toBeUndefined();
  });
});
