// Two branches that must not see each other, with one record of every kind at each, and somebody of every shipped role at the first.
import { Client, IdNumber, Png, Silence, StartBole, Until } from '../e2e/_bole.mjs';
import { InOwnData, Interviewed } from '../e2e/_candidate.mjs';
import { Unzipped } from '../e2e/_zip.mjs';

export const kForeignMark = '外域机密';
export const kAsideMark = '他人跟进';
const kPassword = 'a long password 2026';
const kBytes = { 'Content-Type': 'application/octet-stream' };

/** Both branches hold the same kinds; the names of one carry a mark that nobody of the other may ever read. */
async function MakeRecords(world, side, mark) {
  const { bole, hq, admin, root, template } = world;
  const code = side === 'own' ? 'ACC-OWN' : 'ACC-FOREIGN';
  const name = (what) => `${mark}${what}`;
  const node = await hq.Must('POST', '/org/nodes', {
    parent_id: root.id, code, name: name('分行'), name_en: `${mark} branch`, kind: 'branch', city: '', zone: 'Asia/Shanghai', locale: 'zh-CN',
  });
  const org = node.id;
  const job = await hq.Must('POST', '/jobs', { org_id: org, code, name: name('岗位') });
  const picture = await hq.Must('POST', `/assets?org_id=${org}&name=${encodeURIComponent(name('图'))}.png`, Png(), kBytes);
  const question = await hq.Must('POST', '/questions', { org_id: org, code, text_zh: name('请介绍自己。'), text_en: `${mark} question`, kind: 'picture', asset_id: picture.id, competency: 'communication', difficulty: 2, suggested_seconds: 90 });
  const dimension = await hq.Must('POST', '/dimensions', { org_id: org, key: `acc-${side}`, name_zh: name('维度'), name_en: `${mark} dimension`, description_zh: '', description_en: '' });
  const asset = await hq.Must('POST', `/assets?org_id=${org}&name=${encodeURIComponent(name('录音'))}.wav`, Silence(), kBytes);
  const document = { ...template.document, stages: template.document.stages.slice(0, 1).map((stage) => ({ ...stage, key: 'introduction', retakes: 1, weight: 1, dimensions: [], question_id: question.id, prompt_asset_id: asset.id })) };
  const draft = await hq.Must('POST', '/plans', { org_id: org, name_zh: name('方案'), name_en: `${mark} plan`, document });
  const plan = await hq.Must('POST', `/plans/${draft.id}/publish`, { version: draft.version });
  const id_number = IdNumber(side === 'own' ? 701 : 703);
  const Candidate = (more) => hq.Must('POST', '/candidates', { org_id: org, name: name('候选人'), source: 'other', tags: [], locale: 'zh-CN', note: '', ...more });
  const email = `acc.${side}@example.com`;
  const candidate = await Candidate({ id_number, email });
  const custom_field = await hq.Must('POST', '/fields', { entity: 'candidate', org_id: org, key: `acc_${side}`, type: 'text', title_zh: name('字段'), title_en: `${mark} field`, filterable: true });
  await hq.Must('PATCH', `/candidates/${candidate.id}`, { version: candidate.version, custom: { [custom_field.key]: name('值') } });
  const employee = await hq.Must('POST', '/employees', { number: code, org_id: org, name: name('员工'), hired_on: '2026-01-05', job_id: job.id });
  const user = await admin.Must('POST', '/users', { user_name: `acc.${side}`, name: name('用户'), email: '', org_id: org, locale: 'zh-CN', password: kPassword, grants: [] });
  bole.users.set(`acc.${side}`, kPassword);
  const mate = await admin.Must('POST', '/users', { user_name: `acc.mate.${side}`, name: name('同事'), email: '', org_id: org, locale: 'zh-CN', password: kPassword, grants: [{ role: 'interviewer', org_id: org }] });
  const { items: [{ interview, link }] } = await hq.Must('POST', '/interviews', { candidate_ids: [candidate.id], plan_id: plan.id, channels: ['link'] });
  const calendar = await hq.Must('POST', '/org/calendars', { org_id: org, code, name_zh: name('日历'), name_en: `${mark} calendar`, rest_weekdays: [6, 7], days: [] });
  const position = await hq.Must('POST', '/positions', { org_id: org, job_id: job.id, code, name: name('编制'), name_en: `${mark} position`, headcount: 1, valid_from: '2026-01-01' });
  const outlet = await hq.Must('POST', '/org/nodes', {
    parent_id: org, code: `${code}-1`, name: name('网点'), name_en: `${mark} outlet`, kind: 'outlet', city: '', zone: 'Asia/Shanghai', locale: 'zh-CN',
  });
  const change = await hq.Must('POST', '/org/changes', { kind: 'update', effective_date: '2030-01-01', reason: name('改名'), node_id: outlet.id, facts: { name: name('新行') } });
  const { client, answer } = await Interviewed(world.bole, link.split('/').pop(), id_number);
  await Until('the report is ready', async () => (await hq.Must('GET', `/interviews/${interview.id}/report`)).status === 'ready', { within_ms: 90_000 });
  const { hold, request, erasure, certificate, exported } = await Rights(world, org, candidate.id, name);
  const { batch } = await hq.Must('POST', `/imports?target=candidates&org_id=${org}&file_name=${encodeURIComponent(mark)}.csv`, Buffer.from(`姓名\n${name('导入')}\n`), kBytes);
  return {
    org, document, client, answer,
    person: await InOwnData(bole, hq, email),
    // Somebody else of the branch, who opened the link to his data.
    AnotherPerson: async () => {
      await Candidate({ name: name('另一人'), email: `acc.other.${side}@example.com` });
      return InOwnData(bole, hq, `acc.other.${side}@example.com`);
    },
    asset: asset.id, job: job.id, question: question.id, dimension: dimension.key, plan: plan.id, candidate: candidate.id, custom_field: custom_field.id, employee: employee.id, user: user.id, interview: interview.id, import: batch.id,
    hold, request, erasure, certificate, export: exported, calendar: calendar.id, position: position.id, change: change.id,
    scoring_model: world.scoring_model,
    // What happened to this branch's own record, as the auditor of the whole group finds it.
    audit_record: (await world.auditor.Must('GET', `/audit/records?subject_id=${candidate.id}`)).items[0].id,
    mate: async () => {
      await hq.Must('PUT', `/candidates/${candidate.id}/team/${mate.id}`, { owner: false });
      return mate.id;
    },
    session: async () => {
      await Client.SignedIn(bole, `acc.${side}`);
      return (await admin.Must('GET', `/users/${user.id}/sessions`)).items[0].id;
    },
    token: async () => {
      await admin.Must('POST', `/users/${user.id}/grants`, { role: 'interviewer', org_id: org });
      const signed_in = await Client.SignedIn(bole, `acc.${side}`);
      await signed_in.Must('POST', '/session/tokens', { name: 'test', days: 30, permissions: ['org.read'] });
      return (await admin.Must('GET', `/users/${user.id}/tokens`)).items[0].id;
    },
    // One is enough until somebody deletes it.
    candidate_file: async () => {
      const path = `/candidates/${candidate.id}/files`;
      const { items: [file] } = await hq.Must('GET', path);
      return file?.id ?? (await hq.Must('POST', `${path}?name=${encodeURIComponent(name('简历'))}.txt`, Buffer.from(name('简历')), kBytes)).file.id;
    },
    // Taking a grant away uses it up: a new one each time.
    grant: async () => {
      const { grants } = await admin.Must('POST', `/users/${user.id}/grants`, { role: 'interviewer', org_id: org });
      return grants.at(-1).id;
    },
  };
}

