import { describe, expect, it } from 'vitest';
import { merged, monthDays, readDays, weekday } from './days';

describe('readDays', () => {
  it('reads days from tabs, commas and slashes, and names the lines it cannot read', () => {
    const read = readDays('2026-02-14\tworkday\tSpring\n2026/2/28, work\n\n2026-02-30 holiday\nsoon', {});
    expect(read.days).toEqual([
      { day: '2026-02-14', kind: 'workday', name_zh: 'Spring', name_en: '' },
      { day: '2026-02-28', kind: 'workday', name_zh: '', name_en: '' },
    ]);
    expect(read.wrong).toEqual([4, 5]);
  });

  it('knows the words of the reader', () => {
    expect(readDays('2026-05-09 Arbeit', { arbeit: 'workday' }).days[0]!.kind).toBe('workday');
  });

  it('does not fall over a month that does not exist', () => {
    expect(readDays('2026-13-01 holiday', {}).wrong).toEqual([1]);
  });
});

describe('days', () => {
  it('replaces a day that is there and keeps the order', () => {
    const day = (text: string, kind: 'holiday' | 'workday') => ({ day: text, kind, name_zh: '', name_en: '' });
    expect(merged([day('2026-01-02', 'holiday')], [day('2026-01-02', 'workday'), day('2026-01-01', 'holiday')]))
      .toEqual([day('2026-01-01', 'holiday'), day('2026-01-02', 'workday')]);
  });

  it('begins a month on its weekday', () => {
    const february = monthDays(2026, 1);
    expect(february.indexOf('2026-02-01')).toBe(6);
    expect(february.length).toBe(6 + 28);
    expect(weekday('2026-02-01')).toBe(7);
    expect(weekday('2026-02-02')).toBe(1);
  });
});
