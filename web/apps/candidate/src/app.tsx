import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { CandidateApi } from './api/client';
import { ApiError } from './api/http';
import type { CandidateSession, InvitationPage as Invitation, Locale } from './api/types';
import { AppContext, type AppState } from './flow/app_context';
import { HoldTab } from './flow/one_tab';
import { IsOver, ScreenOf } from './flow/screen';
import { I18nContext, useLocale } from './i18n';
import { Camera } from './media/camera';
import { ClosedPage, LoadingPage, UnreachablePage, type ClosedReason } from './pages/closed';
import { ConsentPage } from './pages/consent';
import { DeclinePage } from './pages/decline';
import { DevicePage } from './pages/device';
import { EndPage } from './pages/end';
import { IdentityPage } from './pages/identity';
import { InterviewPage } from './pages/interview';
import { InvitationPage } from './pages/invitation';
import { PracticePage } from './pages/practice';
import { PrivacyPage } from './pages/privacy';
import { UploadQueue } from './recording/queue';
import { OpenStore } from './recording/store';
import { Boundary } from './ui/boundary';
import { Shell } from './ui/shell';

type View = 'loading' | 'unreachable' | 'welcome' | 'identity' | 'session' | 'over' | { closed: ClosedReason };

const kClosed: Record<string, ClosedReason> = {
  'invitation.unknown': 'unknown',
  'invitation.expired': 'expired',
  'invitation.cancelled': 'cancelled',
  'invitation.finished': 'finished',
  'invitation.declined': 'declined',
};

export function App({ makeApi }: { makeApi: (locale: () => Locale) => CandidateApi }) {
  const { i18n, now, choose } = useLocale();
  const api = useMemo(() => makeApi(now), []);
  const camera = useMemo(() => new Camera(), []);
  const [view, setView] = useState<View>('loading');
  const [invitation, setInvitation] = useState<Invitation>();
  const [session, setSessionState] = useState<CandidateSession>();
  const [queue, setQueue] = useState<UploadQueue>();
  const [declining, setDeclining] = useState(false);
  const [wants_person, setWantsPerson] = useState(true);
  const [practice, setPractice] = useState(false);
  const [my_data, setMyData] = useState(false);
  const [upload_kbps, setUploadKbps] = useState<number>();
  const owner = useRef('');

  const escalate = useCallback((error: unknown): boolean => {
    if (!(error instanceof ApiError)) return false;
    const closed = kClosed[error.code];
    if (closed) setView({ closed });
    else if (error.status === 401) setView('identity');
    else return false;
    return true;
  }, []);

  const setSession = useCallback((next: CandidateSession) => {
    setSessionState(next);
    setView('session');
  }, []);

  const load = useCallback(async () => {
    try {
      const page = await api.Invitation();
      setInvitation(page);
      if (!page.signed_in) {
        if (page.state === 'declined') return setView({ closed: 'declined' });
        return setView(IsOver(page.state) ? 'over' : 'welcome');
      }
      setSession(await api.Session());
    } catch (error) {
      // A finished interview still shows its state to the person who is signed in.
      if (error instanceof ApiError && error.code === 'invitation.finished') {
        const finished = await api.Session().catch(() => undefined);
        if (finished) return setSession(finished);
      }
      if (escalate(error)) return;
      if (error instanceof ApiError && !error.transient) setView({ closed: 'failed' });
      else setView((now) => (now === 'loading' || now === 'unreachable' ? 'unreachable' : now));
    }
  }, []);
  useEffect(() => void load(), []);

  // The queue belongs to the interview: opened once the person is known, by one tab only.
  useEffect(() => {
    const id = session?.interview_id;
    if (!id) return;
    if (owner.current === id) return queue?.Resume();
    owner.current = id;
    void (async () => {
      if (!(await HoldTab(id))) {
        owner.current = '';
        return setView({ closed: 'elsewhere' });
      }
      const { store, durable } = await OpenStore(id);
      const next = new UploadQueue({ store, durable, transport: api });
      await next.Start();
      setQueue(next);
    })();
  }, [session]);

  useEffect(() => {
    if (!queue) return;
    const wake = () => queue.Wake();
    const visible = () => document.visibilityState === 'visible' && queue.Wake();
    const warn = (event: BeforeUnloadEvent) => {
      if (queue.state.pieces > 0) event.preventDefault();
    };
    window.addEventListener('online', wake);
    window.addEventListener('beforeunload', warn);
    document.addEventListener('visibilitychange', visible);
    const stop = queue.Subscribe((state) => {
      if (state.phase === 'signed_out') setView('identity');
    });
    return () => {
      stop();
      window.removeEventListener('online', wake);
      window.removeEventListener('beforeunload', warn);
      document.removeEventListener('visibilitychange', visible);
    };
  }, [queue]);

  const screen = session && ScreenOf(session);
  const state: AppState = {
    api, camera, invitation, session, queue, upload_kbps, setUploadKbps, setSession, escalate,
    startPractice: () => setPractice(true),
    openDecline: () => setDeclining(true),
    openMyData: () => setMyData(true),
    reload: () => void load(),
  };

  let step = 0;
  let page = <LoadingPage />;
  if (my_data && session && view !== 'identity') {
    page = <PrivacyPage api={api} escalate={escalate} leave={i18n.t('common.back')} onLeave={() => { setMyData(false); void load(); }} />;
  } else if (my_data && invitation) {
    page = <IdentityPage methods={invitation.identity_methods} returning={session !== undefined} />;
  } else if (typeof view === 'object') {
    page = <ClosedPage key={view.closed} reason={view.closed} wants_person={wants_person} />;
  } else if (declining) {
    page = (
      <DeclinePage
        onBack={() => setDeclining(false)}
        onDone={(_, want) => {
          setWantsPerson(want);
          setDeclining(false);
          setView({ closed: 'declined' });
        }}
      />
    );
  } else if (view === 'unreachable') {
    page = <UnreachablePage onRetry={load} />;
  } else if (view === 'over') {
    page = <EndPage />;
  } else if (view === 'welcome' && invitation) {
    page = <InvitationPage invitation={invitation} onStart={() => setView('identity')} />;
    step = 1;
  } else if (view === 'identity' && invitation) {
    page = <IdentityPage methods={invitation.identity_methods} returning={session !== undefined} />;
    step = 2;
  } else if (view === 'session' && session) {
    if (screen === 'consent') [page, step] = [<ConsentPage />, 3];
    else if (screen === 'device') [page, step] = [<DevicePage />, 4];
    else if (screen === 'end') page = <EndPage />;
    else if (screen === 'interview') {
      if (practice) [page, step] = [<PracticePage onDone={() => setPractice(false)} />, 4];
      else if (queue) [page, step] = [<InterviewPage />, 5];
    } else if (screen) page = <ClosedPage key={screen} reason={screen} wants_person={wants_person} />;
  }

  const named = session ?? invitation;
  return (
    <I18nContext.Provider value={i18n}>
      <AppContext.Provider value={state}>
        <Shell company={i18n.pick(named?.company, named?.company_en)} step={step} part={step === 5 && session ? session.stages.filter((stage) => stage.state === 'answered').length / Math.max(1, session.stages.length) : 0.5} preview={session?.preview === true} onLocale={choose}>
          <Boundary fallback={<ClosedPage reason="failed" onRetry={() => location.reload()} />}>{page}</Boundary>
        </Shell>
      </AppContext.Provider>
    </I18nContext.Provider>
  );
}
