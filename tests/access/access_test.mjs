// Every route × every shipped role × {own record, record of another branch, id that does not exist, malformed id} × nobody.
// The routes come from the running program's own openapi.json; what the paths name stands in _table.mjs.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { kRoot, Run, Until } from '../e2e/_bole.mjs';
import { kAuthorOnly, kBodies, kEndsSession, kEveryones, kGroupOnly, kLists, kMayMiss, kNoRecord, kOpenTo, KindOf, KindOfField, kRecords, kShared, kValues } from './_table.mjs';
import { kAsideMark, kForeignMark, MakeWorld, Readable } from './_world.mjs';

const kMissing = '01ARZ3NDEKTSV4RRFFQ69G5FAV';
const kMalformed = ['x', '../../etc/passwd', "' OR 1=1 --", '0'.repeat(400), '中文'];
const kPrefix = '/api/v1';

// The document names the routes before the server runs, so that each is a test of its own.
const openapi = JSON.parse(await Run(`${kRoot}bole`, ['openapi'], { cwd: kRoot }));
const kOrder = { get: 0, post: 1, put: 1, patch: 2, delete: 3 };
const routes = Object.entries(openapi.paths)
  .flatMap(([path, methods]) => Object.entries(methods).map(([method, operation]) => {
    const short = path.slice(kPrefix.length);
    return {
      method: method.toUpperCase(), path: short, name: `${method.toUpperCase()} ${short}`, operation, order: kOrder[method],
      permission: operation['x-permission'],
      names: [...short.matchAll(/\{(\w+)\}/g)].map(([, name]) => name),
      query: (operation.parameters ?? []).filter((parameter) => parameter.in === 'query'),
    };
  }))
  .sort((a, b) => a.order - b.order || a.path.localeCompare(b.path));

let world;
let serial = 0;

const Resolve = (schema) => (schema?.$ref ? openapi.components.schemas[schema.$ref.split('/').pop()] : schema) ?? {};

/** A value that the schema allows: required members only. */
function Sample(schema, name, own) {
  schema = Resolve(schema);
  if (schema.enum) return schema.enum[0];
  const kind = name && /_ids?$/.test(name) ? KindOfField(name, 'a body') : undefined;
  if (kind) return schema.type === 'array' ? [own[kind]] : own[kind];
  switch (schema.type) {
    case 'object': return Object.fromEntries((schema.required ?? []).map((member) => [member, Sample(schema.properties[member], member, own)]));
    case 'array': return Array.from({ length: schema.minItems ?? 0 }, () => Sample(schema.items, name?.replace(/s$/, ''), own));
    case 'integer': case 'number': return Math.max(schema.minimum ?? 1, 1);
    case 'boolean': return false;
    case 'string': return { entity: 'candidate', locale: 'zh-CN', zone: 'Asia/Shanghai', role: 'interviewer', user_name: `acc.x${++serial}`, code: `ACC-${++serial}`, mime_type: 'video/webm', target: 'candidates' }[name]
      ?? (schema.format === 'date' ? '2026-01-01' : 'a'.repeat(Math.max(1, schema.minLength ?? 1)));
    default: return {};
  }
}

function BodyOf(route) {
  const content = route.operation.requestBody?.content;
  if (!content) return {};
  const type = 'application/json' in content ? undefined : Object.keys(content)[0].replace('*', 'webm');
  const made = kBodies[route.name]?.(world.own, `ACC-${++serial}`) ?? (type ? Buffer.from('x') : Sample(content['application/json'].schema, undefined, world.own));
  return { body: made, headers: type ? { 'Content-Type': type } : undefined };
}

/** Required query parameters, with ids of the own branch. */
function QueryOf(route, changed = {}) {
  const values = {};
  for (const { name, required, schema } of route.query) if (required) values[name] = Sample(schema, name, world.own);
  const pairs = Object.entries({ ...values, ...changed }).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  return pairs.length ? `?${pairs.join('&')}` : '';
}

