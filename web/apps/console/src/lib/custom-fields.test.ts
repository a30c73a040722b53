import type { CustomFieldView, FormView } from '@bole/api';
import dayjs from 'dayjs';
import { describe, expect, it } from 'vitest';
import { partsOf, toBody, toControls } from './custom-fields';

const field = (key: string, more: Partial<CustomFieldView> = {}): CustomFieldView => ({
  id: key, entity: 'candidate', org_id: 'o', org_name: 'O', key, type: 'text', title_zh: key, title_en: key, hint_zh: '', hint_en: '', required: false,
  options: [], default_value: null, sensitive: 'none', filterable: false, state: 'active', may_edit: true, version: 1, created_at: '2026-01-01T00:00:00.000Z', ...more,
});

describe('custom fields', () => {
  const fields = [field('a'), field('day', { type: 'date' }), field('secret', { sensitive: 'contact' }), field('d', { default_value: 'x' })];

  it('start with the values of a record, never with secrets, and with defaults for a new one', () => {
    const controls = toControls(fields, { a: '1', day: '2026-02-03', secret: 'E****78' });
    expect(Object.keys(controls)).toEqual(['a', 'day']);
    expect(dayjs.isDayjs(controls.day)).toBe(true);
    expect(toControls(fields, undefined)).toEqual({ d: 'x' });
  });

  it('send what a person entered, and nothing for a secret that was left alone', () => {
    const before = { a: '1', secret: 'E****78' };
    expect(toBody(fields, { a: '', day: dayjs('2026-02-03') }, before)).toEqual({ a: null, day: '2026-02-03' });
    expect(toBody(fields, { a: '1', secret: 'E999' }, before)).toEqual({ a: '1', secret: 'E999' });
    expect(toBody(fields, {}, {})).toBeUndefined();
    expect(toBody(fields, {}, undefined)).toEqual({ d: null });
  });

  it('stand on the form they were placed on', () => {
    const form = { fields, sections: [
      { key: 's1', title_zh: '', title_en: '', fields: [{ field_id: 'a', forms: ['detail'] }, { field_id: 'd', forms: ['create', 'detail'] }] },
      { key: 's2', title_zh: '', title_en: '', fields: [{ field_id: 'day', forms: ['detail'] }] },
    ] } as unknown as FormView;
    expect(partsOf(form, 'create').map((part) => part.fields.map((item) => item.key))).toEqual([['d']]);
    expect(partsOf(form, 'detail')).toHaveLength(2);
    expect(partsOf(undefined, 'detail')).toEqual([]);
  });
});
