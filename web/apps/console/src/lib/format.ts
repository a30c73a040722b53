import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

export function parse(value: string | null | undefined): Date | null {
  if (!value) return null;
  // A day without a time is that day everywhere; read as UTC it is the day before in the west.
  const date = new Date(/^\d{4}-\d{2}-\d{2}$/.test(value) ? `${value}T00:00` : value);
  return Number.isNaN(date.getTime()) ? null : date;
}

/** Seconds as m:ss. */
export function clock(seconds: number | null | undefined): string {
  if (seconds === null || seconds === undefined || !Number.isFinite(seconds)) return '–';
  const whole = Math.max(0, Math.floor(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}

export function score(value: number | null | undefined): string {
  return value === null || value === undefined ? '–' : value.toFixed(1);
}

export function useFormat() {
  const { i18n } = useTranslation();
  const locale = i18n.language;
  return useMemo(() => {
    const dateTime = new Intl.DateTimeFormat(locale, {
      year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hour12: false,
    });
    const dateOnly = new Intl.DateTimeFormat(locale, { year: 'numeric', month: '2-digit', day: '2-digit' });
    const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
    const whole = new Intl.NumberFormat(locale);
    const one = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
    const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 });
    return {
      dateTime: (value?: string | null) => { const date = parse(value); return date ? dateTime.format(date) : '–'; },
      date: (value?: string | null) => { const date = parse(value); return date ? dateOnly.format(date) : '–'; },
      ago: (value?: string | null) => {
        const date = parse(value);
        if (!date) return '–';
        const seconds = (date.getTime() - Date.now()) / 1000;
        const size = Math.abs(seconds);
        if (size < 60) return relative.format(0, 'minute');
        if (size < 3600) return relative.format(Math.round(seconds / 60), 'minute');
        if (size < 86400) return relative.format(Math.round(seconds / 3600), 'hour');
        if (size < 30 * 86400) return relative.format(Math.round(seconds / 86400), 'day');
        return dateOnly.format(date);
      },
      whole: (value: number) => whole.format(value),
      one: (value: number) => one.format(value),
      percent: (value: number) => percent.format(value),
    };
  }, [locale]);
}
