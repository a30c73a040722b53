import { useEffect, useState } from 'preact/hooks';
import { useApp } from '../flow/app_context';
import { useCountdown } from '../flow/hooks';
import { useI18n } from '../i18n';
import { ErrorText } from '../ui/error';
import { Actions, Button, Notice, Page } from '../ui/parts';
import { UploadStatus } from './upload_status';

const kKeepAfterSeconds = 60;

/** Keep the answer or record it again. Not choosing keeps it, so that nobody loses an answer by walking away. */
export function Choose({ number, retakes_left, onKeep, onRetake }: {
  number: { n: number; total: number };
  retakes_left: number;
  onKeep: () => Promise<void>;
  onRetake: () => Promise<void>;
}) {
  const i18n = useI18n();
  const { t } = i18n;
  const { escalate } = useApp();
  const [busy, setBusy] = useState<'keep' | 'retake' | ''>('');
  const [error, setError] = useState<unknown>();
  const run = async (which: 'keep' | 'retake', step: () => Promise<void>) => {
    setBusy(which);
    setError(undefined);
    try {
      await step();
    } catch (failure) {
      if (!escalate(failure)) setError(failure);
      setBusy('');
    }
  };
  const left = useCountdown(kKeepAfterSeconds, busy === '', () => void run('keep', onKeep));

  useEffect(() => {
    const hold = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', hold);
    return () => window.removeEventListener('beforeunload', hold);
  }, []);

  return (
    <Page title={t('choose.title')} lead={t('stage.number', number)}>
      <p>{t('choose.text')}</p>
      <p class="soft">{t('choose.auto', { n: left })}</p>
      <UploadStatus />
      <Actions>
        {error !== undefined && <Notice tone="bad" live>{ErrorText(error, i18n)}</Notice>}
        <Button kind="primary" busy={busy === 'keep'} onClick={() => run('keep', onKeep)}>{t('choose.keep')}</Button>
        <Button busy={busy === 'retake'} onClick={() => run('retake', onRetake)}>{t('choose.retake', { n: retakes_left })}</Button>
      </Actions>
    </Page>
  );
}