/** The path with every parameter of its own side, but `changed` ones. */
async function Filled(route, side, changed = {}) {
  let out = route.path;
  for (const name of route.names) {
    const { kind, value } = KindOf(route.path, name);
    let id = changed[name] ?? value;
    if (id === undefined) {
      assert.ok(world[side][kind], `tests/access/_world.mjs makes no record of the kind "${kind}" (${route.path}): add it to MakeRecords`);
      id = typeof world[side][kind] === 'function' ? await world[side][kind]() : world[side][kind];
    }
    out = out.replace(`{${name}}`, encodeURIComponent(id));
  }
  return out;
}

/** A body that is not stale: the version of the own record as it is now. */
async function FreshBody(route) {
  const { body } = BodyOf(route);
  if (body?.version === undefined || route.names.length === 0) return body;
  const record = await Filled({ ...route, path: route.path.replace(/(\{\w+\}).*/, '$1'), names: route.names.slice(0, 1) }, 'own');
  const seen = await (record.startsWith('/users/') ? world.admin : world.hq).Get(record);
  return { ...body, version: seen.json.version ?? body.version };
}

async function Ask(client, route, path, { body, query } = {}) {
  const sent = BodyOf(route);
  if (body !== undefined) sent.body = body;
  const answer = await client.InTurn(route.method, path + (query ?? QueryOf(route)), sent.body, sent.headers);
  answer.asked = `${route.method} ${path}${query ?? ''}`;
  answer.sent = answer.asked + (sent.body && !Buffer.isBuffer(sent.body) ? JSON.stringify(sent.body) : '');
  return answer;
}

function Problem(answer, statuses, who) {
  assert.ok(statuses.includes(answer.status), `${who}: ${answer.asked} answered ${answer.status}, expected ${statuses.join(' or ')}: ${answer.text.slice(0, 300)}`);
  assert.match(answer.headers.get('content-type'), /application\/problem\+json/);
  assert.equal(answer.json.status, answer.status);
}

/** Nothing of the other branch: neither its names nor ids that were not in the question. */
function KeepsSecrets(answer, who) {
  const text = Readable(answer);
  assert.ok(!text.includes(kForeignMark), `${who}: ${answer.asked} shows a name of another branch: ${text.slice(Math.max(0, text.indexOf(kForeignMark) - 200), text.indexOf(kForeignMark) + 60)}`);
  for (const id of world.foreign_ids) assert.ok(answer.sent.includes(id) || !text.includes(id), `${who}: ${answer.asked} shows the id ${id} of another branch`);
  assert.ok(answer.status < 500 || answer.status === 503 && answer.json?.code !== 'internal', `${who}: ${answer.asked} answered ${answer.status} ${text.slice(0, 300)}`);
}

/** What tells a foreign record from a missing one must not exist. */
function Shape(answer, id) {
  const { request_id, ...rest } = answer.json;
  return JSON.parse(JSON.stringify({ keys: Object.keys(answer.json), ...rest }).replaceAll(encodeURIComponent(id), '<id>').replaceAll(id, '<id>'));
}

const IsOpen = (route) => ['public', 'signed_in', 'candidate', 'person'].includes(route.permission);

/** Foreign, missing and malformed ids in each place of the path. */
async function RefusesOthers(client, route, who) {
  for (const name of route.names) {
    const { kind } = KindOf(route.path, name);
    if (!kind) continue;
    const missing = await Ask(client, route, await Filled(route, 'own', { [name]: kMissing }));
    Problem(missing, [404], `${who}, missing ${name}`);
    KeepsSecrets(missing, who);
    for (const malformed of kMalformed) {
      const answer = await Ask(client, route, await Filled(route, 'own', { [name]: malformed }));
      Problem(answer, [404, 422], `${who}, malformed ${name}`);
      KeepsSecrets(answer, who);
    }
    if (kind in kShared) continue;
    const foreign_id = typeof world.foreign[kind] === 'function' ? await world.foreign[kind]() : world.foreign[kind];
    const foreign = await Ask(client, route, await Filled(route, 'own', { [name]: foreign_id }));
    Problem(foreign, [404], `${who}, foreign ${name}`);
    KeepsSecrets(foreign, who);
    assert.deepEqual(Shape(foreign, foreign_id), Shape(missing, kMissing), `${who}: ${route.name} tells a foreign ${name} from a missing one`);
  }
  if (route.names.some((name) => { const { kind } = KindOf(route.path, name); return kind && !(kind in kShared); })) {
    const all = await Ask(client, route, await Filled(route, 'foreign'));
    Problem(all, [404], `${who}, everything foreign`);
    KeepsSecrets(all, who);
  }
}

