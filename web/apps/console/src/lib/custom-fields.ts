import type { CustomFieldView, CustomValues, FormKind, FormView } from '@bole/api';
import dayjs, { type Dayjs } from 'dayjs';

/** One field as a form shows it, in its section. */
export interface FormPart {
  key: string;
  title_zh: string;
  title_en: string;
  fields: CustomFieldView[];
}

/** The sections of a form with the fields that stand on it; empty sections are left out. */
export function partsOf(form: FormView | undefined, kind: FormKind): FormPart[] {
  if (!form) return [];
  const byId = new Map(form.fields.map((field) => [field.id, field]));
  return form.sections
    .map(({ fields, ...section }) => ({
      ...section,
      fields: fields.filter((placed) => placed.forms.includes(kind)).flatMap((placed) => byId.get(placed.field_id) ?? []),
    }))
    .filter((section) => section.fields.length > 0);
}

export const isSensitive = (field: CustomFieldView) => field.sensitive !== 'none';

/** What the controls start with. Sensitive values are never filled in: what is left empty stays as it is. */
export function toControls(fields: CustomFieldView[], values: CustomValues | undefined): CustomValues {
  const out: CustomValues = {};
  for (const field of fields) {
    const value = values ? (isSensitive(field) ? undefined : values[field.key]) : (field.default_value ?? undefined);
    if (value === undefined || value === null) continue;
    out[field.key] = field.type === 'date' ? dayjs(String(value)) : value;
  }
  return out;
}

/** The member `custom` of a body. Without `before` it is a new record, and nothing is sent for what is empty. */
export function toBody(fields: CustomFieldView[], controls: CustomValues | undefined, before: CustomValues | undefined): CustomValues | undefined {
  const out: CustomValues = {};
  for (const field of fields) {
    const raw = controls?.[field.key];
    const empty = raw === undefined || raw === null || raw === '' || (Array.isArray(raw) && raw.length === 0);
    if (empty) {
      if (before ? before[field.key] !== undefined && !isSensitive(field) : (field.default_value ?? null) !== null) out[field.key] = null;
      continue;
    }
    out[field.key] = field.type === 'date' ? (raw as Dayjs).format('YYYY-MM-DD') : raw;
  }
  return Object.keys(out).length > 0 ? out : undefined;
}

/** What a filter of a list can offer. */
export function filterable(form: FormView | undefined): CustomFieldView[] {
  return (form?.fields ?? []).filter((field) => field.filterable && field.state === 'active');
}
