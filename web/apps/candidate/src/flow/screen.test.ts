import { describe, expect, it } from 'vitest';
import type { CandidateSession } from '../api/types';
import { ScreenOf, TokenOf } from './screen';

function Session(change: Record<string, unknown>): CandidateSession {
  return {
    state: 'identified',
    consents: [{ key: 'recording', required: true, granted: true }, { key: 'biometric', required: false, granted: false }],
    environment_done: true,
    stages: [{ key: 's1', state: 'current' }],
    ...change,
  } as unknown as CandidateSession;
}

describe('ScreenOf', () => {
  it.each([
    ['consent', { consents: [{ key: 'recording', required: true }] }],
    ['consent', { consents: [{ key: 'recording', required: true, granted: false }] }],
    ['device', { environment_done: false }],
    ['interview', {}],
    ['interview', { state: 'in_progress' }],
    ['end', { stages: [{ key: 's1', state: 'answered' }] }],
    ['end', { state: 'answered' }],
    ['end', { state: 'analysing' }],
    ['end', { state: 'ready' }],
    ['end', { state: 'failed' }],
    ['declined', { state: 'declined' }],
    ['cancelled', { state: 'cancelled' }],
    ['expired', { state: 'expired' }],
  ])('%s', (screen, change) => expect(ScreenOf(Session(change))).toBe(screen));
});

describe('TokenOf', () => {
  it.each([['/i/abc', 'abc'], ['/i/abc/', 'abc'], ['/i/a%2Fb', 'a/b'], ['/i/', ''], ['/candidate/', ''], ['/i/a/b', '']])(
    '%s', (path, token) => expect(TokenOf(path)).toBe(token));
});
