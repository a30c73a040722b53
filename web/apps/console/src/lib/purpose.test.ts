import { afterEach, describe, expect, it } from 'vitest';
import { currentPurpose, forgetPurpose, purposeHeaders, rememberPurpose } from './purpose';

afterEach(forgetPurpose);

describe('purpose', () => {
  it('is not sent before somebody said it, nor after signing out', () => {
    expect(purposeHeaders()).toEqual({});
    rememberPurpose({ code: 'recruiting', note: '' });
    expect(purposeHeaders()).toEqual({ 'X-Bole-Purpose': 'recruiting' });
    forgetPurpose();
    expect(purposeHeaders()).toEqual({});
    expect(currentPurpose()).toBeNull();
  });

  it('sends a note of any characters in a header of plain ones', () => {
    rememberPurpose({ code: 'other', note: '案件 7; 张\n' });
    const header = purposeHeaders()['X-Bole-Purpose']!;
    expect(header).toMatch(/^[\x21-\x7e]+$/);
    expect(decodeURIComponent(header.slice(header.indexOf(';') + 1))).toBe('案件 7; 张\n');
  });
});
