import { useEffect, useMemo, useState } from 'preact/hooks';
import type { PersonApi } from './api/client';
import { ApiError } from './api/http';
import type { Locale, MyData } from './api/types';
import { I18nContext, useLocale } from './i18n';
import { LoadingPage, UnreachablePage } from './pages/closed';
import { AskForLinkPage, FailedPage, LinkOverPage, OpenLinkPage } from './pages/entrance';
import { PrivacyPage } from './pages/privacy';
import { Boundary } from './ui/boundary';
import { Shell } from './ui/shell';

type View = 'loading' | 'unreachable' | 'ask' | 'open' | 'over' | { data: MyData };

/** `/my`: one's own data without an invitation; `/my#<token>` is a link that was sent. */
export function PersonApp({ makeApi }: { makeApi: (locale: () => Locale) => PersonApi }) {
  const { i18n, now, choose } = useLocale();
  const api = useMemo(() => makeApi(now), []);
  const [token, setToken] = useState(() => location.hash.slice(1));
  const [view, setView] = useState<View>(token ? 'open' : 'loading');

  useEffect(() => {
    // The token stays neither in the address bar nor in the history.
    if (token) history.replaceState(null, '', location.pathname);
  }, [token]);
  useEffect(() => {
    const follow = () => {
      if (!location.hash) return;
      setToken(location.hash.slice(1));
      setView('open');
    };
    window.addEventListener('hashchange', follow);
    return () => window.removeEventListener('hashchange', follow);
  }, []);

  const escalate = (error: unknown): boolean => {
    if (!(error instanceof ApiError)) return false;
    if (error.status === 401) setView('ask');
    else if (error.code === 'privacy.link_over') setView('over');
    else return false;
    return true;
  };
  const load = async () => {
    try {
      setView({ data: await api.MyData() });
    } catch (error) {
      if (!escalate(error)) setView('unreachable');
    }
  };
  useEffect(() => {
    if (view === 'loading') void load();
  }, []);

  const leave = async () => {
    await api.Leave().catch(() => undefined);
    setView('ask');
  };

  let page = <LoadingPage />;
  if (view === 'unreachable') page = <UnreachablePage onRetry={load} />;
  else if (view === 'ask') page = <AskForLinkPage api={api} />;
  else if (view === 'open') page = <OpenLinkPage key={token} open={async () => setView({ data: await api.OpenLink(token) })} escalate={escalate} />;
  else if (view === 'over') page = <LinkOverPage onAgain={() => setView('ask')} />;
  else if (typeof view === 'object') page = <PrivacyPage api={api} escalate={escalate} given={view.data} leave={i18n.t('entrance.leave')} onLeave={leave} />;
  return (
    <I18nContext.Provider value={i18n}>
      <Shell company={i18n.t('mydata.title')} step={0} part={0} preview={false} onLocale={choose}>
        <Boundary fallback={<FailedPage />}>{page}</Boundary>
      </Shell>
    </I18nContext.Provider>
  );
}
