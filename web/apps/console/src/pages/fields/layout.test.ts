import type { FormSection } from '@bole/api';
import { describe, expect, it } from 'vitest';
import { canMove, intoSection, movedField, sectionKey, withForms } from './layout';

const section = (key: string, ...ids: string[]): FormSection => ({ key, title_zh: key, title_en: key, fields: ids.map((field_id) => ({ field_id, forms: ['create', 'detail'] })) });
const shape = (sections: FormSection[]) => sections.map(({ key, fields }) => `${key}:${fields.map((field) => field.field_id).join('')}`).join(' ');

describe('a layout', () => {
  const start = [section('s1', 'a', 'b'), section('s2', 'c')];

  it('moves a field inside its section and over its edge', () => {
    expect(shape(movedField(start, 'b', -1))).toBe('s1:ba s2:c');
    expect(shape(movedField(start, 'b', 1))).toBe('s1:a s2:bc');
    expect(shape(movedField(start, 'c', -1))).toBe('s1:abc');
    expect(shape(start)).toBe('s1:ab s2:c');
  });

  it('knows the ends', () => {
    expect(canMove(start, 'a', -1)).toBe(false);
    expect(canMove(start, 'c', 1)).toBe(false);
    expect(canMove(start, 'c', -1)).toBe(true);
    expect(canMove(start, 'nothing', 1)).toBe(false);
  });

  it('puts a field into another section, also a new one', () => {
    expect(shape(intoSection(start, 'a', start[1]!))).toBe('s1:b s2:ca');
    expect(shape(intoSection(start, 'c', { key: sectionKey(start), title_zh: '新', title_en: 'New' }))).toBe('s1:ab s3:c');
  });

  it('says on which forms a field stands', () => {
    expect(withForms(start, 'b', ['detail'])[0]!.fields.map((field) => field.forms.length)).toEqual([2, 1]);
  });
});
