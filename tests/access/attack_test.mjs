// What an attacker does with a real server: forged members, versions, headers, addresses, framings and texts. Each is refused or taken
// as data; none ends in an unexpected failure. (People's mistakes and broken files: tests/e2e/bad_input.mjs.)
import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { Client, Until } from '../e2e/_bole.mjs';
import { MakeWorld, Readable } from './_world.mjs';

const kInjections = ["'; DROP TABLE candidate; --", "' OR '1'='1", '" OR 1=1 --', '%', '_', '\\', '%_%', '=cmd|\'/c calc\'!A1', '+1+1', '-2+3', '@SUM(A1)', '\t=1+1',
  '{{7*7}}', '${7*7}', '../../etc/passwd', '<script>alert(1)</script>', '&lt;b&gt;', '\u202Eabc', 'a\'b"c'];

let world;
let url;
let records; // { name, path, read } of everything with a version

function Refused(answer, status, code) {
  assert.equal(answer.status, status, `${answer.text.slice(0, 300)}`);
  assert.match(answer.headers.get('content-type'), /application\/problem\+json/);
  if (code) assert.equal(answer.json.code, code);
  return answer.json;
}

async function Alive() {
  assert.ok(world.bole.alive(), `the server is gone:\n${world.bole.log().slice(-3000)}`);
  assert.equal((await fetch(`${world.bole.url}/healthz`)).status, 200);
}

/** Bytes as they are, and everything that comes back until the server closes or is silent. */
function Raw(bytes, { silence_ms = 1500 } = {}) {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(url.port), url.hostname);
    const parts = [];
    let closed = false;
    socket.setTimeout(silence_ms, () => socket.destroy());
    socket.on('connect', () => socket.write(bytes));
    socket.on('data', (data) => parts.push(data));
    socket.on('end', () => (closed = true));
    socket.on('error', (error) => (error.code === 'ECONNRESET' || error.code === 'EPIPE' ? (closed = true) : reject(error)));
    socket.on('close', () => {
      const text = Buffer.concat(parts).toString('latin1');
      resolve({ text, closed, statuses: [...text.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status)) });
    });
  });
}
const Head = (line, headers = []) => `${[line, `Host: ${url.host}`, ...headers].join('\r\n')}\r\n\r\n`;

const kBytes = { 'Content-Type': 'application/octet-stream' };

/** A table of plans, uploaded and checked with the columns as guessed. */
async function CheckedPlans(client, org_id, table) {
  const { batch, file } = await client.Must('POST', `/imports?target=plans&org_id=${org_id}&file_name=t.csv`, Buffer.from(table), kBytes);
  const mapping = file.map(({ column, field }) => ({ column, field }));
  await client.Must('PUT', `/imports/${batch.id}/layout`, { mapping, mode: 'partial', duplicates: 'update' });
  return Ended(client, batch.id, 'checked');
}
async function ImportPlans(client, org_id, table) {
  const { batch } = await CheckedPlans(client, org_id, table);
  await client.Must('POST', `/imports/${batch.id}/start`);
  const { batch: { rows_failed } } = await Ended(client, batch.id, 'done');
  assert.equal(rows_failed, 0);
}
async function Ended(client, id, state) {
  let detail;
  await Until(`the import is ${state}`, async () => (detail = await client.Must('GET', `/imports/${id}`)).batch.state === state);
  return detail;
}

