import type { Request } from './http';
import type {
  CandidateSession,
  CodeSent,
  EnvironmentReport,
  FinishAnswer,
  FrameAdvice,
  IdentityMethod,
  InvitationPage,
  Locale,
  MyData,
  OpenedAnswer,
  PieceAck,
  RightKind,
} from './types';

/** What a person can do about his own data. */
export interface OwnDataApi {
  MyData(): Promise<MyData>;
  WithdrawConsent(consent: string, interview_id: string): Promise<MyData>;
  RequestRight(kind: RightKind, content: string): Promise<unknown>;
  ExportUrl(id: string): string;
}

/** The way to one's data without an invitation: a link to an address that is known. */
export interface PersonApi extends OwnDataApi {
  AskForLink(address: string): Promise<{ minutes: number }>;
  OpenLink(token: string): Promise<MyData>;
  Leave(): Promise<void>;
}

/** What the pages need from the server. The preview implements the same interface without a server. */
export interface CandidateApi extends OwnDataApi {
  Invitation(): Promise<InvitationPage>;
  SendCode(method: IdentityMethod): Promise<CodeSent>;
  Verify(body: { method: IdentityMethod; code?: string; id_number?: string }): Promise<CandidateSession>;
  Session(): Promise<CandidateSession>;
  Consent(given: { key: string; version: string | number; granted: boolean }[]): Promise<CandidateSession>;
  Decline(body: { reason: string; want_person: boolean }): Promise<CandidateSession>;
  CheckFrame(jpeg: Blob): Promise<FrameAdvice>;
  CheckUpload(bytes: ArrayBuffer): Promise<void>;
  ReportEnvironment(report: EnvironmentReport): Promise<CandidateSession>;
  /** The server's voice: prompt and question, or the question alone where the prompt is a recording. */
  SpeechUrl(stage_key: string, locale: Locale, question_only?: boolean): string;
  OpenAnswer(stage_key: string, mime_type: string): Promise<OpenedAnswer>;
  PutPiece(answer_id: string, part: number, n: number, bytes: ArrayBuffer): Promise<PieceAck>;
  FinishAnswer(answer_id: string, body: FinishAnswer): Promise<CandidateSession>;
  Retake(answer_id: string): Promise<CandidateSession>;
  EventsUrl(): string;
}

// A piece of 1-2 s must also get through a line of a few kbit/s.
const kPieceTimeoutMs = 60_000;

export function CreateCandidateApi(request: Request): CandidateApi {
  const answer = (id: string) => `/candidate/answers/${encodeURIComponent(id)}`;
  return {
    Invitation: () => request('GET', '/candidate/invitation'),
    SendCode: (method) => request('POST', '/candidate/identity/code', { json: { method } }),
    Verify: (body) => request('POST', '/candidate/identity/verify', { json: body }),
    Session: () => request('GET', '/candidate/session'),
    Consent: (given) => request('POST', '/candidate/consents', { json: { given } }),
    Decline: (body) => request('POST', '/candidate/decline', { json: body }),
    CheckFrame: (jpeg) => request('POST', '/candidate/environment/frame', { body: jpeg, content_type: 'image/jpeg' }),
    CheckUpload: (bytes) =>
      request('POST', '/candidate/environment/upload', { body: bytes, content_type: 'application/octet-stream', timeout_ms: 30_000 }),
    ReportEnvironment: (report) => request('POST', '/candidate/environment', { json: report }),
    SpeechUrl: (stage_key, locale, question_only) =>
      `/api/v1/candidate/stages/${encodeURIComponent(stage_key)}/speech?locale=${locale}${question_only ? '&what=question' : ''}`,
    OpenAnswer: (stage_key, mime_type) => request('POST', '/candidate/answers', { json: { stage_key, mime_type } }),
    PutPiece: (id, part, n, bytes) =>
      request('PUT', `${answer(id)}/parts/${part}/pieces/${n}`, {
        body: bytes,
        content_type: 'application/octet-stream',
        timeout_ms: kPieceTimeoutMs,
      }),
    FinishAnswer: (id, body) => request('POST', `${answer(id)}/finish`, { json: body }),
    Retake: (id) => request('POST', `${answer(id)}/retake`, { json: {} }),
    EventsUrl: () => '/api/v1/candidate/events',
    ...OwnData(request, '/candidate/privacy'),
  };
}

function OwnData(request: Request, path: string): OwnDataApi {
  return {
    MyData: () => request('GET', path),
    WithdrawConsent: (consent, interview_id) => request('POST', `${path}/withdraw`, { json: { consent, interview_id } }),
    RequestRight: (kind, content) => request('POST', `${path}/requests`, { json: { kind, content } }),
    ExportUrl: (id) => `/api/v1${path}/exports/${encodeURIComponent(id)}/file`,
  };
}

export function CreatePersonApi(request: Request): PersonApi {
  return {
    AskForLink: (address) => request('POST', '/person/link', { json: { address } }),
    OpenLink: (token) => request('POST', '/person/session', { json: { token } }),
    Leave: () => request('DELETE', '/person/session'),
    ...OwnData(request, '/person/data'),
  };
}
