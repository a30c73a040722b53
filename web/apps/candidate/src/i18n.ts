import { createContext } from 'preact';
import { useContext, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Locale } from './api/types';
import en from './locales/en-US.json';
import zh from './locales/zh-CN.json';

export type Key = keyof typeof zh;
export type Params = Record<string, string | number>;

const kTexts: Record<Locale, Record<string, string>> = { 'zh-CN': zh, 'en-US': en };
const kSaved = 'bole.locale';

export function Translate(locale: Locale, key: Key, params: Params = {}): string {
  return kTexts[locale][key].replace(/\{(\w+)\}/g, (whole, name: string) => (name in params ? String(params[name]) : whole));
}

/** For keys built from a server's code: undefined when there is no such text. */
export function FindKey(key: string): Key | undefined {
  return key in zh ? (key as Key) : undefined;
}

export function FirstLocale(): Locale {
  try {
    const saved = localStorage.getItem(kSaved);
    if (saved === 'zh-CN' || saved === 'en-US') return saved;
  } catch {
    // Storage may be forbidden; the browser's language decides.
  }
  for (const language of navigator.languages ?? [navigator.language]) {
    if (language.toLowerCase().startsWith('zh')) return 'zh-CN';
    if (language.toLowerCase().startsWith('en')) return 'en-US';
  }
  return 'en-US';
}

export function SaveLocale(locale: Locale): void {
  try {
    localStorage.setItem(kSaved, locale);
  } catch {
    // The choice then lasts for this visit.
  }
}

export interface I18n {
  locale: Locale;
  t: (key: Key, params?: Params) => string;
  /** The text of a zh/en pair: the reader's language, else the other one. */
  pick: (zh: string | undefined, en: string | undefined) => string;
}

export function MakeI18n(locale: Locale): I18n {
  return {
    locale,
    t: (key, params) => Translate(locale, key, params),
    pick: (zh_text, en_text) => (locale === 'zh-CN' ? zh_text || en_text : en_text || zh_text) ?? '',
  };
}

export const I18nContext = createContext<I18n>(MakeI18n('zh-CN'));
export const useI18n = (): I18n => useContext(I18nContext);

/** The language of the whole page, as it was chosen last; `now` is for what outlives a render. */
export function useLocale(): { i18n: I18n; now: () => Locale; choose: (locale: Locale) => void } {
  const [locale, setLocale] = useState<Locale>(FirstLocale);
  const current = useRef(locale);
  current.current = locale;
  useEffect(() => {
    document.documentElement.lang = locale;
  }, [locale]);
  const choose = (next: Locale) => {
    SaveLocale(next);
    setLocale(next);
  };
  return { i18n: useMemo(() => MakeI18n(locale), [locale]), now: () => current.current, choose };
}

/** "3 min", "1 min 30 s". */
export function Duration(seconds: number, t: I18n['t']): string {
  const minutes = Math.floor(seconds / 60);
  const rest = seconds % 60;
  if (minutes === 0) return t('time.seconds', { n: rest });
  return rest === 0 ? t('time.minutes', { n: minutes }) : t('time.minutes_seconds', { m: minutes, s: rest });
}

/** "2:05" for a running clock. */
export function Clock(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

export function DateTime(iso: string, locale: Locale): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return iso;
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }).format(date);
}
