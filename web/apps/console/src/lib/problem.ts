import { ApiProblem } from '@bole/api';
import type { FormInstance } from 'antd';
import type { TFunction } from 'i18next';

/** The server's own words where it answered; ours where it could not. */
export function problemText(problem: unknown, t: TFunction): { title: string; detail: string } {
  if (!(problem instanceof ApiProblem)) return { title: t('error.unexpected'), detail: t('error.unexpected_detail') };
  if (problem.code === 'network') return { title: t('error.network'), detail: t('error.network_detail') };
  if (problem.code.startsWith('http.')) {
    return { title: t('error.http', { status: problem.status }), detail: t('error.unexpected_detail') };
  }
  return { title: problem.message, detail: problem.detail === problem.message ? '' : problem.detail };
}

/** `/grants/0/role` → ['grants', 0, 'role'] */
export function pointerPath(pointer: string): (string | number)[] {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => part.replace(/~1/g, '/').replace(/~0/g, '~'))
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part));
}

/** Shows each error at its field. Returns false when some error has no field, so that it is shown elsewhere. */
export function showAtFields(form: FormInstance, problem: ApiProblem): boolean {
  if (problem.errors.length === 0) return false;
  let all = true;
  const shown = new Set(form.getFieldsError().map((field) => JSON.stringify(field.name)));
  for (const error of problem.errors) {
    const name = pointerPath(error.pointer);
    if (name.length > 0 && shown.has(JSON.stringify(name))) {
      form.setFields([{ name: name as never, errors: [error.message] }]);
    } else {
      all = false;
    }
  }
  return all;
}
