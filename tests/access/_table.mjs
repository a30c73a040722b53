// What the access test has to know about routes: EXTEND THIS when a route is added. A route that is not covered fails the test
// and the failure says which line is missing.
import { Png } from '../e2e/_bole.mjs';

/**
 * The kind of record that a path parameter names, by the path up to and including the parameter. Every kind needs a record of its
 * own at both branches: MakeRecords in _world.mjs.
 */
export const kRecords = {
  '/assets/{id}': 'asset',
  '/audit/records/{id}': 'audit_record',
  '/candidate/answers/{id}': 'answer',
  '/candidates/{id}': 'candidate',
  '/candidates/{id}/team/{user_id}': 'mate',
  '/employees/{id}': 'employee',
  '/candidates/{id}/files/{file}': 'candidate_file',
  '/fields/{id}': 'custom_field',
  '/imports/{id}': 'import',
  '/interviews/{id}': 'interview',
  '/dimensions/{key}': 'dimension',
  '/interviews/{id}/answers/{answer_id}': 'answer',
  '/jobs/{id}': 'job',
  '/org/calendars/{id}': 'calendar',
  '/org/changes/{id}': 'change',
  '/org/nodes/{id}': 'org',
  '/plan-policies/{org_id}': 'org',
  '/plans/{id}': 'plan',
  '/positions/{id}': 'position',
  '/privacy/candidates/{id}': 'candidate',
  '/privacy/employees/{id}': 'employee',
  '/privacy/certificates/{id}': 'certificate',
  '/privacy/erasures/{id}': 'erasure',
  '/privacy/exports/{id}': 'export',
  '/privacy/holds/{id}': 'hold',
  '/privacy/requests/{id}': 'request',
  '/candidate/privacy/exports/{id}': 'export',
  '/person/data/exports/{id}': 'export',
  '/questions/{id}': 'question',
  '/scoring-models/{id}': 'scoring_model',
  '/users/{id}': 'user',
  '/users/{id}/grants/{grant_id}': 'grant',
  '/users/{id}/sessions/{session_id}': 'session',
  '/users/{id}/tokens/{token_id}': 'token',
};

/** Path parameters that name no record: a good value. */
export const kValues = {
  '/candidate/answers/{id}/parts/{part}': '0',
  '/candidate/answers/{id}/parts/{part}/pieces/{piece}': '0',
  '/candidate/stages/{key}': 'introduction',
  '/candidate/stages/{key}/media/{what}': 'prompt',
  '/competencies/{key}': 'communication',
  '/interviews/{id}/stages/{key}': 'introduction',
  '/forms/{entity}': 'candidate',
  '/questions/{id}/revisions/{revision}': '1', '/plans/{id}/revisions/{revision}': '1',
  '/grades/{key}': 'P1', '/job-families/{key}': 'teller',
  '/roles/{key}': 'interviewer',
  '/session/devices/{id}': '01ARZ3NDEKTSV4RRFFQ69G5FAV',
  '/session/tokens/{id}': '01ARZ3NDEKTSV4RRFFQ69G5FAV',
};

/** Kinds without a branch, and why. */
export const kShared = { scoring_model: 'shipped models of the whole group' };

/** The kind of record that a field of a body or a query names. */
export const kFields = {
  actor_id: 'user',
  asset_id: 'asset',
  base_plan_id: 'plan',
  calendar_id: 'calendar',
  candidate_id: 'candidate',
  interview_id: 'interview',
  employee_id: 'employee',
  manager_id: 'employee',
  node_id: 'org',
  request_id: 'request',
  target_id: 'org',
  user_id: 'user',
  manager_id: 'user',
  candidate_ids: 'candidate',
  job_id: 'job',
  job_ids: 'job',
  org_id: 'org',
  parent_id: 'org',
  plan_id: 'plan',
  position_id: 'position',
};
/** Fields that end in _id and name no record of a branch, and why. */
export const kNoRecord = {
  person_id: 'persons are of the whole group: the filter finds only employees inside the scope',
  subject_id: 'a free key of audit records: the filter finds only records inside the scope',
  related_id: 'a free key of messages: the filter finds only messages inside the scope',
};

/**
 * Good bodies where the required members of the schema alone are not one. `own` holds the ids of the caller's branch,
 * `unique` is a code that nothing has.
 */
