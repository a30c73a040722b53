import type { Problem, ProblemError } from './types';

/** An error answer of the server (RFC 9457), or code `network` when no answer came at all. */
export class ApiProblem extends Error {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly errors: ProblemError[];
  readonly params: Record<string, unknown>;
  readonly requestId: string;

  constructor(problem: Problem) {
    super(problem.title);
    this.name = 'ApiProblem';
    this.status = problem.status;
    this.code = problem.code;
    this.detail = problem.detail ?? '';
    this.errors = problem.errors ?? [];
    this.params = problem.params ?? {};
    this.requestId = problem.request_id ?? '';
  }
}

export async function problemFrom(response: Response): Promise<ApiProblem> {
  const type = response.headers.get('content-type') ?? '';
  if (type.includes('json')) {
    try {
      const body = (await response.json()) as Partial<Problem>;
      return new ApiProblem({
        title: body.title ?? response.statusText,
        status: body.status ?? response.status,
        code: body.code ?? `http.${response.status}`,
        detail: body.detail,
        errors: body.errors,
        params: body.params,
        request_id: body.request_id,
      });
    } catch {
      // A body that is not JSON after all is reported by its status below.
    }
  }
  return new ApiProblem({ title: response.statusText, status: response.status, code: `http.${response.status}` });
}
