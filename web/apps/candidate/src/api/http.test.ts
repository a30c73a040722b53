import { describe, expect, it } from 'vitest';
import { ApiError, CreateRequest } from './http';

function Answer(status: number, body: string, headers: Record<string, string> = {}) {
  const seen: { url: string; init: RequestInit }[] = [];
  const send = (async (url: string, init: RequestInit) => {
    seen.push({ url, init });
    return new Response(body, { status, headers });
  }) as typeof fetch;
  return { seen, request: CreateRequest({ invitation: 'token', locale: () => 'en-US', fetch: send }) };
}

const Failure = (promise: Promise<unknown>) => promise.then(() => { throw new Error('must fail'); }, (error: ApiError) => error);

describe('CreateRequest', () => {
  it('sends the headers of the contract', async () => {
    const { seen, request } = Answer(200, '{"ok":true}');
    expect(await request('POST', '/candidate/consents', { json: { a: 1 } })).toEqual({ ok: true });
    expect(seen[0].url).toBe('/api/v1/candidate/consents');
    expect(seen[0].init.headers).toMatchObject({
      'X-Bole-Client': 'candidate', 'X-Bole-Locale': 'en-US', 'X-Bole-Invitation': 'token', 'Content-Type': 'application/json',
    });
    expect(seen[0].init.body).toBe('{"a":1}');
  });

  it('reads problem+json, numbers in text too', async () => {
    const { request } = Answer(409, '{"code":"piece.out_of_order","params":{"next_piece":"7"}}', { 'Retry-After': '3' });
    const error = await Failure(request('PUT', '/x'));
    expect(error).toMatchObject({ status: 409, code: 'piece.out_of_order', retry_after_s: 3, transient: false });
    expect(error.number('next_piece')).toBe(7);
  });

  it.each([[500, true], [502, true], [507, true], [429, true], [408, true], [404, false], [413, false], [401, false]])(
    'status %i passes by itself: %s', async (status, transient) => {
      const { request } = Answer(status, '<html>');
      expect(await Failure(request('GET', '/x'))).toMatchObject({ status, code: `http.${status}`, transient });
    });

  it('turns a dead line and a hanging server into status 0', async () => {
    const dead = CreateRequest({ invitation: '', locale: () => 'zh-CN', fetch: (async () => { throw new TypeError('failed'); }) as typeof fetch });
    expect(await Failure(dead('GET', '/x'))).toMatchObject({ status: 0, code: 'network.offline', offline: true, transient: true });
    const hanging = CreateRequest({
      invitation: '', locale: () => 'zh-CN',
      fetch: ((_: string, init: RequestInit) => new Promise((__, reject) => init.signal?.addEventListener('abort', () => reject(new Error('aborted'))))) as typeof fetch,
    });
    expect(await Failure(hanging('GET', '/x', { timeout_ms: 1 }))).toMatchObject({ status: 0, code: 'network.timeout' });
  });
});
