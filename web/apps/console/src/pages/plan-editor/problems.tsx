import type { ProblemError } from '@bole/api';
import { Form } from 'antd';
import { cloneElement, createContext, use, useId, type ReactElement, type ReactNode } from 'react';
import { place } from './draft';

export const ProblemsContext = createContext<ProblemError[]>([]);

/** The message at one place of the plan, if any. */
export function useProblem(pointer: string): string | undefined {
  return use(ProblemsContext).find((problem) => place(problem.pointer) === pointer)?.message;
}

/** Whether anything below a place is wrong; for closed cards. */
export function useHasProblem(prefix: string): boolean {
  return use(ProblemsContext).some((problem) => `${place(problem.pointer)}/`.startsWith(`${prefix}/`));
}

/** A labelled field that shows the problem of its place. */
export function Field({ at, label, hint, children }: { at: string; label: string; hint?: ReactNode; children: ReactElement<{ id?: string }> }) {
  const problem = useProblem(at);
  const id = useId();
  return (
    <Form.Item label={label} htmlFor={id} extra={hint} validateStatus={problem ? 'error' : undefined} help={problem} className="field">
      {cloneElement(children, { id })}
    </Form.Item>
  );
}

export function ProblemLine({ at }: { at: string }) {
  const problem = useProblem(at);
  return problem ? <p className="problem-line" role="alert">{problem}</p> : null;
}
