import { useEffect, useState } from 'preact/hooks';
import { ApiError } from '../api/http';
import type { IdentityMethod } from '../api/types';
import { useApp } from '../flow/app_context';
import { IsPlausibleIdNumber } from '../flow/id_number';
import { useI18n } from '../i18n';
import { ErrorText } from '../ui/error';
import { Actions, Button, Notice, Page } from '../ui/parts';

/** Proves that the invited person holds the link. */
export function IdentityPage({ methods, returning }: { methods: IdentityMethod[]; returning: boolean }) {
  const i18n = useI18n();
  const { t } = i18n;
  const { api, setSession, escalate } = useApp();
  const [method, setMethod] = useState<IdentityMethod>(methods[0]);
  const [value, setValue] = useState('');
  const [sent_to, setSentTo] = useState('');
  const [wait_s, setWaitS] = useState(0);
  const [busy, setBusy] = useState<'send' | 'verify' | ''>('');
  const [error, setError] = useState<unknown>();
  const [hint, setHint] = useState('');
  const by_code = method !== 'id_number';

  useEffect(() => {
    if (wait_s <= 0) return;
    const timer = setTimeout(() => setWaitS(wait_s - 1), 1000);
    return () => clearTimeout(timer);
  }, [wait_s]);

  const choose = (next: IdentityMethod) => {
    setMethod(next);
    setValue('');
    setError(undefined);
    setHint('');
    setSentTo('');
    setWaitS(0);
  };

  const send_code = async () => {
    setBusy('send');
    setError(undefined);
    try {
      const sent = await api.SendCode(method);
      setSentTo(sent.to_masked);
      setWaitS(sent.resend_after_s);
    } catch (failure) {
      if (failure instanceof ApiError) setWaitS(failure.number('resend_after_s') ?? failure.number('retry_after_s') ?? failure.retry_after_s);
      if (!escalate(failure)) setError(failure);
    }
    setBusy('');
  };

  const verify = async (event?: Event) => {
    event?.preventDefault();
    if (busy) return;
    const text = value.replace(/\s/g, '');
    if (by_code && !/^\d{4,8}$/.test(text)) return setHint(t('identity.code_form'));
    if (!by_code && !IsPlausibleIdNumber(text)) return setHint(t('identity.id_form'));
    setHint('');
    setBusy('verify');
    setError(undefined);
    try {
      setSession(await api.Verify(by_code ? { method, code: text } : { method, id_number: text.toUpperCase() }));
    } catch (failure) {
      if (!escalate(failure)) setError(failure);
      setBusy('');
    }
  };

  if (methods.length === 0) {
    return <Page title={t('identity.title')}><Notice tone="warn">{t('identity.no_method')}</Notice></Page>;
  }
  return (
    <Page title={t('identity.title')} lead={returning ? t('identity.lead_again') : t('identity.lead')}>
      {methods.length > 1 && (
        <fieldset class="choices">
          <legend>{t('identity.method')}</legend>
          {methods.map((option) => (
            <label class="choice" key={option}>
              <input type="radio" name="method" checked={option === method} onChange={() => choose(option)} />
              <span><strong>{t(`identity.by_${option}`)}</strong></span>
            </label>
          ))}
        </fieldset>
      )}
      <form onSubmit={verify} noValidate id="identity-form">
        {by_code && (
          <div class="send-code">
            <Button busy={busy === 'send'} disabled={wait_s > 0} onClick={send_code}>
              {wait_s > 0 ? t('identity.resend_in', { n: wait_s }) : sent_to ? t('identity.resend') : method === 'code_sms' ? t('identity.send_code_sms') : t('identity.send_code_email')}
            </Button>
            <p role="status">{sent_to && t('identity.sent', { to: sent_to })}</p>
          </div>
        )}
        <label class="field">
          <span>{by_code ? t('identity.code') : t('identity.id_number')}</span>
          <input
            class={by_code ? 'code-input' : ''}
            value={value}
            inputMode={by_code ? 'numeric' : 'text'}
            autoComplete={by_code ? 'one-time-code' : 'off'}
            autoCapitalize="characters"
            spellcheck={false}
            maxLength={by_code ? 8 : 20}
            aria-invalid={hint !== '' || undefined}
            aria-describedby="identity-hint"
            onInput={(event) => {
              setValue(event.currentTarget.value);
              setHint('');
            }}
          />
        </label>
        <p class="hint" id="identity-hint" role="status">{hint || (by_code ? '' : t('identity.id_why'))}</p>
      </form>
      <Actions>
        {error !== undefined && <Notice tone="bad" live>{ErrorText(error, i18n)}</Notice>}
        <Button kind="primary" type="submit" form="identity-form" busy={busy === 'verify'}>{t('common.continue')}</Button>
      </Actions>
    </Page>
  );
}
