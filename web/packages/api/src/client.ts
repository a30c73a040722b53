import { ApiProblem, problemFrom } from './problem';

export type QueryValue = string | number | boolean | null | undefined;
export type Query = Record<string, QueryValue>;

export interface ClientOptions {
  /** Value of the CSRF guard header `X-Bole-Client`. */
  client: 'console' | 'candidate';
  /** The interface language at the time of the call. */
  locale: () => string;
  /** Called when the server says that nobody is signed in. */
  onSignedOut?: () => void;
  /** More headers at the time of the call, such as the purpose of looking at personal data. */
  headers?: () => Record<string, string>;
  base?: string;
}

export interface Client {
  get<T>(path: string, query?: Query, signal?: AbortSignal): Promise<T>;
  post<T>(path: string, body?: unknown, query?: Query): Promise<T>;
  put<T>(path: string, body?: unknown): Promise<T>;
  patch<T>(path: string, body?: unknown): Promise<T>;
  delete(path: string): Promise<void>;
  upload<T>(path: string, file: Blob, query?: Query): Promise<T>;
  /** Sends a text file, such as a transcript. */
  putText(path: string, text: string, type: string): Promise<void>;
  /** A file made by the server, with the name that it gives. */
  file(path: string, query?: Query): Promise<{ blob: Blob; name: string }>;
  /** Address for links and media elements, which carry the session cookie by themselves. */
  url(path: string, query?: Query): string;
}

function queryText(query?: Query): string {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(query ?? {})) {
    if (value !== undefined && value !== null && value !== '') params.set(key, String(value));
  }
  const text = params.toString();
  return text ? `?${text}` : '';
}

/** `attachment; filename*=UTF-8''%E5%80%99.xlsx` → the name; the plain `filename` where there is no other. */
export function fileName(disposition: string | null): string {
  const encoded = /filename\*=UTF-8''([^;]+)/i.exec(disposition ?? '')?.[1];
  if (encoded) {
    try {
      return decodeURIComponent(encoded.trim());
    } catch {
      // A name that is not valid is replaced by the plain one.
    }
  }
  return /filename="?([^";]+)"?/i.exec(disposition ?? '')?.[1]?.trim() ?? '';
}

export function createClient(options: ClientOptions): Client {
  const base = options.base ?? '/api/v1';
  const url = (path: string, query?: Query) => base + path + queryText(query);

  async function send(method: string, address: string, body?: BodyInit, type?: string, signal?: AbortSignal): Promise<Response> {
    const headers: Record<string, string> = {
      Accept: 'application/json, */*',
      'X-Bole-Client': options.client,
      'X-Bole-Locale': options.locale(),
      ...options.headers?.(),
    };
    if (type) headers['Content-Type'] = type;
    let response: Response;
    try {
      response = await fetch(address, { method, headers, body, signal, credentials: 'same-origin' });
    } catch (error) {
      if (signal?.aborted) throw error;
      throw new ApiProblem({ title: 'network', status: 0, code: 'network' });
    }
    if (!response.ok) {
      const problem = await problemFrom(response);
      if (problem.status === 401) options.onSignedOut?.();
      throw problem;
    }
    return response;
  }

  async function call<T>(method: string, address: string, body?: BodyInit, type?: string, signal?: AbortSignal): Promise<T> {
    const response = await send(method, address, body, type, signal);
    if (response.status === 204) return undefined as T;
    const text = await response.text();
    return (text ? JSON.parse(text) : undefined) as T;
  }

  const json = <T>(method: string, address: string, body?: unknown) =>
    call<T>(method, address, body === undefined ? undefined : JSON.stringify(body),
      body === undefined ? undefined : 'application/json');

  return {
    url,
    get: (path, query, signal) => call('GET', url(path, query), undefined, undefined, signal),
    post: (path, body, query) => json('POST', url(path, query), body),
    put: (path, body) => json('PUT', url(path), body),
    patch: (path, body) => json('PATCH', url(path), body),
    delete: (path) => call<void>('DELETE', url(path)),
    file: async (path, query) => {
      const response = await send('GET', url(path, query));
      return { blob: await response.blob(), name: fileName(response.headers.get('content-disposition')) };
    },
    putText: (path, text, type) => call<void>('PUT', url(path), text, type),
    upload: (path, file, query) =>
      call('POST', url(path, query), file,
        file.type || 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'),
  };
}
