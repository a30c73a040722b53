import type { Locale } from './types';

/** A problem+json answer (status ≥ 400) or a transport failure (status 0: no answer arrived). */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly params: Record<string, unknown> = {},
    readonly detail = '',
    readonly retry_after_s = 0,
    /** What is wrong with which field, in the language of the request. */
    readonly fields: readonly { pointer: string; message: string }[] = [],
  ) {
    super(`${status} ${code}`);
    this.name = 'ApiError';
  }

  get offline(): boolean {
    return this.status === 0;
  }

  /** The same request may succeed later without anybody doing anything. */
  get transient(): boolean {
    return this.status === 0 || this.status === 408 || this.status === 425 || this.status === 429 || this.status >= 500;
  }

  number(name: string): number | undefined {
    const value = this.params[name];
    return typeof value === 'number' ? value : typeof value === 'string' && value !== '' ? Number(value) : undefined;
  }
}

export interface HttpOptions {
  invitation: string;
  locale: () => Locale;
  fetch?: typeof fetch;
}

export interface RequestOptions {
  json?: unknown;
  body?: BodyInit;
  content_type?: string;
  timeout_ms?: number;
  idempotency_key?: string;
}

export type Request = <T>(method: string, path: string, options?: RequestOptions) => Promise<T>;

const kBase = '/api/v1';
const kTimeoutMs = 20_000;

/** One fetch with the headers of the contract; throws ApiError only. */
export function CreateRequest(options: HttpOptions): Request {
  const send = options.fetch ?? fetch.bind(globalThis);
  return async <T>(method: string, path: string, request: RequestOptions = {}): Promise<T> => {
    const headers: Record<string, string> = {
      Accept: 'application/json',
      'X-Bole-Client': 'candidate',
      'X-Bole-Locale': options.locale(),
    };
    if (options.invitation) headers['X-Bole-Invitation'] = options.invitation;
    if (request.idempotency_key) headers['Idempotency-Key'] = request.idempotency_key;
    let body = request.body;
    if (request.json !== undefined) {
      headers['Content-Type'] = 'application/json';
      body = JSON.stringify(request.json);
    } else if (request.content_type) {
      headers['Content-Type'] = request.content_type;
    }
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(), request.timeout_ms ?? kTimeoutMs);
    try {
      const response = await send(kBase + path, {
        method,
        headers,
        body,
        credentials: 'same-origin',
        cache: 'no-store',
        signal: abort.signal,
      });
      const text = await response.text();
      if (!response.ok) throw ProblemOf(response, text);
      return (text ? JSON.parse(text) : undefined) as T;
    } catch (error) {
      if (error instanceof ApiError) throw error;
      throw new ApiError(0, abort.signal.aborted ? 'network.timeout' : 'network.offline');
    } finally {
      clearTimeout(timer);
    }
  };
}

function ProblemOf(response: Response, text: string): ApiError {
  const retry = Number(response.headers.get('Retry-After') ?? 0) || 0;
  try {
    const problem = JSON.parse(text) as { code?: string; params?: Record<string, unknown>; detail?: string; errors?: { pointer: string; message: string }[] };
    return new ApiError(response.status, problem.code ?? `http.${response.status}`, problem.params ?? {}, problem.detail ?? '', retry, problem.errors ?? []);
  } catch {
    return new ApiError(response.status, `http.${response.status}`, {}, '', retry);
  }
}
