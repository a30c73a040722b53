import { afterEach, describe, expect, it, vi } from 'vitest';
import { ApiProblem, createClient, fileName } from './index';

function answer(body: unknown, status = 200, type = 'application/json') {
  const fetched = vi.fn(async (_address: string, _init?: RequestInit) => new Response(body === undefined ? null : JSON.stringify(body), { status, headers: { 'content-type': type } }));
  vi.stubGlobal('fetch', fetched);
  return fetched;
}

afterEach(() => vi.unstubAllGlobals());

describe('client', () => {
  const signedOut = vi.fn();
  const client = createClient({ client: 'console', locale: () => 'zh-CN', onSignedOut: signedOut });

  it('names the client and the language, and leaves out empty filters', async () => {
    const fetched = answer({ items: [] });
    await client.get('/jobs', { q: '', family: 'risk', cursor: undefined, limit: 50 });
    const [address, init] = fetched.mock.calls[0]!;
    expect(address).toBe('/api/v1/jobs?family=risk&limit=50');
    expect(init!.headers).toMatchObject({ 'X-Bole-Client': 'console', 'X-Bole-Locale': 'zh-CN' });
  });

  it('sends what the app adds to every call', async () => {
    const fetched = answer({});
    let purpose = 'dispute';
    const telling = createClient({ client: 'console', locale: () => 'zh-CN', headers: () => ({ 'X-Bole-Purpose': purpose }) });
    await telling.get('/a');
    purpose = 'recruiting';
    await telling.get('/b');
    expect(fetched.mock.calls.map(([, init]) => (init!.headers as Record<string, string>)['X-Bole-Purpose'])).toEqual(['dispute', 'recruiting']);
  });

  it('turns problem+json into a typed problem', async () => {
    answer({ title: 'Stale', status: 409, code: 'conflict.stale', detail: 'changed', errors: [{ pointer: '/name', code: 'x', message: 'y' }], request_id: 'r1' }, 409, 'application/problem+json');
    const problem = await client.patch('/jobs/1', {}).catch((error: unknown) => error);
    expect(problem).toBeInstanceOf(ApiProblem);
    expect(problem).toMatchObject({ status: 409, code: 'conflict.stale', detail: 'changed', requestId: 'r1', errors: [{ pointer: '/name', code: 'x', message: 'y' }] });
    expect(signedOut).not.toHaveBeenCalled();
  });

  it('tells when nobody is signed in', async () => {
    answer({ title: 'x', status: 401, code: 'session.required' }, 401, 'application/problem+json');
    await client.get('/home').catch(() => {});
    expect(signedOut).toHaveBeenCalledOnce();
  });

  it('names a broken connection and an answer without a body', async () => {
    vi.stubGlobal('fetch', async () => { throw new TypeError('failed'); });
    await expect(client.get('/home')).rejects.toMatchObject({ code: 'network', status: 0 });
    answer(undefined, 502, 'text/html');
    await expect(client.get('/home')).rejects.toMatchObject({ code: 'http.502', status: 502 });
  });

  it('reads the name of a file', () => {
    expect(fileName("attachment; filename=\"x.xlsx\"; filename*=UTF-8''%E5%80%99%E9%80%89%E4%BA%BA.xlsx")).toBe('候选人.xlsx');
    expect(fileName('attachment; filename=report.pdf')).toBe('report.pdf');
    expect(fileName("attachment; filename=a.srt; filename*=UTF-8''%E5%80")).toBe('a.srt');
    expect(fileName(null)).toBe('');
  });

  it('accepts 204', async () => {
    vi.stubGlobal('fetch', async () => new Response(null, { status: 204 }));
    await expect(client.delete('/session')).resolves.toBeUndefined();
  });
});