describe('attack', { concurrency: false }, () => {
  before(async () => {
    world = await MakeWorld();
    url = new URL(world.bole.url);
    const { own, hq, admin } = world;
    records = [
      { name: 'candidate', client: hq, method: 'PATCH', path: `/candidates/${own.candidate}`, change: { name: '改名' } },
      { name: 'job', client: hq, method: 'PATCH', path: `/jobs/${own.job}`, change: { name: '改名' } },
      { name: 'org', client: hq, method: 'PATCH', path: `/org/nodes/${own.org}`, change: { city: '改名' } },
      { name: 'question', client: hq, method: 'PATCH', path: `/questions/${own.question}`, change: { difficulty: 3 } },
      { name: 'plan', client: hq, method: 'PUT', path: `/plans/${own.plan}`, change: { name_zh: '改名', name_en: 'Renamed', document: own.document } },
      { name: 'user', client: admin, method: 'PATCH', path: `/users/${own.user}`, change: { name: '改名' } },
    ];
  });
  after(async () => {
    const how = await world?.bole.Stop();
    if (how) assert.deepEqual(how, { code: 0, signal: null }, 'the server ends in order');
  });

  it('members that nobody may set are refused by name', async () => {
    const { own, hq, admin } = world;
    for (const { client, method, path, change } of records) {
      const { version } = await client.Must('GET', path);
      for (const [member, value] of Object.entries({ id: own.org, org_path: '/', created_by: 'x', permissions: ['user.write'], is_admin: true, __proto__x: 1, constructor: {} })) {
        const problem = Refused(await client.Send(method, path, { version, ...change, [member]: value }), 422);
        assert.ok(problem.errors.some(({ pointer, code }) => pointer === `/${member}` && code === 'unknown'), `${path}: ${JSON.stringify(problem.errors)}`);
      }
      assert.equal((await client.Must('GET', path)).version, version, `${path} is unchanged`);
    }
    const account = { user_name: 'mass.assigned', name: 'x', email: '', org_id: own.org, locale: 'zh-CN', password: 'a long password 2026' };
    const nested = Refused(await admin.Post('/users', { ...account, grants: [{ role: 'interviewer', org_id: own.org, permissions: ['user.write'] }] }), 422);
    assert.ok(nested.errors.some(({ pointer, code }) => pointer === '/grants/0/permissions' && code === 'unknown'));
    Refused(await admin.Post('/users', { ...account, grants: [], active: true, last_sign_in_at: '2026-01-01T00:00:00Z' }), 422);
    Refused(await hq.Post('/jobs', { org_id: own.org, code: 'MASS', name: 'x', version: 7 }), 422);
  });

  it('a stale, future, negative or textual version changes nothing', async () => {
    for (const { client, method, path, change } of records) {
      const { version } = await client.Must('GET', path);
      for (const wrong of [version - 1, version + 1, version + 1000, -1, Number.MAX_SAFE_INTEGER]) Refused(await client.Send(method, path, { ...change, version: wrong }), 409, 'conflict.stale');
      for (const wrong of ['1', null, 1.5, true, [version], 1e300]) Refused(await client.Send(method, path, { ...change, version: wrong }), 422);
      assert.equal((await client.Must('GET', path)).version, version, `${path} is unchanged`);
    }
    // Two at once: one wins.
    for (const { client, method, path, change } of records) {
      const { version } = await client.Must('GET', path);
      const answers = await Promise.all(Array.from({ length: 6 }, () => client.Send(method, path, { ...change, version })));
      assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 409, 409, 409, 409, 409], path);
    }
  });

  it('every changing route needs the header against forgery, whoever asks and whatever it holds', async () => {
    const openapi = (await world.hq.Get('/openapi.json')).json;
    let tried = 0;
    for (const [path, methods] of Object.entries(openapi.paths)) {
      for (const method of Object.keys(methods)) {
        if (method === 'get') continue;
        const where = path.replace('/api/v1', '').replaceAll(/\{\w+\}/g, world.own.org);
        for (const value of [undefined, '', 'evil', 'console, candidate', 'CONSOLE']) {
          const client = new Client(world.bole);
          delete client.headers['X-Bole-Client'];
          // Signing in is limited per address: those routes take their time.
          const answer = await Until(`${method} ${where} is answered`, async () => {
            const tried = await client.Send(method.toUpperCase(), where, '{}', { Cookie: world.hq.CookieText(), 'Content-Type': 'text/plain', ...(value === undefined ? {} : { 'X-Bole-Client': value }) });
            return tried.status === 429 ? undefined : tried;
          });
          Refused(answer, 403, 'csrf.missing_header');
          ++tried;
        }
      }
    }
    assert.ok(tried > 150);
    // A form of another site can send only these types: they never reach a handler.
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])
      Refused(await world.hq.Post('/jobs', '{"org_id":"x","code":"x","name":"x"}', { 'Content-Type': type }), 415);
  });

  it('SQL, formulas, templates and paths in texts come back as they are, and find only themselves', async () => {
    const { own, hq } = world;
    const job = await hq.Must('GET', `/jobs/${own.job}`);
    let { version } = job;
    for (const text of kInjections) {
      if (/[\t\u202E]/.test(text)) continue;
      const changed = await hq.Must('PATCH', `/jobs/${own.job}`, { version, name: text, duties: text });
      version = changed.version;
      assert.deepEqual([changed.name, (await hq.Must('GET', `/jobs/${own.job}`)).duties], [text, text]);
    }
    await hq.Must('PATCH', `/jobs/${own.job}`, { version, name: '岗位', duties: '' });
    const before = (await hq.Must('GET', '/candidates?limit=200')).total;
    for (const text of kInjections) {
      for (const list of ['candidates', 'jobs', 'questions', 'plans', 'interviews', 'users']) {
        const client = list === 'users' ? world.admin : hq;
        const answer = await client.Get(`/${list}?q=${encodeURIComponent(text)}`);
        assert.ok([200, 422].includes(answer.status), `${list}?q=${text}: ${answer.status} ${answer.text.slice(0, 200)}`);
        if (answer.status === 200) for (const item of answer.json.items) assert.ok(JSON.stringify(item).toLowerCase().includes(JSON.stringify(text).slice(1, -1).toLowerCase()), `${list}?q=${text} finds ${JSON.stringify(item).slice(0, 200)}`);
      }
      for (const query of [`/jobs?org_id=${encodeURIComponent(text)}`, `/interviews?plan_id=${encodeURIComponent(text)}`, `/plans?job_id=${encodeURIComponent(text)}`, `/candidates?tag=${encodeURIComponent(text)}`, `/messages?related_id=${encodeURIComponent(text)}`]) {
        const answer = await hq.Get(query);
        assert.ok([200, 404, 422].includes(answer.status), `${query}: ${answer.status} ${answer.text.slice(0, 200)}`);
        if (answer.status === 200) assert.deepEqual(answer.json.items, [], query);
      }
      for (const list of ['candidates', 'jobs', 'questions', 'plans', 'interviews', 'messages']) {
        const answer = await hq.Get(`/${list}?cursor=${encodeURIComponent(text)}`);
        assert.ok([200, 422].includes(answer.status), `${list}?cursor=${text}: ${answer.status}`);
      }
    }
    assert.equal((await hq.Must('GET', '/candidates?limit=200')).total, before);
  });

  it('cells of exports are inert', async () => {
    const { own, hq } = world;
    const formulas = kInjections.filter((text) => /^[=+\-@]/.test(text));
    for (const [index, text] of formulas.entries()) {
      await hq.Must('POST', '/questions', { org_id: own.org, code: `INERT-${index}`, text_zh: text, text_en: text, competency: 'communication', difficulty: 2, suggested_seconds: 60 });
      await hq.Must('POST', '/candidates', { org_id: own.org, name: text, source: 'other', tags: [], locale: 'zh-CN', note: text, email: `inert${index}@example.com` });
    }
    const rows = formulas.map((text, index) => `"表格","${index + 1}","'${text.replaceAll('"', '""')}"`).join('\n');
    await ImportPlans(hq, own.org, `方案名称（中文）,环节序号,环节标题（中文）\n${rows}\n`);
    for (const path of [`/questions/export`, `/candidates/export?org_id=${own.org}`, `/plans/export?org_id=${own.org}`]) {
      const answer = await hq.Get(path);
      assert.equal(answer.status, 200);
      const text = Readable(answer);
      for (const formula of formulas) assert.ok(text.includes(formula.replaceAll('&', '&amp;')), `${path} shows ${formula}`);
      assert.ok(!/<f[ >/]|<hyperlink[ >]|externalLink|ddeLink|vbaProject/i.test(text), `${path} holds no formula, link or macro`);
    }
  });

  it('a table of plans reaches no other branch', async () => {
    const { own, foreign, roles } = world;
    const { client } = roles.find(({ key }) => key === 'branch_hr');
    Refused(await client.Post(`/imports?target=plans&org_id=${foreign.org}&file_name=t.csv`, Buffer.from('环节序号\n1\n'), kBytes), 404);
    const checked = await CheckedPlans(client, own.org, '方案名称（中文）,机构编码,岗位编码,环节序号,题库题目编码,环节考察维度,题目（中文）\n'
      + '偷,ACC-FOREIGN,,1,,,一\n偷一,,ACC-FOREIGN,1,,,一\n偷二,,,1,ACC-FOREIGN,,一\n偷三,,,1,ACC-FOREIGN@ACC-FOREIGN,,一\n偷四,,,1,,acc-foreign,一\n'
      + '偷五,NOPE,,1,,,一\n偷六,,NOPE,1,,,一\n偷七,,,1,NOPE,,一\n偷八,,,1,NOPE@NOPE,,一\n偷九,,,1,,nope,一\n');
    const codes = checked.problems.map(({ row, code }) => [row, code]);
    const same = ['unknown_unit', 'unknown_job_name', 'unknown_question', 'unknown_question', 'unknown_dimension_name'];
    assert.deepEqual(codes, [...same, ...same].map((code, index) => [index + 2, code]), 'what is foreign is as what is missing');
    assert.ok(!JSON.stringify(checked.problems).includes('外域机密'));
    const reader = roles.find(({ key }) => key === 'interviewer').client;
    Refused(await reader.Post(`/imports?target=plans&org_id=${own.org}&file_name=t.csv`, Buffer.from('环节序号\n1\n'), kBytes), 403);
  });

  it('ids of other branches deep inside bodies are as if they did not exist', async () => {
    const { own, foreign, roles } = world;
    const { client } = roles.find(({ key }) => key === 'branch_hr');
    const stage = { ...own.document.stages[0], kind: 'question', title_zh: '', title_en: '', question_zh: '', question_en: '' };
    for (const question_id of [foreign.question, '01ARZ3NDEKTSV4RRFFQ69G5FAV']) {
      const draft = await client.Post('/plans', { org_id: own.org, name_zh: '偷', name_en: 'Steal', document: { ...own.document, stages: [{ ...stage, question_id }] } });
      if (draft.status !== 201) { Refused(draft, 422); continue; }
      const check = await client.Post(`/plans/${draft.json.id}/check`);
      assert.ok(check.json.problems?.length > 0 || check.json.errors?.length > 0, `a draft with a question of another branch has a problem: ${check.text}`);
      Refused(await client.Post(`/plans/${draft.json.id}/publish`, { version: draft.json.version }), 422);
      for (const answer of [draft, check, await client.Get(`/plans/${draft.json.id}`), await client.Get(`/plans/${draft.json.id}/preview?draft=true`)])
        assert.ok(!answer.text.includes('外域机密'), `the text of the foreign question shows: ${answer.text.slice(0, 300)}`);
    }
  });

  it('JSON that is too deep, too large, not finite or not text', async () => {
    const { own, hq } = world;
    const job = { org_id: own.org, code: 'JSON', name: 'x' };
    const kJson = { 'Content-Type': 'application/json' };
    const With = (name) => JSON.stringify(job).replace('"x"', name);
    for (const depth of [40, 1000, 100_000]) {
      Refused(await hq.Post('/jobs', '['.repeat(depth), kJson), 400, 'json.too_deep');
      Refused(await hq.Post('/jobs', '{"a":'.repeat(depth), kJson), 400, 'json.too_deep');
    }
    for (const broken of ['', '{', '{"a":}', '\ufeff{}', "{'a':1}", '{"a":NaN}', '{"a":01}', '[1,]', 'nul', '{}{}', '{"a":"\u0001"}', Buffer.from('{"a":"\xff"}', 'latin1'), With('"\\ud800"')])
      assert.ok([400, 422].includes((await hq.Post('/jobs', broken, kJson)).status), `${broken}`);
    for (const name of ['"\\u0000"', '"a\\u0000b"', '"\\u0008"', '"\\u001b[31m"', '"   "', 'null', '1', '[]', '{}']) Refused(await hq.Post('/jobs', With(name), kJson), 422);
    for (const root of ['[]', 'null', '1', '"x"', 'true']) Refused(await hq.Post('/jobs', root, kJson), 422);
    for (const weight of ['1e999', '-1e999', '1e400']) {
      const answer = await hq.Post('/jobs', `{"org_id":"${own.org}","code":"JSON","name":"x","competencies":[{"key":"k","name_zh":"k","name_en":"k","weight":${weight}}]}`, kJson);
      assert.ok([400, 422].includes(answer.status), `${weight}: ${answer.status} ${answer.text.slice(0, 200)}`);
    }
    Refused(await hq.Post('/jobs', JSON.stringify({ ...job, duties: 'x'.repeat(2 << 20) }), kJson), 413);
    Refused(await hq.Post('/jobs', JSON.stringify({ ...job, competencies: Array.from({ length: 5000 }, () => ({ key: 'k', name_zh: 'k', name_en: 'k', weight: 1 })) }), kJson), 422);
    Refused(await hq.Post('/jobs', JSON.stringify({ ...job, ...Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`m${index}`, 1])) }), kJson), 422);
    assert.ok((await hq.Must('GET', '/jobs?q=JSON')).items.every(({ code }) => code !== 'JSON'), 'nothing of it was kept');
    await Alive();
  });

  it('a path leads only where it says', async () => {
    const cookie = `Cookie: ${world.hq.CookieText()}`;
    const tricks = ['/../../../../etc/passwd', '/assets/../../../etc/passwd', '/assets/..%2f..%2f..%2fetc%2fpasswd', '/%2e%2e/%2e%2e/%2e%2e/etc/passwd', '/candidate/%2e%2e%2f%2e%2e/package.json',
      '/..%5c..%5cetc%5cpasswd', '/....//....//etc/passwd', '/.git/config', '/.env', '//etc/passwd', '/assets//etc/passwd', '/%2fetc/passwd', '/index.html%00.js', '/api/v1/jobs/%00', '/api/v1/jobs/%ff%fe', '/%c0%ae%c0%ae/etc/passwd', '/api/v1/jobs/%zz', '/api/v1/jobs/%', '/api/v1/../../metrics/..'];
    for (const path of tricks) {
      const { text, statuses } = await Raw(Head(`GET ${path} HTTP/1.1`, [cookie, 'Connection: close']));
      assert.equal(statuses.length, 1, `${path}: ${text.slice(0, 200)}`);
      assert.ok(statuses[0] < 500, `${path}: ${text.slice(0, 200)}`);
      assert.ok(!/root:.*:0:0|"workspaces"|\[core\]/.test(text), `${path} shows a file`);
    }
    // The same route by another spelling is another route: no rule is by-passed by it.
    for (const path of ['/api/v1//jobs', '/api//v1/jobs', '//api/v1/jobs', '/api/v1/jobs/', '/API/v1/jobs', '/api/v1/JOBS', '/api/v1/./jobs', '/api/v1/x/../jobs', '/api/v1/jobs;x=1', '/api/v1/jobs%20', '/api/v1/jobs%2f', '/api%2fv1%2fjobs']) {
      const { text, statuses } = await Raw(Head(`GET ${path} HTTP/1.1`, [cookie, 'Connection: close']));
      assert.ok(statuses.length === 1 && statuses[0] < 500 && !text.includes(world.own.job), `${path}: ${text.slice(0, 300)}`);
    }
    for (const target of [`http://evil.example/api/v1/jobs`, `http://${url.host}/api/v1/jobs`, 'http://x@y/api/v1/jobs']) {
      const { statuses } = await Raw(Head(`GET ${target} HTTP/1.1`, ['Connection: close']));
      assert.deepEqual(statuses, [401], `${target}: an absolute address is asked by nobody in particular`);
    }
    for (const line of ['CONNECT evil.example:443 HTTP/1.1', 'OPTIONS * HTTP/1.1', 'TRACE /api/v1/session HTTP/1.1', 'PROPFIND / HTTP/1.1', 'GET api/v1/jobs HTTP/1.1', 'GET  /api/v1/jobs HTTP/1.1', 'GET /api/v1/jobs HTTP/9.9', 'GET /api/v1/jobs', 'get /api/v1/jobs HTTP/1.1']) {
      const { text, statuses } = await Raw(Head(line, [cookie, 'X-Secret: trace-me', 'Connection: close']));
      assert.ok(statuses.length === 1 && statuses[0] >= 400 && statuses[0] !== 500 && !text.includes('trace-me'), `${line}: ${text.slice(0, 200)}`);
    }
    await Alive();
  });

  it('two readings of where a request ends get one answer', async () => {
    const hidden = Head('GET /api/v1/session HTTP/1.1', [`Cookie: ${world.hq.CookieText()}`]);
    const start = 'POST /api/v1/session HTTP/1.1';
    const common = ['X-Bole-Client: console', 'Content-Type: application/json'];
    const cases = {
      'two different lengths': Head(start, [...common, 'Content-Length: 2', `Content-Length: ${hidden.length + 2}`]) + '{}' + hidden,
      'a list of lengths': Head(start, [...common, `Content-Length: 2, ${hidden.length + 2}`]) + '{}' + hidden,
      'chunks and a length': Head(start, [...common, `Content-Length: ${hidden.length + 5}`, 'Transfer-Encoding: chunked']) + '0\r\n\r\n' + hidden,
      'a length and chunks': Head(start, [...common, 'Transfer-Encoding: chunked', 'Content-Length: 4']) + '0\r\n\r\n' + hidden,
      'chunked twice': Head(start, [...common, 'Transfer-Encoding: chunked', 'Transfer-Encoding: identity']) + '0\r\n\r\n' + hidden,
      'an unknown coding': Head(start, [...common, 'Transfer-Encoding: xchunked', 'Content-Length: 2']) + '{}' + hidden,
      'a blank before the colon': Head(start, [...common, 'Transfer-Encoding : chunked', 'Content-Length: 2']) + '{}' + hidden,
      'a folded header': Head(start, [...common, 'X-Fold: a\r\n Transfer-Encoding: chunked', 'Content-Length: bad']) + hidden,
      'a sign in the length': Head(start, [...common, 'Content-Length: +2']) + '{}' + hidden,
      'a negative length': Head(start, [...common, 'Content-Length: -1']) + hidden,
      'a length beyond numbers': Head(start, [...common, 'Content-Length: 99999999999999999999999']) + hidden,
      'a hexadecimal length': Head(start, [...common, 'Content-Length: 0x2']) + '{}' + hidden,
      'a chunk without a size': Head(start, [...common, 'Transfer-Encoding: chunked']) + '\r\n{}\r\n0\r\n\r\n' + hidden,
      'a chunk of negative size': Head(start, [...common, 'Transfer-Encoding: chunked']) + '-2\r\n{}\r\n0\r\n\r\n' + hidden,
      'a chunk larger than numbers': Head(start, [...common, 'Transfer-Encoding: chunked']) + 'fffffffffffffffffff\r\n{}\r\n0\r\n\r\n' + hidden,
      'a bare line feed in the head': `${start}\nHost: ${url.host}\nX-Bole-Client: console\nContent-Length: 2\n\n{}${hidden}`,
    };
    const user_name = (await world.hq.Must('GET', '/session')).user?.user_name ?? 'hq.hr';
    const taken = [];
    for (const [name, bytes] of Object.entries(cases)) {
      const { text, statuses } = await Raw(bytes, { silence_ms: 700 });
      if (text.includes(user_name) || statuses.length !== 1 || statuses[0] < 400 || statuses[0] === 500) taken.push(`${name}: ${statuses}`);
    }
    assert.deepEqual(taken, [], 'the hidden request is never answered');
    await Alive();
  });

  it('heads without end', async () => {
    for (const bytes of [Head(`GET /${'a'.repeat(200_000)} HTTP/1.1`), Head('GET / HTTP/1.1', [`X-Long: ${'a'.repeat(200_000)}`]), Head('GET / HTTP/1.1', Array.from({ length: 5000 }, (_, index) => `X-${index}: 1`)), Head('GET / HTTP/1.1', [`Cookie: ${'a=b; '.repeat(30_000)}`])]) {
      const { text, statuses } = await Raw(bytes);
      assert.ok(statuses.length === 1 && statuses[0] === 431, `${bytes.length} bytes: ${text.slice(0, 200)}`);
    }
    const many = await world.hq.Get(`/jobs?${'q=a&'.repeat(2000)}`);
    assert.ok(many.status < 500, many.text.slice(0, 200));
    await Alive();
  });

  it('a token counts only in its cookie or header, and only as it was given', async () => {
    const cookie = world.hq.CookieText();
    const [, token] = /bole_session=([^;]+)/.exec(cookie);
    const nobody = new Client(world.bole);
    for (const name of ['bole_session', 'token', 'access_token', 'session', 'api_key', 'Cookie']) Refused(await nobody.Get(`/session?${name}=${encodeURIComponent(token)}`), 401);
    for (const headers of [{ Authorization: `Bearer ${token}x` }, { 'X-Session': token }, { Cookie: `Bole_Session=${token}` }, { Cookie: `bole_session=${token}x` }, { Cookie: `bole_session=${token.slice(0, -1)}` }, { Cookie: `bole_candidate=${token}` }, { Cookie: 'bole_session=' }, { Cookie: `bole_session=' OR 1=1 --` }])
      Refused(await nobody.Get('/session', headers), 401);
    const invitation = world.own.client.headers['X-Bole-Invitation'];
    for (const name of ['invitation', 'token', 'X-Bole-Invitation']) Refused(await new Client(world.bole, { app: 'candidate' }).Get(`/candidate/invitation?${name}=${invitation}`), 404);
    assert.ok(!world.bole.log().includes(token), 'no log shows a session');
  });

  it('a session that an attacker has chosen is not taken over, and one that has ended stays so', async () => {
    const fixed = 'a'.repeat(43);
    const client = new Client(world.bole);
    const answer = await client.Post('/session', { user_name: 'hq.hr', password: world.bole.users.get('hq.hr') }, { Cookie: `bole_session=${fixed}` });
    assert.equal(answer.status, 200);
    const [, given] = /bole_session=([^;]+)/.exec(answer.headers.getSetCookie().join());
    assert.notEqual(given, fixed);
    assert.match(answer.headers.getSetCookie().join(), /HttpOnly; SameSite=Strict/);
    Refused(await new Client(world.bole).Get('/session', { Cookie: `bole_session=${fixed}` }), 401);
    assert.equal((await client.Get('/session')).status, 200);
    assert.equal((await client.Send('DELETE', '/session')).status, 204);
    Refused(await new Client(world.bole).Get('/session', { Cookie: `bole_session=${given}` }), 401);
  });

  it('methods are what they are', async () => {
    const { own, hq } = world;
    for (const override of ['X-HTTP-Method-Override', 'X-HTTP-Method', 'X-Method-Override']) {
      assert.equal((await hq.Get(`/jobs/${own.job}`, { [override]: 'DELETE' })).status, 200);
      Refused(await hq.Post(`/jobs/${own.job}`, '{}', { [override]: 'PATCH', 'Content-Type': 'application/json' }), 405);
    }
    Refused(await hq.Post(`/org/nodes/${own.org}?_method=DELETE`, '_method=DELETE', { 'Content-Type': 'application/x-www-form-urlencoded' }), 405);
    const head = await hq.Send('HEAD', `/jobs/${own.job}`);
    assert.deepEqual([head.status, head.bytes.length], [200, 0]);
    const branch = world.roles.find(({ key }) => key === 'branch_hr').client;
    for (const path of [`/jobs/${world.foreign.job}`, `/candidates/${world.foreign.candidate}`, `/interviews/${world.foreign.interview}/report.pdf`, `/interviews/${world.foreign.interview}/answers/${world.foreign.answer}/media`])
      assert.equal((await branch.Send('HEAD', path)).status, 404, path);
  });

  it('the host of a request is believed by nobody', async () => {
    const { own, hq } = world;
    for (const headers of [['Host: evil.example'], ['X-Forwarded-Host: evil.example'], ['X-Forwarded-Proto: https', 'X-Forwarded-For: 10.0.0.1'], ['Forwarded: host=evil.example']]) {
      const { text, statuses } = await Raw([`GET /api/v1/interviews/${own.interview}/link HTTP/1.1`, ...(headers[0].startsWith('Host') ? [] : [`Host: ${url.host}`]), ...headers, `Cookie: ${hq.CookieText()}`, 'Connection: close', '', ''].join('\r\n'));
      assert.deepEqual(statuses, [200], text.slice(0, 200));
      assert.ok(text.includes(`${world.bole.url}/i/`) && !text.includes('evil.example') && !/Strict-Transport-Security/i.test(text), text.slice(-300));
    }
  });

  it('texts in headers cannot begin new ones', async () => {
    const { hq, own } = world;
    const answer = await hq.Get(`/interviews/${own.interview}/report.pdf`, { 'X-Bole-Locale': 'en-US\u00e9', 'Accept-Language': 'x'.repeat(5000) });
    assert.ok(answer.status < 500, answer.text.slice(0, 200));
    const range = await hq.Get(`/interviews/${own.interview}/answers/${own.answer}/media`, { Range: 'bytes=0-0,1-1,2-2,' + '3-3,'.repeat(500) });
    assert.ok(range.status < 500);
    for (const value of ['bytes=99999999999999999999-', 'bytes=-0', 'bytes=5-1', 'bytes=a-b', 'bytes=', 'lines=1-2', 'bytes=18446744073709551615-18446744073709551615']) {
      const part = await hq.Get(`/interviews/${own.interview}/answers/${own.answer}/media`, { Range: value });
      assert.ok([200, 416].includes(part.status), `${value}: ${part.status}`);
    }
  });

  it('what everybody may see tells nothing', async () => {
    const nobody = new Client(world.bole);
    for (const path of ['/metrics', '/readyz', '/healthz', '/api/v1/openapi.json', '/']) {
      const text = await (await fetch(world.bole.url + path)).text();
      for (const secret of [...world.foreign_ids, ...Object.values(world.own).filter((id) => typeof id === 'string'), '本行', '外域机密']) assert.ok(!text.includes(secret), `${path} shows ${secret}`);
    }
    // An unknown name and a wrong password answer alike.
    const answers = [];
    for (const user_name of ['hq.hr', 'nobody.at.all']) answers.push((await nobody.Post('/session', { user_name, password: 'certainly wrong' })));
    const [{ request_id: _a, ...known }, { request_id: _b, ...unknown }] = answers.map(({ json }) => json);
    assert.deepEqual(known, unknown);
  });

  it('nothing of all this has hurt the server', async () => {
    await Alive();
    await Until('no work is left open', async () => (await world.hq.Get('/home')).status === 200);
    assert.deepEqual(world.bole.log().split('\n').filter((line) => /http\.failure|\bterminate\b|Assertion|SIGSEGV/.test(line)), []);
  });
});
