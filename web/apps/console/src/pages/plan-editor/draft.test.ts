import type { PlanDocument } from '@bole/api';
import { describe, expect, it } from 'vitest';
import { freeKey, moved, newStage, place, quickProblems, stageShare, withQuestion, type Draft } from './draft';

const document: PlanDocument = {
  kind: 'structured', language: 'candidate', bands: { recommend: 7.5, reinterview: 6 },
  dimensions: [{ key: 'communication', name_zh: '沟通', name_en: 'Communication', weight: 60, core: false }, { key: 'logic', name_zh: '逻辑', name_en: 'Logic', weight: 40, core: false }],
  stages: [], welcome_zh: '', welcome_en: '', closing_zh: '', closing_en: '', valid_days: 7, retention_days: 180,
};
const stage = { ...newStage('question', document), title_en: 'One', question_en: 'Why?' };
const draft: Draft = { name_zh: '', name_en: 'Plan', job_id: null, document: { ...document, stages: [stage] } };
const codes = (value: Draft) => quickProblems(value, (key) => key).map((problem) => `${problem.pointer} ${problem.code}`);

describe('plan draft', () => {
  it('is complete with a name, a stage and weights of 100', () => {
    expect(codes(draft)).toEqual([]);
  });

  it('reports weights of 99 at the dimensions', () => {
    const dimensions = [{ ...document.dimensions[0]!, weight: 59 }, document.dimensions[1]!];
    expect(codes({ ...draft, document: { ...draft.document, dimensions } })).toEqual(['/dimensions plan.weights']);
  });

  it('reports an empty stage at its fields', () => {
    const stages = [stage, { ...newStage('question', draft.document), weight: 0 }];
    expect(codes({ ...draft, document: { ...draft.document, stages: [stage, { ...stages[1]!, question_id: 'q' }] } })).toEqual([]);
    expect(codes({ ...draft, document: { ...draft.document, stages } })).toEqual(['/stages/1/question_zh required']);
  });

  it('wants the bands in order', () => {
    expect(codes({ ...draft, document: { ...draft.document, bands: { recommend: 6, reinterview: 6 } } })).toEqual(['/bands plan.bands']);
  });

  it('gives a new stage a key that is not used, and shares of the total', () => {
    expect(freeKey([stage, { ...stage, key: 's3' }])).toBe('s2');
    const stages = [{ ...stage, weight: 1 }, { ...stage, weight: 3 }];
    expect(stages.map((item) => stageShare(item, stages))).toEqual([0.25, 0.75]);
    expect(stageShare({ ...stage, weight: 0 }, [{ ...stage, weight: 0 }])).toBe(0);
  });

  it('takes title, time and dimension from the bank and keeps what was written', () => {
    const question = { id: 'q', revision: 4, text_zh: '题', text_en: 'Q', competency: 'logic', suggested_seconds: 90 } as never;
    const filled = withQuestion(stage, question, document, { zh: '逻辑', en: 'Logic' });
    expect(filled).toMatchObject({ question_id: 'q', question_revision: 4, question_zh: '', title_en: 'One', title_zh: '逻辑', time_limit_seconds: 90, dimensions: ['logic'] });
  });

  it('moves stages and finds the place of a pointer', () => {
    expect(moved(['a', 'b', 'c'], 0, 2)).toEqual(['b', 'c', 'a']);
    expect(place('/document/stages/0/weight')).toBe('/stages/0/weight');
    expect(place('/documents')).toBe('/documents');
  });
});
