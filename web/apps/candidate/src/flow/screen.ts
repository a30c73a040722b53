// Which page a candidate belongs on, derived from what the server says. Pure.
import type { CandidateSession } from '../api/types';

export type Screen = 'consent' | 'device' | 'interview' | 'end' | 'declined' | 'expired' | 'cancelled';

const kOver = new Set(['answered', 'analysing', 'ready', 'failed']);

export const IsOver = (state: string): boolean => kOver.has(state);

export function ScreenOf(session: CandidateSession): Screen {
  if (session.state === 'declined') return 'declined';
  if (session.state === 'cancelled') return 'cancelled';
  if (session.state === 'expired') return 'expired';
  if (IsOver(session.state)) return 'end';
  if (session.consents.some((consent) => consent.required && consent.granted !== true)) return 'consent';
  if (!session.environment_done) return 'device';
  if (session.stages.length > 0 && session.stages.every((stage) => stage.state === 'answered')) return 'end';
  return 'interview';
}

/** `/my` */
export const IsOwnData = (path: string): boolean => /^\/my\/?$/.test(path);

/** `/i/<token>` */
export function TokenOf(path: string): string {
  const match = /^\/i\/([^/]+)\/?$/.exec(path);
  return match ? decodeURIComponent(match[1]) : '';
}
