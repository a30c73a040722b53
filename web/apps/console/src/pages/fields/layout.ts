import type { FormKind, FormSection } from '@bole/api';

/** Pure changes of a unit's own layout. */
export function placeOf(sections: FormSection[], fieldId: string): { section: number; index: number } | null {
  for (const [section, { fields }] of sections.entries()) {
    const index = fields.findIndex((field) => field.field_id === fieldId);
    if (index >= 0) return { section, index };
  }
  return null;
}

const copy = (sections: FormSection[]): FormSection[] => sections.map((section) => ({ ...section, fields: [...section.fields] }));
const filled = (sections: FormSection[]) => sections.filter((section) => section.fields.length > 0);

/** One place up (-1) or down (+1); at the edge of a section it enters the next one. */
export function movedField(sections: FormSection[], fieldId: string, by: -1 | 1): FormSection[] {
  const place = placeOf(sections, fieldId);
  if (!place) return sections;
  const out = copy(sections);
  const from = out[place.section]!;
  const to = place.index + by;
  const [field] = from.fields.splice(place.index, 1);
  if (to >= 0 && to <= from.fields.length) {
    from.fields.splice(to, 0, field!);
    return out;
  }
  const next = out[place.section + by];
  if (!next) return sections;
  if (by < 0) next.fields.push(field!);
  else next.fields.unshift(field!);
  return filled(out);
}

export function canMove(sections: FormSection[], fieldId: string, by: -1 | 1): boolean {
  return movedField(sections, fieldId, by) !== sections;
}

/** To the end of a section, which is made when it is not there. */
export function intoSection(sections: FormSection[], fieldId: string, target: Omit<FormSection, 'fields'>): FormSection[] {
  const place = placeOf(sections, fieldId);
  if (!place) return sections;
  const out = copy(sections);
  const [field] = out[place.section]!.fields.splice(place.index, 1);
  const existing = out.find((section) => section.key === target.key);
  if (existing) existing.fields.push(field!);
  else out.push({ ...target, fields: [field!] });
  return filled(out);
}

export function withForms(sections: FormSection[], fieldId: string, forms: FormKind[]): FormSection[] {
  return sections.map((section) => ({
    ...section,
    fields: section.fields.map((field) => (field.field_id === fieldId ? { ...field, forms } : field)),
  }));
}

/** A key that no section has, for a title in any language. */
export function sectionKey(sections: FormSection[]): string {
  const taken = new Set(sections.map((section) => section.key));
  for (let n = 1; ; ++n) if (!taken.has(`s${n}`)) return `s${n}`;
}
