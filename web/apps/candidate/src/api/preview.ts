// The same pages without an interview: a member of staff walks through a plan. The session comes from the plan's preview,
// every answer stays in this tab, nothing is sent.
import type { CandidateApi } from './client';
import type { Request } from './http';
import type { CandidateSession, InvitationPage, Locale } from './types';

interface Taken {
  id: string;
  stage_key: string;
  started_at: string;
  attempt: number;
}

export function CreatePreviewApi(request: Request, plan_id: string, draft: boolean, locale: () => Locale): CandidateApi {
  let session: CandidateSession | undefined;
  let taken: Taken | undefined;
  const load = async (): Promise<CandidateSession> => {
    session ??= await request<CandidateSession>('GET', `/plans/${encodeURIComponent(plan_id)}/preview?locale=${locale()}&draft=${draft}`);
    session = { ...session, interview_id: `preview-${plan_id}`, preview: true };
    return session;
  };
  const move = (key: string): CandidateSession => {
    const stages = session!.stages.map((stage) => (stage.key === key ? { ...stage, state: 'answered' as const } : stage));
    const next = stages.findIndex((stage) => stage.state !== 'answered');
    session = {
      ...session!, answer: null, current_stage: next < 0 ? null : next,
      stages: stages.map((stage, index) => (index === next ? { ...stage, state: 'current' as const } : stage)),
    };
    return session;
  };
  const never = () => Promise.reject(new Error('not part of a rehearsal'));
  return {
    Invitation: async () => {
      const { state, candidate_name, company, company_en, job_name, job_name_en, language, stages, expires_at } = await load();
      return {
        state, candidate_name, company, company_en, job_name, job_name_en, language, stages: stages.length, expires_at, signed_in: true, org_name: '', org_name_en: '', plan_name_zh: '', plan_name_en: '',
        total_minutes: 0, identity_methods: [], contact: '', recorded_zh: '', recorded_en: '', why_zh: '', why_en: '', who_sees_zh: '', who_sees_en: '', deleted_after_days: 0,
      } satisfies InvitationPage;
    },
    SendCode: never,
    Verify: load,
    Session: load,
    Consent: load,
    Decline: load,
    CheckFrame: never,
    CheckUpload: () => Promise.resolve(),
    ReportEnvironment: load,
    SpeechUrl: () => '',
    OpenAnswer: (stage_key) => {
      const attempt = taken?.stage_key === stage_key ? taken.attempt + 1 : 1;
      taken = { id: `preview-${stage_key}-${attempt}`, stage_key, started_at: new Date().toISOString(), attempt };
      const stage = session?.stages.find((item) => item.key === stage_key);
      return Promise.resolve({ id: taken.id, part: 0, next_piece: 0, attempt, deadline_ms: ((stage?.time_limit_seconds ?? 120) + (stage?.grace_seconds ?? 0)) * 1000 });
    },
    PutPiece: (_, __, n, bytes) => Promise.resolve({ next_piece: n + 1, bytes: bytes.byteLength }),
    FinishAnswer: async () => (await load(), taken ? move(taken.stage_key) : session!),
    Retake: load,
    EventsUrl: () => '',
    MyData: never,
    WithdrawConsent: never,
    RequestRight: never,
    ExportUrl: () => '',
  };
}

/** `/i/preview?plan=<id>`: which plan to rehearse, if any. */
export function PlanOf(location: { pathname: string; search: string }): { id: string; draft: boolean } | undefined {
  const query = new URLSearchParams(location.search);
  const id = query.get('plan');
  return location.pathname === '/i/preview' && id ? { id, draft: query.get('draft') === 'true' } : undefined;
}
