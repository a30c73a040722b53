import type { SessionView, SignInOptions, SignInView } from '@bole/api';
import { useQueryClient } from '@tanstack/react-query';
import { Alert, App } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import { useGet } from '../../api/hooks';
import { sessionKey } from '../../app/session';
import { LanguageButton, ThemeButton } from '../../app/Shell';
import { Brand } from '../../components/Brand';
import { RecoveryList } from '../../components/SecondFactor';
import { CodeStep } from './CodeStep';
import { EnrolStep } from './EnrolStep';
import { NewPasswordStep } from './NewPasswordStep';
import { PasswordStep } from './PasswordStep';

/** Only a path of this site: an address elsewhere in `next` would be an open redirect. */
function safeNext(next: string | null): string {
  return next && /^\/(?![/\\])/.test(next) ? next : '/';
}

/** Signing in, in the steps that the server asks for. */
export default function SignInPage() {
  const { t } = useTranslation();
  const [params] = useSearchParams();
  const navigate = useNavigate();
  const client = useQueryClient();
  const { message } = App.useApp();
  const [view, setView] = useState<SignInView | null>(null);
  // Back from the identity provider, with a step still to go.
  const [begun, setBegun] = useState(params.get('step'));
  const at = view?.step ?? begun;
  const next = safeNext(params.get('next'));
  const options = useGet<SignInOptions>('/session/options', { problem: params.get('problem') }, { staleTime: Infinity });

  const finish = (session: SessionView) => {
    client.clear();
    client.setQueryData(sessionKey, session);
    void navigate(next, { replace: true });
  };
  const go = (result: SignInView) => {
    if (result.recovery_codes.length === 0 && result.session) {
      if (result.ended_sessions > 0) void message.info(t('sign_in.ended'), 8);
      finish(result.session);
    } else setView(result);
  };
  const again = () => {
    setView(null);
    setBegun(null);
  };

  let step;
  if (view && view.recovery_codes.length > 0) {
    step = (
      <>
        <h1>{t('factor.codes_title')}</h1>
        <RecoveryList codes={view.recovery_codes} onDone={() => go({ ...view, recovery_codes: [] })} />
      </>
    );
  } else if (at === 'code') step = <CodeStep onNext={go} onAgain={again} />;
  else if (at === 'enrol') step = <EnrolStep onNext={go} onAgain={again} />;
  else if (view?.step === 'password') step = <NewPasswordStep rule={view.password_rule} onNext={go} onAgain={again} />;
  else step = <PasswordStep onNext={go} oidcLabel={options.data?.oidc_label} next={next} />;

  return (
    <div className="sign-in">
      <title>{`${t('sign_in.title')} · ${t('app.name')}`}</title>
      <div className="sign-in-side">
        <Brand />
        <div className="sign-in-words">
          <h2>{t('sign_in.promise')}</h2>
          <p>{t('sign_in.promise_text')}</p>
        </div>
      </div>
      <main className="sign-in-form">
        <div className="sign-in-tools"><LanguageButton /><ThemeButton /></div>
        <div className="sign-in-box">
          {!view && options.data?.problem && <Alert type="error" showIcon title={options.data.problem} style={{ marginBottom: 16 }} />}
          {step}
          <p className="sign-in-own quiet">{t('sign_in.applicant')} <a href="/my">{t('sign_in.own_data')}</a></p>
        </div>
      </main>
    </div>
  );
}
