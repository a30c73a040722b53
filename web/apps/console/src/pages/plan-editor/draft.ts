import type { PlanDocument, PlanStage, PlanView, ProblemError, QuestionView } from '@bole/api';
import { weightSum } from '../../lib/weights';

/** What the editor holds: everything a person can change. */
export interface Draft {
  name_zh: string;
  name_en: string;
  job_id: string | null;
  document: PlanDocument;
}

export function draftOf(plan: PlanView): Draft {
  return { name_zh: plan.name_zh, name_en: plan.name_en, job_id: plan.job_id ?? null, document: plan.document };
}

/** The first free key of the form s1, s2, …; keys never change, because answers refer to them. */
export function freeKey(stages: PlanStage[]): string {
  for (let number = 1; ; number += 1) {
    if (!stages.some((stage) => stage.key === `s${number}`)) return `s${number}`;
  }
}

export function newStage(kind: PlanStage['kind'], document: PlanDocument): PlanStage {
  return {
    key: freeKey(document.stages), kind, title_zh: '', title_en: '', question_zh: '', question_en: '',
    prompt_zh: '', prompt_en: '', preparation_seconds: kind === 'introduction' ? 30 : 60, time_limit_seconds: 120, grace_seconds: 10, retakes: 0,
    dimensions: [], weight: 1, locked: false,
  };
}

/**
 * The stage with a question of the bank put in. Its own text stays empty: then the text of the revision that is pinned when
 * the plan is published is asked, and it always fits the rubric.
 */
export function withQuestion(stage: PlanStage, question: QuestionView, document: PlanDocument, title: { zh: string; en: string }): PlanStage {
  const known = document.dimensions.some((dimension) => dimension.key === question.competency);
  return {
    ...stage,
    question_id: question.id, question_revision: question.revision, question_zh: '', question_en: '',
    title_zh: stage.title_zh || title.zh, title_en: stage.title_en || title.en,
    time_limit_seconds: question.suggested_seconds || stage.time_limit_seconds,
    dimensions: stage.dimensions.length > 0 || !known ? stage.dimensions : [question.competency],
  };
}

export function moved<T>(items: T[], from: number, to: number): T[] {
  const next = [...items];
  const [item] = next.splice(from, 1);
  if (item !== undefined) next.splice(to, 0, item);
  return next;
}

/** The part of the total that a stage decides; stage weights are relative to each other. */
export function stageShare(stage: PlanStage, stages: PlanStage[]): number {
  const sum = stages.reduce((total, item) => total + item.weight, 0);
  return sum > 0 ? stage.weight / sum : 0;
}

/** Where the editor shows a problem: `/document/stages/0/weight` and `/stages/0/weight` are the same place. */
export function place(pointer: string): string {
  return pointer.replace(/^\/document(?=\/|$)/, '');
}

type Say = (key: string) => string;

/** What can be seen without asking the server; it checks again, and more. */
export function quickProblems(draft: Draft, say: Say): ProblemError[] {
  const problems: ProblemError[] = [];
  const add = (pointer: string, code: string, message: string) => problems.push({ pointer, code, message });
  const { dimensions, stages, bands } = draft.document;
  if (!draft.name_zh.trim() && !draft.name_en.trim()) add('/name_zh', 'required', say('plan_problem.no_name'));
  if (dimensions.length === 0) add('/dimensions', 'plan.no_dimensions', say('plan_problem.no_dimensions'));
  else if (weightSum(dimensions.map((dimension) => dimension.weight)) !== 100) add('/dimensions', 'plan.weights', say('plan_problem.weights'));
  dimensions.forEach((dimension, index) => {
    if (!(dimension.weight > 0)) add(`/dimensions/${index}/weight`, 'plan.weight', say('plan_problem.weight'));
  });
  if (stages.length === 0) add('/stages', 'plan.no_stages', say('plan_problem.no_stages'));
  else if (weightSum(stages.map((stage) => stage.weight)) <= 0) add('/stages', 'plan.stage_weights', say('plan_problem.stage_weights'));
  stages.forEach((stage, index) => {
    if (stage.kind === 'question' && !stage.question_id && !stage.question_zh.trim() && !stage.question_en.trim()) add(`/stages/${index}/question_zh`, 'required', say('plan_problem.no_text'));
  });
  if (bands.reinterview >= bands.recommend) add('/bands', 'plan.bands', say('plan_problem.bands'));
  return problems;
}
