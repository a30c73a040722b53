import { useEffect, useRef } from 'preact/hooks';
import type { Caption } from '../api/types';
import { useI18n } from '../i18n';

/** "I am heard": the words as they are recognised. Not read out: the person has just said them. */
export function Captions({ captions, language }: { captions: Caption[]; language: string }) {
  const { t } = useI18n();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (box.current) box.current.scrollTop = box.current.scrollHeight;
  }, [captions]);
  return (
    <div class="captions" ref={box} role="log" aria-live="off" aria-label={t('caption.label')} lang={language} tabIndex={0}>
      {captions.length === 0 ? <p class="soft">{t('caption.empty')}</p> : (
        <p>{captions.map((caption) => <span key={caption.start} class={caption.final ? '' : 'partial'}>{caption.text}{language.startsWith('zh') ? '' : ' '}</span>)}</p>
      )}
    </div>
  );
}
