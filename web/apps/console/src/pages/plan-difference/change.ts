import type { PlanChange } from '@bole/api';

export interface Place {
  /** Key of the stage, for places of a stage. */
  stage?: string;
  /** What changed: a field of the stage or of the plan; `whole` for a stage that is there or not. */
  field: string;
}

/** `/stages/q1/weight` → the stage q1, its field `weight`; `/bands/recommend` → `bands_recommend`. */
export function placeOf(path: string): Place {
  const [, first = '', second, third] = path.split('/');
  if (first === 'stages') return { stage: second, field: third ?? 'whole' };
  return { field: second ? `${first}_${second}` : first };
}

export interface Choices {
  [path: string]: 'standard' | 'mine';
}

/** Locked places decide themselves; of the rest each needs a choice. */
export function open(changes: PlanChange[], choices: Choices): PlanChange[] {
  return changes.filter((change) => change.kind === 'conflict' && !change.locked && !choices[change.path]);
}

export function asInput(changes: PlanChange[], choices: Choices) {
  return changes
    .filter((change) => change.kind === 'conflict')
    .map((change) => ({ path: change.path, take: change.locked ? ('standard' as const) : (choices[change.path] ?? 'standard') }));
}

/** Standard changes first need nothing; people look for what they have to decide. */
export function grouped(changes: PlanChange[]): { kind: PlanChange['kind']; items: PlanChange[] }[] {
  return (['conflict', 'standard', 'local'] as const)
    .map((kind) => ({ kind, items: changes.filter((change) => change.kind === kind) }))
    .filter((group) => group.items.length > 0);
}
