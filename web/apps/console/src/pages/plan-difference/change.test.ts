import type { PlanChange } from '@bole/api';
import { describe, expect, it } from 'vitest';
import { asInput, grouped, open, placeOf } from './change';

const change = (path: string, kind: PlanChange['kind'], locked = false) => ({ path, kind, locked, title_zh: '', title_en: '', before: 1, after: 2, mine: 3 }) as PlanChange;
const changes = [change('/bands/recommend', 'standard'), change('/stages/q1/weight', 'conflict'), change('/stages/q2/question_zh', 'conflict', true), change('/welcome_zh', 'local')];

describe('plan difference', () => {
  it('finds the stage and the field of a path', () => {
    expect(placeOf('/stages/q1/time_limit_seconds')).toEqual({ stage: 'q1', field: 'time_limit_seconds' });
    expect(placeOf('/stages/q1')).toEqual({ stage: 'q1', field: 'whole' });
    expect(placeOf('/bands/recommend')).toEqual({ field: 'bands_recommend' });
    expect(placeOf('/stage_order')).toEqual({ field: 'stage_order' });
  });

  it('asks for a choice only where there is one', () => {
    expect(open(changes, {}).map((item) => item.path)).toEqual(['/stages/q1/weight']);
    expect(open(changes, { '/stages/q1/weight': 'mine' })).toEqual([]);
  });

  it('takes the standard where it is locked', () => {
    expect(asInput(changes, { '/stages/q1/weight': 'mine', '/stages/q2/question_zh': 'mine' })).toEqual([
      { path: '/stages/q1/weight', take: 'mine' }, { path: '/stages/q2/question_zh', take: 'standard' },
    ]);
  });

  it('shows conflicts first', () => {
    expect(grouped(changes).map((group) => [group.kind, group.items.length])).toEqual([['conflict', 2], ['standard', 1], ['local', 1]]);
  });
});
