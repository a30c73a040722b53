import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Locale } from '@bole/api';
import en from '../locales/en-US.json';
import zh from '../locales/zh-CN.json';

const kStorageKey = 'bole.locale';

function initialLocale(): Locale {
  const stored = localStorage.getItem(kStorageKey);
  if (stored === 'zh-CN' || stored === 'en-US') return stored;
  return navigator.language.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en-US';
}

function apply(locale: string) {
  document.documentElement.lang = locale;
}

void i18next.use(initReactI18next).init({
  resources: { 'zh-CN': { translation: zh }, 'en-US': { translation: en } },
  lng: initialLocale(),
  fallbackLng: 'zh-CN',
  // Keys are flat, like the server's message files.
  keySeparator: false,
  nsSeparator: false,
  interpolation: { escapeValue: false, prefix: '{', suffix: '}' },
});
apply(i18next.language);

export function currentLocale(): Locale {
  return i18next.language === 'en-US' ? 'en-US' : 'zh-CN';
}

export async function switchLocale(locale: Locale): Promise<void> {
  localStorage.setItem(kStorageKey, locale);
  await i18next.changeLanguage(locale);
  apply(locale);
}

/** A language that the person chose on this machine wins over the one in the account. */
export function hasStoredLocale(): boolean {
  return localStorage.getItem(kStorageKey) !== null;
}
