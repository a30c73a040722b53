import type { ApiProblem, SessionView } from '@bole/api';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, use, useEffect, type ReactNode } from 'react';
import { Navigate, useLocation } from 'react-router';
import { api, onSignedOut } from '../api/client';
import { ErrorState, Loading } from '../components/States';
import { forgetPurpose } from '../lib/purpose';
import { hasStoredLocale, switchLocale } from './i18n';

const SessionContext = createContext<SessionView | null>(null);

export const sessionKey = ['session'];

export function useSession(): SessionView {
  const session = use(SessionContext);
  if (!session) throw new Error('useSession outside of a signed-in page');
  return session;
}

const kReads = /\.(read|export|reveal)$/;

/** Hides what the server would refuse; the server decides. Who looks as another person changes nothing. */
export function useCan(): (permission: string) => boolean {
  const { permissions, viewer } = useSession();
  return (permission) => permissions.includes(permission) && (!viewer || kReads.test(permission));
}

/** Shows its children to a signed-in person, everyone else the sign-in page with the way back. */
export function RequireSession({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  const location = useLocation();
  const session = useQuery<SessionView | null, ApiProblem>({
    queryKey: sessionKey,
    queryFn: ({ signal }) => api.get<SessionView>('/session', undefined, signal),
    staleTime: 5 * 60_000,
    retry: (count, problem) => problem.status !== 401 && count < 2,
  });

  useEffect(() => {
    onSignedOut(() => client.setQueryData(sessionKey, null));
  }, [client]);
  const signedOut = session.data === null || session.error?.status === 401;
  useEffect(() => {
    if (signedOut) forgetPurpose(); // the next person has reasons of their own
  }, [signedOut]);
  useEffect(() => {
    const locale = session.data?.user.locale;
    if (!hasStoredLocale() && (locale === 'zh-CN' || locale === 'en-US')) void switchLocale(locale);
  }, [session.data]);

  if (session.isPending) return <Loading full />;
  if (signedOut) {
    const next = location.pathname + location.search;
    return <Navigate to={next === '/' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(next)}`} replace />;
  }
  if (!session.data) return <ErrorState problem={session.error} onRetry={() => void session.refetch()} />;
  return <SessionContext value={session.data}>{children}</SessionContext>;
}
