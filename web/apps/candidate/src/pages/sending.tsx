import { useEffect, useRef } from 'preact/hooks';
import { ApiError } from '../api/http';
import { useApp } from '../flow/app_context';
import { useQueue } from '../flow/hooks';
import { useI18n } from '../i18n';
import { Actions, Bar, Button, Page } from '../ui/parts';
import { UploadStatus } from './upload_status';

/** The answer is ended; its last pieces travel. Ends by itself when the server has everything. */
export function Sending({ number, onAgain }: { number: { n: number; total: number }; onAgain: (answer_id: string) => void }) {
  const { t } = useI18n();
  const { queue, escalate } = useApp();
  const state = useQueue(queue);
  const most = useRef(1);
  const bytes = state?.bytes ?? 0;
  most.current = Math.max(most.current, bytes);

  // The interview itself was closed meanwhile: that page says more than a refused piece.
  useEffect(() => {
    if (state?.phase === 'refused') escalate(new ApiError(410, state.code));
  }, [state?.phase, state?.code]);

  return (
    <Page title={t('sending.title')} lead={t('stage.number', number)}>
      <Bar value={1 - bytes / most.current} label={t('sending.progress')} tone="good" />
      <UploadStatus />
      {state?.phase !== 'refused' && <p class="soft">{t('sending.text')}</p>}
      {state?.phase === 'refused' && (
        <Actions>
          <Button kind="primary" onClick={() => onAgain(state.answer_id)}>{t('sending.again')}</Button>
          <Button onClick={() => queue?.Resume()}>{t('upload.try_now')}</Button>
        </Actions>
      )}
    </Page>
  );
}