/** Ids of other branches in bodies and queries: as if they did not exist. */
async function RefusesForeignFields(client, route, who) {
  const fields = Object.keys(Resolve(route.operation.requestBody?.content?.['application/json']?.schema).properties ?? {});
  for (const field of fields) {
    const kind = KindOfField(field, route.name);
    if (!kind) continue;
    const With = async (id) => Ask(client, route, await Filled(route, 'own'), { body: { ...await FreshBody(route), [field]: /_ids$/.test(field) ? [id] : id } });
    const [foreign, missing] = [await With(world.foreign[kind]), await With(kMissing)];
    KeepsSecrets(foreign, who);
    if (foreign.status < 300 && Array.isArray(foreign.json?.failed)) { // a list of records, each with its own result
      assert.deepEqual([foreign.json.items, foreign.json.failed.length], [[], 1], `${who}: ${route.name} took a foreign ${field}`);
      assert.equal(Object.values(foreign.json.failed[0]).join().replace(world.foreign[kind], ''), Object.values(missing.json.failed[0]).join().replace(kMissing, ''));
    } else {
      Problem(foreign, [403, 404, 409, 422], `${who}, foreign ${field}`);
      assert.deepEqual(Shape(foreign, world.foreign[kind]), Shape(missing, kMissing), `${who}: ${route.name} tells a foreign ${field} from a missing one`);
    }
  }
  for (const { name } of route.query) {
    const kind = KindOfField(name, route.name);
    if (!kind) continue;
    const With = async (id) => Ask(client, route, await Filled(route, 'own'), { query: QueryOf(route, { [name]: id }) });
    const [foreign, missing] = [await With(world.foreign[kind]), await With(kMissing)];
    KeepsSecrets(foreign, who);
    assert.equal(foreign.status, missing.status, `${who}: ${route.name}?${name}= tells a foreign record from a missing one`);
    if (foreign.status === 200 && foreign.json?.items) assert.deepEqual(foreign.json.items, [], `${who}: ${foreign.asked}`);
  }
}

/** The positive side: without it, a server that refuses everything would pass. */
async function ReachesOwn(client, route, who) {
  const answer = await Ask(client, route, await Filled(route, 'own'), { body: await FreshBody(route) });
  if (kGroupOnly.includes(route.name)) return Problem(answer, [403], `${who}, at a branch`);
  if (answer.status === 404 && route.name in kMayMiss) return;
  assert.ok(![401, 403, 404, 405, 415].includes(answer.status), `${who}: own record: ${answer.asked} answered ${answer.status} ${answer.text.slice(0, 300)}. `
    + 'If the body is not good, add one to kBodies in tests/access/_table.mjs');
  KeepsSecrets(answer, who);
  const kind = route.method === 'GET' && kLists[route.path];
  if (kind) {
    const everything = await Ask(client, route, route.path, { query: route.query.some(({ name }) => name === 'limit') ? '?limit=200' : '' });
    KeepsSecrets(everything, who);
    assert.ok(everything.text.includes(world.own[kind]), `${who}: ${route.name} does not list the own ${kind}`);
  }
}

