import { useState } from 'preact/hooks';
import type { CandidateSession } from '../api/types';
import { useApp } from '../flow/app_context';
import { useI18n } from '../i18n';
import { ErrorText } from '../ui/error';
import { Actions, Button, Notice, Page } from '../ui/parts';

/** Refusing the AI interview is an equal choice: no reason needed, one tap. */
export function DeclinePage({ onBack, onDone }: { onBack: () => void; onDone: (session: CandidateSession | undefined, want_person: boolean) => void }) {
  const i18n = useI18n();
  const { t } = i18n;
  const { api } = useApp();
  const [want_person, setWantPerson] = useState(true);
  const [reason, setReason] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();

  const send = async () => {
    setBusy(true);
    setError(undefined);
    try {
      onDone(await api.Decline({ reason: reason.trim(), want_person }), want_person);
    } catch (failure) {
      setError(failure);
      setBusy(false);
    }
  };

  return (
    <Page title={t('decline.title')} lead={t('decline.lead')}>
      <fieldset class="choices">
        <legend>{t('decline.legend')}</legend>
        <label class="choice">
          <input type="radio" name="want" checked={want_person} onChange={() => setWantPerson(true)} />
          <span><strong>{t('decline.person')}</strong><small>{t('decline.person_text')}</small></span>
        </label>
        <label class="choice">
          <input type="radio" name="want" checked={!want_person} onChange={() => setWantPerson(false)} />
          <span><strong>{t('decline.withdraw')}</strong><small>{t('decline.withdraw_text')}</small></span>
        </label>
      </fieldset>
      <label class="field">
        <span>{t('decline.reason')}</span>
        <textarea rows={3} maxLength={500} value={reason} onInput={(event) => setReason(event.currentTarget.value)} />
      </label>
      <Actions>
        {error !== undefined && <Notice tone="bad" live>{ErrorText(error, i18n)}</Notice>}
        <Button kind="primary" busy={busy} onClick={send}>{t('decline.send')}</Button>
        <Button onClick={onBack}>{t('common.back')}</Button>
      </Actions>
    </Page>
  );
}
