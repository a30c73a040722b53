import type { ComponentChildren } from 'preact';
import type { Locale } from '../api/types';
import { useI18n } from '../i18n';

const kSteps = 5;

/** The frame of every page: who invites, how far one is, the other language. */
export function Shell({ company, step, part, preview, onLocale, children }: {
  company: string;
  /** 1..5, 0 where there is no progress to show. */
  step: number;
  /** 0..1 of that step. */
  part: number;
  preview: boolean;
  onLocale: (locale: Locale) => void;
  children: ComponentChildren;
}) {
  const { t, locale } = useI18n();
  const other: Locale = locale === 'zh-CN' ? 'en-US' : 'zh-CN';
  return (
    <>
      <header class="top">
        <span class="company">{company || t('shell.interview')}</span>
        <button type="button" class="language" lang={other} onClick={() => onLocale(other)}>
          {other === 'zh-CN' ? '中文' : 'English'}
        </button>
        {step > 0 && (
          <div class="progress" style={{ '--part': `${Math.round(part * 100)}%` }} role="img" aria-label={t('shell.step', { n: step, total: kSteps })}>
            {Array.from({ length: kSteps }, (_, index) => <i key={index} class={index < step - 1 ? 'done' : index === step - 1 ? 'now' : ''} />)}
          </div>
        )}
      </header>
      {preview && <p class="preview" role="status">{t('shell.preview')}</p>}
      <main>{children}</main>
    </>
  );
}