export const kBodies = {
  'POST /assets': () => Png(),
  'POST /candidate/answers': () => ({ stage_key: 'introduction', mime_type: 'video/webm;codecs=vp8,opus' }),
  'POST /candidate/answers/{id}/finish': () => ({ parts: [{ part: 0, pieces: 1 }], duration_ms: 1000, reason: 'candidate' }),
  'POST /candidate/identity/verify': () => ({ method: 'id_number', id_number: '99010119950412001X' }),
  'POST /dimensions': (own, unique) => ({ org_id: own.org, name_zh: unique, name_en: '', description_zh: '', description_en: '' }),
  'POST /employees': (own, unique) => ({ number: unique, org_id: own.org, name: '员工', hired_on: '2026-01-05' }),
  'POST /employees/{id}/leave': () => ({ version: 1, left_on: '2026-06-30', reason: 'resignation' }),
  'POST /employees/{id}/stay': () => ({ version: 1 }),
  'POST /employees/{id}/rehire': (own, unique) => ({ number: unique, org_id: own.org, hired_on: '2026-07-01' }),
  'POST /candidates/{id}/files': (own, unique) => Buffer.from(unique),
  'POST /fields': (own) => ({ entity: 'candidate', org_id: own.org, type: 'text', title_zh: '字段' }),
  'POST /imports': () => Buffer.from('姓名\n甲\n'),
  'PUT /imports/{id}/layout': () => ({ mapping: [{ column: 'A', field: 'name' }], mode: 'partial', duplicates: 'skip' }),
  'POST /interviews': (own) => ({ candidate_ids: [own.candidate], plan_id: own.plan, channels: ['link'] }),
  'POST /interviews/{id}/extend': () => ({ days: 3 }),
  'POST /org/nodes': (own, unique) => ({ parent_id: own.org, code: unique, name: '支行', name_en: 'outlet', kind: 'outlet', city: '', zone: 'Asia/Shanghai', locale: 'zh-CN' }),
  'POST /plans': (own) => ({ org_id: own.org, name_zh: '甲', name_en: 'A', document: own.document }),
  'POST /plans/{id}/copy': (own, unique) => ({ org_id: own.org, name_zh: '副本', name_en: unique }),
  'POST /plans/{id}/reject': () => ({ version: 1, comment: 'not yet' }),
  'POST /privacy/erasures': (own) => ({ candidate_id: own.candidate, basis: 'request' }),
  'POST /privacy/exports': (own) => ({ candidate_id: own.candidate, purpose: 'dispute' }),
  'POST /privacy/holds': (own) => ({ employee_id: own.employee, reason: 'dispute' }),
  'POST /privacy/requests': (own) => ({ employee_id: own.employee, kind: 'access', content: '' }),
  'POST /privacy/consent-texts': (own) => ({ org_id: own.org, consent: 'biometric', inherits: true, locked: false }),
  'POST /questions': (own, unique) => ({ org_id: own.org, code: unique, text_zh: '请介绍自己。', text_en: 'Introduce yourself.', competency: 'communication', difficulty: 2, suggested_seconds: 90 }),
  'PUT /fields/{id}': () => ({ version: 1, title_zh: '字段' }),
  'PUT /forms/{entity}': (own) => ({ org_id: own.org, version: 0, sections: [{ key: 's1', title_zh: '甲', title_en: 'A', fields: [{ field_id: own.custom_field, forms: ['detail'] }] }] }),
  'PUT /interviews/{id}/answers/{answer_id}/transcript': () => Buffer.from('1\n00:00:00,000 --> 00:00:01,000\nHello there.\n'),
  'PUT /plans/{id}': (own) => ({ version: 1, name_zh: '甲', name_en: 'A', document: own.document }),
};

/** Routes that end or damage the session of the one who asks: asked with a throw-away account. */
export const kEndsSession = ['DELETE /session', 'DELETE /person/session', 'POST /session', 'POST /session/password'];

/** What holds in the whole group: a role at a branch reads it and cannot change it. */
export const kGroupOnly = ['PUT /competencies/{key}', 'PUT /grades/{key}', 'PUT /job-families/{key}', 'POST /roles', 'PATCH /roles/{key}', 'DELETE /roles/{key}', 'PUT /security/policy'];

/** Routes open to everybody signed in whose service asks for a permission: below the path, a role that holds it must get through. */
export const kOpenTo = { '/imports': 'candidate.import' };

/** What is in a file is only for the person who uploaded it, whatever the role. */
export const kAuthorOnly = ['PUT /imports/{id}/layout', 'POST /imports/{id}/start', 'GET /imports/{id}/problems.xlsx'];

/** Routes whose own record may be missing here, and why. */
export const kMayMiss = {
  'GET /audit/consistency': 'no signed head has the sample size',
  'GET /plans/{id}/rebase': 'the own plan follows no standard',
};

/** Lists that say the same to everybody, or are one's own. */
export const kEveryones = ['/job-families', '/roles', '/permissions', '/session/devices'];

/** Lists of the branch: an own record of this kind must be in the answer, so that an always empty list cannot pass. */
export const kLists = {
  '/candidates': 'candidate',
  '/dimensions': 'dimension',
  '/employees': 'employee',
  '/imports': 'import',
  '/interviews': 'interview',
  '/jobs': 'job',
  '/org/nodes': 'org',
  '/plans': 'plan',
  '/questions': 'question',
  '/users': 'user',
};

export function KindOf(path, parameter) {
  const until = path.slice(0, path.indexOf(`{${parameter}}`)) + `{${parameter}}`;
  if (until in kRecords) return { kind: kRecords[until] };
  if (until in kValues) return { value: kValues[until] };
  throw new Error(
    `tests/access/_table.mjs does not know what ${until} names. Add to kRecords: '${until}': '<kind>' (and the record <kind> at both `
    + `branches to MakeRecords in tests/access/_world.mjs), or to kValues when it names no record.`);
}

/** The kind of record a field names; undefined when it names none. */
export function KindOfField(name, route) {
  if (!/_ids?$/.test(name)) return undefined;
  if (name in kFields) return kFields[name];
  if (name in kNoRecord) return undefined;
  throw new Error(`tests/access/_table.mjs does not know what the field ${name} of ${route} names. Add it to kFields ('${name}': '<kind>') or, with the reason, to kNoRecord.`);
}
