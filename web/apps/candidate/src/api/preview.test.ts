import { describe, expect, it } from 'vitest';
import type { Request } from './http';
import { CreatePreviewApi, PlanOf } from './preview';

const stage = (key: string, state: string) => ({ key, state, time_limit_seconds: 60, grace_seconds: 5 });
const asked: string[] = [];
const request = ((method: string, path: string) => {
  asked.push(`${method} ${path}`);
  return Promise.resolve({ state: 'in_progress', consents: [], environment_done: true, stages: [stage('intro', 'current'), stage('q1', 'pending')], current_stage: 0, interview_id: '' });
}) as unknown as Request;

describe('rehearsal', () => {
  it('walks through every stage and asks the server once', async () => {
    const api = CreatePreviewApi(request, 'p1', true, () => 'en-US');
    expect((await api.Invitation()).signed_in).toBe(true);
    expect((await api.Session()).preview).toBe(true);
    const opened = await api.OpenAnswer('intro', 'video/webm');
    expect([opened.next_piece, opened.deadline_ms]).toEqual([0, 65_000]);
    expect((await api.PutPiece(opened.id, 0, 0, new ArrayBuffer(3))).next_piece).toBe(1);
    const after = await api.FinishAnswer(opened.id, { parts: [{ part: 0, pieces: 1 }], duration_ms: 1, reason: 'candidate' });
    expect(after.stages.map((item) => item.state)).toEqual(['answered', 'current']);
    expect(after.current_stage).toBe(1);
    await api.OpenAnswer('q1', 'video/webm');
    const done = await api.FinishAnswer('x', { parts: [], duration_ms: 1, reason: 'time_limit' });
    expect(done.stages.every((item) => item.state === 'answered')).toBe(true);
    expect(done.current_stage).toBeNull();
    expect(asked).toEqual(['GET /plans/p1/preview?locale=en-US&draft=true']);
  });

  it('is found by its address only', () => {
    expect(PlanOf({ pathname: '/i/preview', search: '?plan=a' })).toEqual({ id: 'a', draft: false });
    expect(PlanOf({ pathname: '/i/preview', search: '?plan=a&draft=true' })).toEqual({ id: 'a', draft: true });
    expect(PlanOf({ pathname: '/i/preview', search: '' })).toBeUndefined();
    expect(PlanOf({ pathname: '/i/token', search: '?plan=a' })).toBeUndefined();
  });
});
