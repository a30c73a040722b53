import type { ApiProblem } from '@bole/api';

/** The half-done sign-in has ended: only the beginning helps. */
export function isOver(problem: ApiProblem): boolean {
  return problem.code === 'session.begin_again' || problem.code === 'session.locked';
}
