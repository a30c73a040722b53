import type { ImportColumn, ImportFileColumn } from '@bole/api';
import { describe, expect, it } from 'vitest';
import { choose, missing, startMapping, toChoices } from './layout';

const column = (key: string, required = false): ImportColumn => ({ key, title: key, help: '', type: 'text', required, example: '' });
const file = (letter: string, field: string): ImportFileColumn => ({ column: letter, title: letter, field, samples: [] });

describe('the mapping of a table', () => {
  it('starts with what the server guessed', () => {
    expect(startMapping([file('A', 'name'), file('B', '')])).toEqual({ A: 'name' });
  });

  it('gives a field to one column only', () => {
    expect(choose({ A: 'name', B: 'phone' }, 'C', 'name')).toEqual({ B: 'phone', C: 'name' });
    expect(choose({ A: 'name', B: 'phone' }, 'A', '')).toEqual({ B: 'phone' });
  });

  it('names the required fields that are missing', () => {
    const columns = [column('name', true), column('code', true), column('note')];
    expect(missing(columns, { A: 'code' }).map(({ key }) => key)).toEqual(['name']);
    expect(missing(columns, { A: 'code', B: 'name' })).toEqual([]);
  });

  it('is sent as a list', () => {
    expect(toChoices({ A: 'name' })).toEqual([{ column: 'A', field: 'name' }]);
  });
});
