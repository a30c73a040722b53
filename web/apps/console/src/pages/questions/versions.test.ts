import type { QuestionView } from '@bole/api';
import { expect, test } from 'vitest';
import { changedFields } from './versions';

const question: QuestionView = {
  id: '1', org_id: '1', code: 'Q', revision: 1, text_zh: '为什么？', text_en: '', kind: 'text', family: 'general', competency: 'logic', difficulty: 3, suggested_seconds: 120,
  rubric: { points: [{ key: 'a', text_zh: '因为', text_en: '', synonyms: [], weight: 1 }], anchors: [], model_answer_zh: '', model_answer_en: '' },
  shipped: false, status: 'active', version: 1, created_at: '2026-01-01T00:00:00Z', updated_at: '2026-01-01T00:00:00Z', jobs: [],
};

test('only what differs is named, in the order of the editor', () => {
  const now: QuestionView = {
    ...question, revision: 2, version: 5, updated_at: '2026-02-01T00:00:00Z', difficulty: 4,
    jobs: [{ id: 'j', code: 'T1', name: '柜员', name_en: '' }],
    rubric: { ...question.rubric, model_answer_en: 'Because.', points: [{ ...question.rubric.points[0]!, weight: 2 }] },
  };
  expect(changedFields(question, now)).toEqual(['jobs', 'difficulty', 'points', 'model_answer']);
  expect(changedFields(question, { ...question, revision: 2 })).toEqual([]);
});
