import { describe, expect, it } from 'vitest';
import { questionMediaUrl, shownKind } from './question-media';

describe('what a question showed', () => {
  it('is a picture, a video or nothing, also in reports that do not tell', () => {
    expect(shownKind({ question_kind: 'picture' })).toBe('picture');
    expect(shownKind({ question_kind: 'video' })).toBe('video');
    expect(shownKind({ question_kind: 'text' })).toBeUndefined();
    expect(shownKind({})).toBeUndefined();
  });

  it('has an address below the interview, whatever the key holds', () => {
    expect(questionMediaUrl('01A', 'q/1')).toMatch(/\/api\/v1\/interviews\/01A\/stages\/q%2F1\/media$/);
  });
});
