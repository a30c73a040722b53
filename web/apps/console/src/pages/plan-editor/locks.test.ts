import type { PlanDimension, PlanStage, PlanView } from '@bole/api';
import { describe, expect, it } from 'vitest';
import { locksOf, rangeOf } from './locks';

const stage = (key: string, locked = false) => ({ key, locked }) as PlanStage;
const governance = { local_stages: 2, max_local_share: 30, texts: false, prompts: true, times: false, language: false, valid_days: true, bands_binding: true, adopt_days: 30 };
const base = { governance, bands: { recommend: 7, reinterview: 5 }, stage_keys: ['q1', 'q2'], dimension_keys: ['integrity', 'logic'] };
const plan = { base } as unknown as PlanView;

describe('locks of a derived plan', () => {
  it('leaves a plan of its own free', () => {
    const locks = locksOf({} as PlanView, []);
    expect([locks.derived, locks.canAddStage, locks.model, locks.texts(stage('q1', true))]).toEqual([false, true, false, false]);
  });

  it('closes locked stages, and in free ones what the standard keeps', () => {
    const locks = locksOf(plan, []);
    expect([locks.texts(stage('q1', true)), locks.prompts(stage('q1', true)), locks.times(stage('q1', true))]).toEqual([true, true, true]);
    expect([locks.texts(stage('q2')), locks.prompts(stage('q2')), locks.times(stage('q2'))]).toEqual([true, false, true]);
    expect([locks.texts(stage('mine')), locks.local(stage('mine'))]).toEqual([false, true]);
  });

  it('closes what the standard settles for the whole plan', () => {
    const locks = locksOf(plan, []);
    expect([locks.language, locks.validDays, locks.model]).toEqual([true, false, true]);
  });

  it('counts the own stages', () => {
    expect(locksOf(plan, [stage('q1'), stage('a')]).localStages).toBe(1);
    expect(locksOf(plan, [stage('a'), stage('b')]).canAddStage).toBe(false);
  });

  it('says where a weight may move', () => {
    const locks = locksOf(plan, []);
    const dimension = (key: string, rest = {}) => ({ key, weight: 30, core: false, ...rest }) as PlanDimension;
    expect(rangeOf(dimension('x', { core: true }))).toEqual({ min: 30, max: 30 });
    expect(locks.range(dimension('integrity', { core: true, min_weight: 25, max_weight: 40 }))).toEqual({ min: 25, max: 40 });
    expect(locks.range(dimension('mine'))).toEqual({ min: 0, max: 30 });
    expect([locks.canRemove(dimension('integrity', { core: true })), locks.canRemove(dimension('logic')), locks.canRemove(dimension('mine'))]).toEqual([false, true, true]);
  });
});
