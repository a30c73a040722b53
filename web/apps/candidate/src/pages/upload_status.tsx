import { useApp } from '../flow/app_context';
import { useQueue } from '../flow/hooks';
import { FindKey, useI18n } from '../i18n';
import { Button, Notice } from '../ui/parts';

/** Where the recording is: on this phone, on its way, or safely there. */
export function UploadStatus({ quiet }: { quiet?: boolean }) {
  const { t } = useI18n();
  const { queue } = useApp();
  const state = useQueue(queue);
  if (!state || !queue) return null;
  const size = t('upload.size', { n: Math.max(0.1, state.bytes / 1_000_000).toFixed(1) });
  if (state.phase === 'waiting') {
    return (
      <Notice tone="warn" live>
        <strong>{state.offline && !navigator.onLine ? t('upload.offline') : t('upload.server_away')}</strong>
        <p>{t('upload.kept')} {!quiet && state.bytes > 0 && size}</p>
        {!quiet && <Button onClick={() => queue.Wake()}>{t('upload.try_now')}</Button>}
      </Notice>
    );
  }
  if (state.phase === 'refused') {
    const key = FindKey(`error.${state.code}`);
    return <Notice tone="bad" live>{key ? t(key) : t('upload.refused')}</Notice>;
  }
  const busy = state.pieces > 0;
  return (
    <>
      {!state.durable && busy && <Notice tone="warn" live>{t('upload.memory_only')}</Notice>}
      <p class={`upload ${busy ? 'busy' : 'sent'}`} role="status">
        <i aria-hidden="true" />
        {busy ? (quiet ? t('upload.sending') : `${t('upload.sending')} ${size}`) : t('upload.sent')}
      </p>
    </>
  );
}
