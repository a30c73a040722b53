import type { PlanDimension, PlanStage, PlanView } from '@bole/api';

/** What the standard leaves to a derived plan, as the editor shows it; the server decides. Plans of their own: everything. */
export interface Locks {
  derived: boolean;
  /** The whole stage is the standard's. */
  stage: (stage: PlanStage) => boolean;
  texts: (stage: PlanStage) => boolean;
  prompts: (stage: PlanStage) => boolean;
  times: (stage: PlanStage) => boolean;
  local: (stage: PlanStage) => boolean;
  words: boolean;
  model: boolean;
  language: boolean;
  validDays: boolean;
  canAddStage: boolean;
  localStages: number;
  minBands: { recommend: number; reinterview: number };
  /** Where the weight of a dimension may move. */
  range: (dimension: PlanDimension) => { min: number; max: number };
  canRemove: (dimension: PlanDimension) => boolean;
}

export function rangeOf(dimension: PlanDimension): { min: number; max: number } {
  if (dimension.core && dimension.min_weight == null && dimension.max_weight == null) return { min: dimension.weight, max: dimension.weight };
  return { min: dimension.min_weight ?? 0, max: dimension.max_weight ?? 100 };
}

export function locksOf(plan: PlanView, stages: PlanStage[]): Locks {
  const { base } = plan;
  if (!base) {
    const free = () => false;
    return {
      derived: false, stage: free, texts: free, prompts: free, times: free, local: free, words: false, model: false, language: false, validDays: false, canAddStage: true, localStages: 0,
      minBands: { recommend: 0, reinterview: 0 }, range: () => ({ min: 0, max: 100 }), canRemove: () => true,
    };
  }
  const { governance: may, stage_keys: keys, dimension_keys: dimensions } = base;
  const local = (stage: PlanStage) => !keys.includes(stage.key);
  const closed = (free: boolean) => (stage: PlanStage) => stage.locked || (!free && !local(stage));
  const count = stages.filter(local).length;
  return {
    derived: true, local,
    stage: (stage) => stage.locked,
    texts: closed(may.texts), prompts: closed(may.prompts), times: closed(may.times),
    words: !may.prompts, model: true, language: !may.language, validDays: !may.valid_days,
    canAddStage: count < may.local_stages, localStages: may.local_stages - count,
    minBands: may.bands_binding ? base.bands : { recommend: 0, reinterview: 0 },
    range: (dimension) => (dimensions.includes(dimension.key) ? rangeOf(dimension) : { min: 0, max: may.max_local_share }),
    canRemove: (dimension) => !dimensions.includes(dimension.key) || (!dimension.core && (dimension.min_weight ?? 0) <= 0),
  };
}
