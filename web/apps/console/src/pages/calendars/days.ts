import type { CalendarDay } from '@bole/api';

/** Days of the second list replace those of the first; ascending. */
export function merged(days: CalendarDay[], more: CalendarDay[]): CalendarDay[] {
  const byDay = new Map([...days, ...more].map((day) => [day.day, day]));
  return [...byDay.values()].sort((a, b) => a.day.localeCompare(b.day));
}

const words: Record<string, CalendarDay['kind']> = {
  holiday: 'holiday', rest: 'holiday', workday: 'workday', work: 'workday', half: 'half_day', half_day: 'half_day',
};

export interface ReadDays {
  days: CalendarDay[];
  /** Numbers of the lines that say nothing we understand, from 1. */
  wrong: number[];
}

/**
 * Lines as people copy them from a notice or a sheet: a day, a kind and a name, apart by tabs, commas or spaces.
 * `kindWords` are the words for kinds in the reader's language.
 */
export function readDays(text: string, kindWords: Record<string, CalendarDay['kind']>): ReadDays {
  const kinds = new Map(Object.entries({ ...words, ...kindWords }).map(([word, kind]) => [word.toLowerCase(), kind]));
  const days: CalendarDay[] = [];
  const wrong: number[] = [];
  text.split('\n').forEach((line, index) => {
    if (!line.trim()) return;
    const [date = '', kind = '', ...rest] = line.trim().split(/[\t,，;；\s]+/);
    const match = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(date);
    const found = kinds.get(kind.toLowerCase());
    const day = match ? `${match[1]}-${match[2]!.padStart(2, '0')}-${match[3]!.padStart(2, '0')}` : '';
    const parsed = new Date(`${day}T00:00:00Z`);
    const real = day !== '' && !Number.isNaN(parsed.getTime()) && parsed.toISOString().slice(0, 10) === day;
    if (!real || !found) wrong.push(index + 1);
    else days.push({ day, kind: found, name_zh: rest.join(' '), name_en: '' });
  });
  return { days, wrong };
}

/** The days of a month with the blanks before the first, Monday first. */
export function monthDays(year: number, month: number): (string | null)[] {
  const blanks = (new Date(Date.UTC(year, month, 1)).getUTCDay() + 6) % 7;
  const count = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  const text = (day: number) => `${year}-${String(month + 1).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  return [...Array<null>(blanks).fill(null), ...Array.from({ length: count }, (_, i) => text(i + 1))];
}

/** 1 Monday … 7 Sunday */
export function weekday(day: string): number {
  return ((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7) + 1;
}
