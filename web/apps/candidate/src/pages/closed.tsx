import { useEffect } from 'preact/hooks';
import { useApp } from '../flow/app_context';
import { useI18n } from '../i18n';
import { Actions, Button, Page } from '../ui/parts';
import { Contact } from './invitation';

export type ClosedReason = 'unknown' | 'expired' | 'cancelled' | 'finished' | 'declined' | 'elsewhere' | 'failed';

// The invitation's link no longer leads to one's data.
const kNoWay = new Set<ClosedReason>(['unknown', 'expired', 'cancelled']);

/** Every end that is not the happy one says what happened, whether it is the person's fault (it is not) and what to do. */
export function ClosedPage({ reason, wants_person, onRetry }: { reason: ClosedReason; wants_person?: boolean; onRetry?: () => void }) {
  const { t } = useI18n();
  const { invitation, camera, reload, openMyData } = useApp();
  useEffect(() => camera.Close(), []);
  const text = reason === 'declined' && wants_person === false ? t('closed.withdrawn_text') : t(`closed.${reason}_text`);
  const retry = reason === 'elsewhere' || reason === 'failed';
  return (
    <Page title={t(`closed.${reason}`)} lead={text}>
      {invitation?.contact && <p>{t('closed.contact')} <Contact contact={invitation.contact} /></p>}
      {reason === 'declined' && invitation && <Button onClick={openMyData}>{t('mydata.open')}</Button>}
      {kNoWay.has(reason) && <p><a href="/my">{t('mydata.open')}</a></p>}
      {retry && <Actions><Button kind="primary" onClick={onRetry ?? reload}>{t('common.retry')}</Button></Actions>}
    </Page>
  );
}

export function LoadingPage() {
  const { t } = useI18n();
  return <div class="page loading" role="status"><span class="spinner" aria-hidden="true" /><p>{t('common.loading')}</p></div>;
}

export function UnreachablePage({ onRetry }: { onRetry: () => void }) {
  const { t } = useI18n();
  useEffect(() => {
    const timer = setTimeout(onRetry, 4000);
    window.addEventListener('online', onRetry);
    return () => {
      clearTimeout(timer);
      window.removeEventListener('online', onRetry);
    };
  }, [onRetry]);
  return (
    <Page title={t('unreachable.title')} lead={t('unreachable.text')}>
      <Actions><Button kind="primary" onClick={onRetry}>{t('common.retry')}</Button></Actions>
    </Page>
  );
}
