import { describe, expect, it } from 'vitest';
import { parse } from './format';

describe('days and moments', () => {
  it('a day without a time is that day wherever it is read', () => {
    for (const zone of ['America/Los_Angeles', 'Asia/Shanghai', 'UTC']) {
      process.env.TZ = zone;
      const day = parse('2026-12-01')!;
      expect([day.getFullYear(), day.getMonth(), day.getDate()], zone).toEqual([2026, 11, 1]);
    }
  });
  it('a moment is one moment', () => {
    expect(parse('2026-12-01T00:00:00Z')!.getTime()).toBe(Date.UTC(2026, 11, 1));
    expect(parse('')).toBeNull();
    expect(parse('no day')).toBeNull();
  });
});
