import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';

/** Picks `x_zh` or `x_en` by language, and the other one where that is empty. */
export function pairText(locale: string, source: object | null | undefined, name: string): string {
  if (!source) return '';
  const record = source as Record<string, unknown>;
  const zh = typeof record[`${name}_zh`] === 'string' ? (record[`${name}_zh`] as string) : '';
  const en = typeof record[`${name}_en`] === 'string' ? (record[`${name}_en`] as string) : '';
  return locale === 'en-US' ? en || zh : zh || en;
}

export type Pair = (source: object | null | undefined, name: string) => string;

export function usePair(): Pair {
  const { i18n } = useTranslation();
  const locale = i18n.language;
  return useCallback((source, name) => pairText(locale, source, name), [locale]);
}

/** For things with `name` and `name_en` (organisation nodes, jobs). */
export function useName(): (source: { name: string; name_en?: string }) => string {
  const { i18n } = useTranslation();
  const english = i18n.language === 'en-US';
  return useCallback((source) => (english ? source.name_en || source.name : source.name || source.name_en || ''), [english]);
}
