import { useState } from 'preact/hooks';
import { useApp } from '../flow/app_context';
import { useI18n } from '../i18n';
import { ErrorText } from '../ui/error';
import { Actions, Button, Notice, Page } from '../ui/parts';

/** Each consent is its own decision; nothing is ticked beforehand. */
export function ConsentPage() {
  const i18n = useI18n();
  const { t, pick } = i18n;
  const { api, session, setSession, escalate, openDecline } = useApp();
  const consents = session?.consents ?? [];
  const [given, setGiven] = useState<Record<string, boolean>>(() =>
    Object.fromEntries(consents.map((consent) => [consent.key, consent.granted === true])));
  const [busy, setBusy] = useState(false);
  const [asked, setAsked] = useState(false);
  const [error, setError] = useState<unknown>();
  const [changed, setChanged] = useState(false);
  const missing = consents.some((consent) => consent.required && !given[consent.key]);

  /** A text was replaced while this page was open: show the new one, agreed to by nobody yet. */
  const reread = async () => {
    const now = await api.Session();
    const replaced = now.consents.filter(({ key, version }) => consents.find((before) => before.key === key)?.version !== version);
    if (replaced.length === 0) return false;
    setGiven({ ...given, ...Object.fromEntries(replaced.map(({ key }) => [key, false])) });
    setSession(now);
    setChanged(true);
    setAsked(false);
    return true;
  };

  const send = async () => {
    setAsked(true);
    if (missing) return;
    setBusy(true);
    setError(undefined);
    try {
      setSession(await api.Consent(consents.map(({ key, version }) => ({ key, version, granted: given[key] === true }))));
    } catch (failure) {
      if (!escalate(failure) && !(await reread().catch(() => false))) setError(failure);
      setBusy(false);
    }
  };

  return (
    <Page title={t('consent.title')} lead={t('consent.lead')}>
      {consents.map((consent) => (
        <label class={`consent ${asked && consent.required && !given[consent.key] ? 'missing' : ''}`} key={consent.key}>
          <input
            type="checkbox"
            checked={given[consent.key]}
            onChange={(event) => setGiven({ ...given, [consent.key]: event.currentTarget.checked })}
          />
          <span>
            <strong>{pick(consent.title_zh, consent.title_en)}</strong>
            <em class={consent.required ? 'tag' : 'tag optional'}>{consent.required ? t('consent.required') : t('consent.optional')}</em>
            <small>{pick(consent.text_zh, consent.text_en)}</small>
          </span>
        </label>
      ))}
      <p class="soft">{t('consent.refuse')} <button type="button" class="link" onClick={openDecline}>{t('invite.person')}</button></p>
      <Actions>
        {changed && <Notice tone="warn" live>{t('consent.changed')}</Notice>}
        {asked && missing && <Notice tone="warn" live>{t('consent.missing')}</Notice>}
        {error !== undefined && <Notice tone="bad" live>{ErrorText(error, i18n)}</Notice>}
        <Button kind="primary" busy={busy} onClick={send}>{t('consent.agree')}</Button>
      </Actions>
    </Page>
  );
}
