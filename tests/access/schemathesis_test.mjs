// schemathesis plays every shipped role, a candidate and nobody against the running program: valid and broken input for every route the
// caller may use. No failure of the server, no status, content type or body that openapi.json does not promise.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { kRoot } from '../e2e/_bole.mjs';
import { KindOf, KindOfField } from './_table.mjs';
import { MakeWorld } from './_world.mjs';

const kExamples = Number(process.env.BOLE_SCHEMATHESIS_EXAMPLES ?? 6); // of each route and kind of input
const kSeed = process.env.BOLE_SCHEMATHESIS_SEED ?? '2026';
const kLimitMs = 600_000;
const kChecks = 'not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance';
const kMissing = '01ARZ3NDEKTSV4RRFFQ69G5FAV';
/** Left out, and why. */
const kLeftOut = {
  '/api/v1/session': ['delete', 'ends the session with which the run goes on'],
  '/api/v1/person/session': ['delete', 'ends the session with which the run goes on'],
  '/api/v1/interviews/events': ['get', 'an answer without end: access_test.mjs reads it'],
  '/api/v1/candidate/events': ['get', 'an answer without end: the browser test reads it'],
};

let world;
let folder;

/** The document for one caller: the routes she may use, and ids that exist in half of the valid requests. */
function Document(document, may) {
  const out = structuredClone(document);
  const paths = {};
  const Ids = (kind) => ({ type: 'string', enum: [world.own[kind], kMissing].filter((id) => typeof id === 'string') });
  for (const [path, methods] of Object.entries(out.paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      if (kLeftOut[path]?.[0] === method || !may(operation['x-permission'])) continue;
      for (const parameter of operation.parameters ?? []) {
        const kind = parameter.in === 'path' ? KindOf(path.slice('/api/v1'.length), parameter.name).kind
          : parameter.in === 'query' ? KindOfField(parameter.name, path) : undefined;
        if (kind) parameter.schema = Ids(kind);
      }
      (paths[path] ??= {})[method] = operation;
    }
  }
  for (const [name, schema] of Object.entries(out.components.schemas)) {
    if (!/^(Create|Patch|Put|Copy)/.test(name)) continue; // inputs
    for (const [field, member] of Object.entries(schema.properties ?? {})) {
      const kind = KindOfField(field, name);
      if (kind) schema.properties[field] = member.type === 'array' ? { ...member, items: Ids(kind) } : Ids(kind);
    }
  }
  out.paths = paths;
  return out;
}

function Play(who, client, may) {
  const document = join(folder, `${who}.json`);
  const report = join(folder, `${who}.xml`);
  return (async () => {
    const full = JSON.parse((await client.Get('/openapi.json')).text);
    const own = Document(full, may);
    const operations = Object.values(own.paths).flatMap((methods) => Object.keys(methods)).length;
    writeFileSync(document, JSON.stringify(own));
    const cookie = client.CookieText();
    const args = ['run', document, '--url', world.bole.url, '--checks', kChecks, '--phases', 'coverage,fuzzing', '--max-examples', String(kExamples),
      '--seed', kSeed, '--continue-on-failure', '--no-shrink', '--warnings', 'off', '--suppress-health-check', 'all', '--request-timeout', '20',
      '--report', 'junit', '--report-junit-path', report, '-H', `X-Bole-Client:${client.headers['X-Bole-Client']}`, '-H', 'X-Bole-Locale:en-US',
      ...(cookie ? ['-H', `Cookie:${cookie}`] : []), ...(client.headers['X-Bole-Invitation'] ? ['-H', `X-Bole-Invitation:${client.headers['X-Bole-Invitation']}`] : [])];
    const { status, output } = await new Promise((resolve) => {
      execFile(join(kRoot, '.deps/venv/bin/schemathesis'), args, { cwd: folder, timeout: kLimitMs, maxBuffer: 64 << 20, env: { ...process.env, NO_COLOR: '1', COLUMNS: '200' } },
        (error, stdout, stderr) => resolve({ status: error ? error.code ?? error.signal : 0, output: stdout + stderr }));
    });
    if (process.env.BOLE_TEST_OUTPUT) writeFileSync(join(process.env.BOLE_TEST_OUTPUT, `schemathesis-${who}.log`), output);
    assert.equal(status, 0, `${who}:\n${output.slice(-12_000)}`);
    const cases = [...readFileSync(report, 'utf8').matchAll(/<testcase /g)].length;
    assert.ok(operations > 0, `${who}: may use nothing`);
    assert.ok(cases >= operations, `${who}: only ${cases} of ${operations} routes were tried`);
    assert.ok(world.bole.alive(), `the server is gone:\n${world.bole.log().slice(-3000)}`);
  })();
}

describe('schemathesis', { concurrency: false }, () => {
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'bole-schemathesis-'));
    world = await MakeWorld();
  });
  after(async () => {
    const how = await world?.bole.Stop();
    if (process.env.BOLE_KEEP !== '1') rmSync(folder, { recursive: true, force: true });
    if (how) assert.deepEqual(how, { code: 0, signal: null }, 'the server ends in order');
  });

  it('nobody', () => Play('nobody', world.nobody, (permission) => permission === 'public'));
  it('a candidate', () => Play('candidate', world.own.client, (permission) => permission === 'candidate'));
  it('somebody in his own data', () => Play('person', world.own.person, (permission) => permission === 'person'));
  it('somebody without a grant', () => Play('without_grant', world.without_grant, (permission) => permission === 'signed_in'));
  // The roles are known only when the program runs: each is a subtest.
  it('every shipped role', async (t) => {
    for (const { key, permissions, client } of world.roles)
      await t.test(key, () => Play(key, client, (permission) => (permission ?? '').split('|').some((one) => permissions.has(one))));
  });

  it('no request ended in an unexpected failure', () => {
    assert.deepEqual(world.bole.log().split('\n').filter((line) => /http\.failure|\bterminate\b|Assertion/.test(line)), []);
  });
});