/** A candidate of the own branch whom nobody was put on: roles that reach less than the branch never see it. */
async function MakeAside(world) {
  const { hq, own } = world;
  const id_number = IdNumber(705);
  const candidate = await hq.Must('POST', '/candidates', { org_id: own.org, name: kAsideMark, source: 'other', tags: [], locale: 'zh-CN', note: '', id_number });
  const { items: [{ interview, link }] } = await hq.Must('POST', '/interviews', { candidate_ids: [candidate.id], plan_id: own.plan, channels: ['link'] });
  const { answer } = await Interviewed(world.bole, link.split('/').pop(), id_number);
  await Until('the report is ready', async () => (await hq.Must('GET', `/interviews/${interview.id}/report`)).status === 'ready', { within_ms: 90_000 });
  return { candidate: candidate.id, interview: interview.id, answer };
}

/** What privacy keeps about persons of a branch: a hold and a request, a copy, one erasure proposed and one carried out. */
async function Rights(world, org, candidate_id, name) {
  const { bole, hq, admin, second } = world;
  // What headquarters holds the branch does not release: the branch's own hold is placed there.
  const keeper_name = `acc.keeper.${org.slice(-8).toLowerCase()}`;
  await admin.Must('POST', '/users', { user_name: keeper_name, name: keeper_name, email: '', org_id: org, locale: 'zh-CN', password: kPassword, grants: [{ role: 'hq_hr', org_id: org }] });
  bole.users.set(keeper_name, kPassword);
  const keeper = await Client.SignedIn(bole, keeper_name);
  const Person = async () => (await hq.Must('POST', '/candidates', { org_id: org, name: name('他人'), source: 'other', tags: [], locale: 'zh-CN', note: '' })).id;
  const hold = await keeper.Must('POST', '/privacy/holds', { candidate_id: await Person(), reason: name('诉讼') });
  const request = await hq.Must('POST', '/privacy/requests', { candidate_id, kind: 'access', content: name('查询') });
  const exported = await hq.Must('POST', '/privacy/exports', { candidate_id, purpose: name('请求'), for_subject: true });
  const erasure = await hq.Must('POST', '/privacy/erasures', { candidate_id: await Person(), basis: 'purpose_ended' });
  const carried = await hq.Must('POST', '/privacy/erasures', { candidate_id: await Person(), basis: 'purpose_ended' });
  await second.Must('POST', `/privacy/erasures/${carried.id}/approve`, { version: carried.version });
  const certificate = await Until('the erasure is certified', async () => {
    const { items } = await hq.Must('GET', `/privacy/erasures?org_id=${org}`);
    return items.find((item) => item.id === carried.id)?.certificate_id;
  });
  await Until('the copy is there', async () => (await hq.Must('GET', `/privacy/exports?org_id=${org}`)).items.some(({ id, state }) => id === exported.id && state === 'ready'));
  return { hold: hold.id, request: request.id, erasure: erasure.id, certificate, exported: exported.id };
}

