import { useState } from 'preact/hooks';
import type { PersonApi } from '../api/client';
import { useI18n } from '../i18n';
import { ErrorText } from '../ui/error';
import { Actions, Button, Notice, Page } from '../ui/parts';

/** Asks for a link to one's data. The answer is the same whether the address is known. */
export function AskForLinkPage({ api }: { api: PersonApi }) {
  const i18n = useI18n();
  const { t } = i18n;
  const [address, setAddress] = useState('');
  const [sent, setSent] = useState<{ address: string; minutes: number }>();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();

  const ask = async (event: Event) => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    setError(undefined);
    setSent(undefined);
    try {
      setSent({ address, ...(await api.AskForLink(address.trim())) });
    } catch (failure) {
      setError(failure);
    }
    setBusy(false);
  };

  return (
    <Page title={t('entrance.title')} lead={t('entrance.lead')}>
      <form onSubmit={ask} noValidate id="entrance-form">
        <label class="field">
          <span>{t('entrance.address')}</span>
          <input value={address} autoComplete="email" autoCapitalize="none" spellcheck={false} maxLength={254} aria-describedby="entrance-hint"
            aria-invalid={error !== undefined || undefined} onInput={(event) => setAddress(event.currentTarget.value)} />
        </label>
        <p class="hint" id="entrance-hint">{t('entrance.hint')}</p>
      </form>
      {sent && <Notice tone="good" live><p>{t('entrance.sent', { address: sent.address, minutes: sent.minutes })}</p><p>{t('entrance.not_there')}</p></Notice>}
      <Actions>
        {error !== undefined && <Notice tone="bad" live>{ErrorText(error, i18n)}</Notice>}
        <Button kind="primary" type="submit" form="entrance-form" busy={busy} disabled={address.trim() === ''}>{t(sent ? 'entrance.send_again' : 'entrance.send')}</Button>
      </Actions>
    </Page>
  );
}

/** A link works once: it is used by a click, so that programs which look into mails do not use it up. */
export function OpenLinkPage({ open, escalate }: { open: () => Promise<void>; escalate: (error: unknown) => boolean }) {
  const i18n = useI18n();
  const { t } = i18n;
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const go = async () => {
    setBusy(true);
    setError(undefined);
    try {
      await open();
    } catch (failure) {
      if (escalate(failure)) return;
      setError(failure);
      setBusy(false);
    }
  };
  return (
    <Page title={t('entrance.open_title')} lead={t('entrance.open_lead')}>
      <Actions>
        {error !== undefined && <Notice tone="bad" live>{ErrorText(error, i18n)}</Notice>}
        <Button kind="primary" busy={busy} onClick={go}>{t('entrance.open')}</Button>
      </Actions>
    </Page>
  );
}

export function LinkOverPage({ onAgain }: { onAgain: () => void }) {
  const { t } = useI18n();
  return (
    <Page title={t('entrance.over')} lead={t('entrance.over_text')}>
      <Actions><Button kind="primary" onClick={onAgain}>{t('entrance.again')}</Button></Actions>
    </Page>
  );
}

export function FailedPage() {
  const { t } = useI18n();
  return (
    <Page title={t('closed.failed')} lead={t('closed.failed_text')}>
      <Actions><Button kind="primary" onClick={() => location.reload()}>{t('common.retry')}</Button></Actions>
    </Page>
  );
}