describe('access', { concurrency: false }, () => {
  before(async () => { world = await MakeWorld(); });
  after(async () => {
    const how = await world?.bole.Stop();
    if (how) assert.deepEqual(how, { code: 0, signal: null }, 'the server ends in order');
  });

  it('the table names only what exists', () => {
    const untils = new Set(routes.flatMap(({ path, names }) => names.map((name) => path.slice(0, path.indexOf(`{${name}}`)) + `{${name}}`)));
    const names = new Set(routes.map(({ name }) => name));
    const fields = new Set(routes.flatMap(({ operation, query }) => [...query.map(({ name }) => name), ...Object.keys(Resolve(operation.requestBody?.content?.['application/json']?.schema).properties ?? {})]));
    for (const until of [...Object.keys(kRecords), ...Object.keys(kValues)]) assert.ok(untils.has(until), `no route has ${until}: take it out of _table.mjs`);
    for (const name of [...Object.keys(kBodies), ...kEndsSession, ...kGroupOnly, ...kAuthorOnly, ...Object.keys(kMayMiss)]) assert.ok(names.has(name), `no route is ${name}: take it out of _table.mjs`);
    for (const name of Object.keys(kNoRecord)) assert.ok(fields.has(name), `no field is ${name}: take it out of _table.mjs`);
    for (const path of Object.keys(kLists)) assert.ok(names.has(`GET ${path}`), `no list is ${path}: take it out of _table.mjs`);
    assert.ok(routes.length > 80 && world.roles.length >= 6);
  });

  for (const route of routes) {
    it(route.name, async () => {
      const own = await Filled(route, 'own');
      const themselves = { candidate: world.own.client, person: world.own.person };
      const withoutRights = [['somebody without a grant', world.without_grant], ['somebody whose grants have ended', world.expired]];

      if (route.permission === 'public') {
        for (const [who, client] of [['nobody', world.nobody], ...withoutRights]) {
          const answer = await Ask(kEndsSession.includes(route.name) ? world.nobody : client, route, own);
          assert.ok(answer.status !== 403, `${who}: ${answer.asked} ${answer.text}`);
          KeepsSecrets(answer, who);
          assert.ok(!answer.text.includes('本行'), `${who}: ${answer.asked} shows a record`);
        }
        return;
      }
      Problem(await Ask(world.nobody, route, own), [401], 'nobody');
      for (const [who, client] of Object.entries(themselves))
        if (who !== route.permission) Problem(await Ask(client, route, own), [401], who);
      if (route.permission in themselves) {
        for (const [who, client] of [...withoutRights, ...world.roles.map(({ key, client: signed_in }) => [key, signed_in])])
          Problem(await Ask(client, route, own), [401], who);
        const client = kEndsSession.includes(route.name) ? await world.own.AnotherPerson() : themselves[route.permission];
        await RefusesOthers(client, route, route.permission);
        await RefusesForeignFields(client, route, route.permission);
        const answer = await Ask(client, route, own);
        assert.ok(![401, 403, 405, 415].includes(answer.status), `${route.permission}: ${answer.asked} answered ${answer.status} ${answer.text.slice(0, 300)}`);
        KeepsSecrets(answer, route.permission);
        return;
      }
      if (route.permission === 'signed_in') {
        for (const [who, client] of [...withoutRights, ...world.roles.map(({ key, client: signed_in }) => [key, signed_in])]) {
          const answer = await Ask(kEndsSession.includes(route.name) ? await world.SignUp([]) : client, route, own);
          assert.notEqual(answer.json?.code, 'session.required', `${who}: ${answer.asked}`);
          KeepsSecrets(answer, who);
          if (withoutRights.some(([name]) => name === who) && answer.json?.items && !kEveryones.includes(route.path)) assert.deepEqual(answer.json.items, [], `${who}: ${answer.asked}`);
          await RefusesOthers(client, route, who);
          await RefusesForeignFields(client, route, who);
          if (kEndsSession.includes(route.name)) break; // one account is enough to see who may
        }
        const prefix = Object.keys(kOpenTo).find((path) => route.path === path || route.path.startsWith(`${path}/`));
        for (const { key, permissions, client } of prefix ? world.roles : []) {
          if (!permissions.has(kOpenTo[prefix])) continue;
          if (kAuthorOnly.includes(route.name)) Problem(await Ask(client, route, own), [403], `${key}, the file of somebody else`);
          else await ReachesOwn(client, route, key);
        }
        return;
      }
      for (const [who, client] of withoutRights) Problem(await Ask(client, route, own), [403], who);
      let held = 0;
      for (const { key, permissions, client } of world.roles) {
        if (!route.permission.split('|').some((one) => permissions.has(one))) {
          const refused = await Ask(client, route, own);
          Problem(refused, [403], key);
          assert.deepEqual([refused.json.code, refused.json.params.permission], ['forbidden', route.permission]);
          continue;
        }
        ++held;
        await RefusesOthers(client, route, key);
        await RefusesForeignFields(client, route, key);
        await ReachesOwn(client, route, key);
      }
      assert.ok(held > 0, `no shipped role holds ${route.permission}: nobody can use ${route.name}`);
    });
  }

  it('roles that reach less than the branch see only candidates they work on', async () => {
    const narrow = world.roles.filter((role) => role.narrow.length > 0);
    assert.deepEqual(narrow.map(({ key }) => key).sort(), ['hiring_manager', 'interviewer']);
    let asked = 0;
    for (const { key, client, narrow: permissions } of narrow) {
      for (const route of routes.filter(({ permission }) => permissions.includes(permission))) {
        const kinds = route.names.map((name) => KindOf(route.path, name).kind);
        if (!kinds.some((kind) => kind in world.aside)) continue;
        const changed = Object.fromEntries(route.names.map((name, i) => [name, world.aside[kinds[i]]]).filter(([, id]) => id));
        const [theirs, missing] = [await Ask(client, route, await Filled(route, 'own', changed)), await Ask(client, route, await Filled(route, 'own', Object.fromEntries(Object.keys(changed).map((name) => [name, kMissing]))))];
        Problem(theirs, [404], `${key}, a candidate of others`);
        assert.equal(theirs.json.code, missing.json.code, `${key}: ${route.name} tells somebody else's record from a missing one`);
        ++asked;
      }
      for (const list of ['/candidates?limit=200', '/interviews?limit=200', '/home', `/candidates?q=${encodeURIComponent(kAsideMark)}`, `/interviews?candidate_id=${world.aside.candidate}`]) {
        const { text, status } = await client.Get(list);
        assert.equal(status, 200);
        assert.ok(!text.includes(kAsideMark) && !text.includes(world.aside.interview), `${key}: ${list} shows a candidate of others`);
      }
    }
    assert.ok(asked >= 10, `only ${asked} routes were asked`);
    const { text } = await world.roles.find(({ key }) => key === 'branch_hr').client.Get('/candidates?limit=200');
    assert.ok(text.includes(kAsideMark), 'the record is there for those who see the branch');
  });

  it('what was refused is evidence, once', async () => {
    const interviewer = await world.SignUp([{ role: 'interviewer', org_id: world.own.org }]);
    for (let i = 0; i < 3; ++i) Problem(await interviewer.InTurn('POST', '/roles', { name_zh: '甲', permissions: [], fields: {} }), [403], 'an interviewer');
    const { user } = await interviewer.Must('GET', '/session');
    const { items } = await world.auditor.Must('GET', `/audit/records?actor_id=${user.id}&action=request.refused`);
    assert.equal(items.length, 1);
    assert.equal(items[0].succeeded, false);
    assert.match(JSON.stringify(items[0].details), /POST .*\/roles/);
  });

  it('changes are told only to those who may see them', async () => {
    const readers = world.roles.filter(({ permissions }) => permissions.has('interview.read'));
    assert.ok(readers.length > 0);
    for (const { key, client, narrow } of readers) {
      const { response, Close } = await client.Stream('/interviews/events');
      assert.equal(response.status, 200);
      let seen = '';
      const reading = (async () => { for await (const part of response.body) seen += Buffer.from(part).toString('utf8'); })().catch(() => undefined);
      // First the foreign one: when the own one has arrived, the foreign one would have as well.
      await Remake(world.foreign);
      await Remake({ ...world.own, candidate: world.aside.candidate });
      const { id } = await Remake(world.own);
      await Until(`${key} hears of the own interview`, async () => seen.includes(id));
      Close();
      await reading;
      assert.ok(!seen.includes(kForeignMark), `${key} hears of another branch`);
      assert.equal(seen.includes(kAsideMark), narrow.length === 0, `${key} hears of a candidate of others`);
      for (const foreign of world.foreign_ids) assert.ok(!seen.includes(foreign), `${key} hears of ${foreign}`);
    }
  });
});

/** An invitation, withdrawn at once: two changes that are told. */
async function Remake(side) {
  const draft = await world.hq.Must('POST', '/plans', { org_id: side.org, name_zh: '甲', name_en: `A ${++serial}`, document: side.document });
  const plan = await world.hq.Must('POST', `/plans/${draft.id}/publish`, { version: draft.version });
  const { items: [{ interview }] } = await world.hq.Must('POST', '/interviews', { candidate_ids: [side.candidate], plan_id: plan.id, channels: ['link'] });
  return world.hq.Must('POST', `/interviews/${interview.id}/cancel`);
}