export async function MakeWorld() {
  const bole = await StartBole();
  try {
    const [hq, admin, auditor] = [await Client.SignedIn(bole, 'hq.hr'), await Client.SignedIn(bole, 'admin'), await Client.SignedIn(bole, 'auditor')];
    const root = (await hq.Must('GET', '/org/nodes')).items.find((node) => node.kind === 'group');
    const template = (await hq.Must('GET', `/plans?org_id=${root.id}&status=published`)).items[0] ?? (await hq.Must('GET', '/plans?status=published')).items[0];
    const scoring_model = (await hq.Must('GET', '/scoring-models')).items[0].id;
    await admin.Must('POST', '/users', { user_name: 'acc.second', name: 'second', email: '', org_id: root.id, locale: 'zh-CN', password: kPassword, grants: [{ role: 'hq_hr', org_id: root.id }] });
    bole.users.set('acc.second', kPassword);
    const second = await Client.SignedIn(bole, 'acc.second');
    const world = { bole, hq, admin, auditor, second, root, template, scoring_model };
    world.own = await MakeRecords(world, 'own', '本行');
    world.foreign = await MakeRecords(world, 'foreign', kForeignMark);

    let serial = 0;
    /** A new account at the own branch, signed in. */
    world.SignUp = async (grants) => {
      const user_name = `acc.${++serial}`;
      await admin.Must('POST', '/users', { user_name, name: user_name, email: '', org_id: world.own.org, locale: 'zh-CN', password: kPassword, grants });
      bole.users.set(user_name, kPassword);
      return Client.SignedIn(bole, user_name);
    };
    world.aside = await MakeAside(world);
    const { items: roles } = await hq.Must('GET', '/roles');
    world.roles = [];
    for (const { key, permissions, reaches } of roles) {
      const client = await world.SignUp([{ role: key, org_id: world.own.org }]);
      if (reaches.length > 0) await hq.Must('PUT', `/candidates/${world.own.candidate}/team/${(await client.Must('GET', '/session')).user.id}`, { owner: false });
      world.roles.push({ key, permissions: new Set(permissions), narrow: reaches.map(({ permission }) => permission), client });
    }
    world.nobody = new Client(bole);
    world.without_grant = await world.SignUp([]);
    // Separated duties never meet in one person, not even over.
    const together = roles.filter(({ key }) => !['administrator', 'security_officer', 'auditor'].includes(key));
    world.expired = await world.SignUp(together.map(({ key }) => ({ role: key, org_id: world.own.org, valid_until: '2020-01-01' })));
    world.foreign_ids = Object.entries(world.foreign).filter(([kind, id]) => typeof id === 'string' && kind !== 'scoring_model').map(([, id]) => id);
    return world;
  } catch (error) {
    await bole.Stop();
    throw error;
  }
}

/** The text of an answer; workbooks and documents are zip files, whose parts are unpacked. */
export function Readable(answer) {
  return answer.bytes.toString('latin1', 0, 2) === 'PK' ? Unzipped(answer.bytes).map((part) => part.bytes.toString('utf8')).join('') : answer.text;
}
