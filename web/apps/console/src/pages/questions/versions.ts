import type { QuestionView } from '@bole/api';

export const comparedFields = [
  'text_zh', 'text_en', 'asset_id', 'family', 'jobs', 'competency', 'difficulty', 'suggested_seconds', 'points', 'anchors', 'model_answer',
] as const;
export type ComparedField = (typeof comparedFields)[number];

function valueOf(question: QuestionView, field: ComparedField): unknown {
  if (field === 'points' || field === 'anchors') return question.rubric[field];
  if (field === 'model_answer') return [question.rubric.model_answer_zh, question.rubric.model_answer_en];
  if (field === 'jobs') return question.jobs.map((job) => job.id).sort();
  return question[field] ?? null;
}

/** Where two versions of a question differ, in the order of the editor. */
export function changedFields(former: QuestionView, now: QuestionView): ComparedField[] {
  return comparedFields.filter((field) => JSON.stringify(valueOf(former, field)) !== JSON.stringify(valueOf(now, field)));
}
