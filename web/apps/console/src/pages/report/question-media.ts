import type { AnswerReport } from '@bole/api';

/** What the question of an answer showed beside its words; reports of older servers say nothing. */
export function shownKind(answer: Partial<Pick<AnswerReport, 'question_kind'>>): 'picture' | 'video' | undefined {
  return answer.question_kind === 'picture' || answer.question_kind === 'video' ? answer.question_kind : undefined;
}
