// Kills the server with SIGKILL at random moments while a candidate answers and while the answers are analysed. Whatever
// was acknowledged must be there afterwards, byte for byte, and the report must come.
//   node tests/kill/kill_test.mjs            BOLE_KILL_SEED=7 repeats a run's moments
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { Client, kRoot, Run, Until } from '../e2e/_bole.mjs';

const kLimitMs = 8 * 60_000;
const kReadyMs = 60_000;
const kReportMs = 180_000;
const kTexts = {
  q1: 'I worked in a bank for three years. A customer complained about a transfer that was two days late. I apologised, called the clearing team, and wrote down each step. The money arrived the same afternoon.',
  q2: 'Last year our team had to move four hundred accounts to a new system. I made a list of the risks.',
  q2_after_reload: 'Every evening we compared the totals of both systems. Nothing was lost, and we finished one week early.',
};

const seed = Number(process.env.BOLE_KILL_SEED ?? Date.now() % 1_000_000);
let state = seed >>> 0;
/** Uniform in [0, 1); the same seed gives the same moments (mulberry32). */
function Random() {
  state = (state + 0x6d2b79f5) >>> 0;
  let t = state;
  t = Math.imul(t ^ (t >>> 15), t | 1);
  t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
}
const Sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

let passed = 0;
let failed = 0;
function Check(what, good, seen = '') {
  good ? ++passed : ++failed;
  console.log(`${good ? 'ok' : 'NOT OK'} - ${what}${good ? '' : ` (${typeof seen === 'string' ? seen : JSON.stringify(seen)})`}`);
}

/** The server on one port and one data folder, started again after every kill. */
class Server {
  #child;
  #ended;
  log = '';
  kills = 0;

  constructor(url, options) {
    this.url = url;
    this.options = options;
    this.users = new Map();
  }
  async Start() {
    this.#child = spawn(join(kRoot, 'bole'), ['serve'], { ...this.options, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [this.#child.stdout, this.#child.stderr]) stream.on('data', (text) => (this.log = (this.log + text).slice(-20_000)));
    let gone = false;
    this.#ended = new Promise((resolve) => this.#child.on('close', () => resolve((gone = true))));
    await Until('the server is ready', async () => {
      if (gone) throw new Error(`the server ended early:\n${this.log}`);
      return (await fetch(`${this.url}/readyz`).catch(() => undefined))?.ok;
    }, { within_ms: kReadyMs, every_ms: 50 });
  }
  async Kill() {
    this.#child.kill('SIGKILL');
    await this.#ended;
    ++this.kills;
  }
  async Restart() {
    await this.Kill();
    await this.Start();
  }
  async Stop() {
    this.#child?.kill('SIGKILL');
    await this.#ended;
  }
}

function FreePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

/** A request as the candidate's page makes it: tried again until the server answers. */
async function Persist(client, method, path, body, headers) {
  const end = Date.now() + kReadyMs;
  for (;;) {
    try {
      const answer = await client.Send(method, path, body, headers);
      if (answer.status < 500) return answer;
    } catch (error) {
      if (Date.now() > end) throw error;
    }
    await Sleep(50);
  }
}

/** One part of an answer: pieces in order, each kept until it was acknowledged; the server dies at `kill_at`. */
async function Upload(server, client, answer_id, part, bytes, kill_at) {
  const pieces = [];
  const size = Math.ceil(bytes.length / Math.max(4, Math.round(bytes.length / 30_000)));
  for (let at = 0; at < bytes.length; at += size) pieces.push(bytes.subarray(at, at + size));
  const moments = new Set(kill_at.map((share) => Math.min(pieces.length - 1, Math.floor(share * pieces.length))));
  let next = 0;
  while (next < pieces.length) {
    let restarted;
    if (moments.delete(next)) restarted = Sleep(Random() * 25).then(() => server.Restart());
    const acknowledged = next;
    const answer = await Persist(client, 'PUT', `/candidate/answers/${answer_id}/parts/${part}/pieces/${next}`, pieces[next], { 'Content-Type': 'application/octet-stream' });
    await restarted;
    if (answer.status === 200) next = Math.max(next + 1, answer.json.next_piece);
    else if (answer.json?.code === 'piece.out_of_order') next = Number(answer.json.params.next_piece);
    else throw new Error(`piece ${next}: ${answer.status} ${answer.text}`);
    if (restarted) {
      const session = await Persist(client, 'GET', '/candidate/session');
      Check(`kill ${server.kills}: ${acknowledged} acknowledged pieces of part ${part} are known after the restart`, session.json?.answer?.next_piece >= acknowledged, session.text);
    }
    if (next < acknowledged) throw new Error(`part ${part} went back behind an acknowledged piece: ${acknowledged} → ${next}`);
    await Sleep(40);
  }
  return pieces.length;
}

async function Must(client, method, path, body) {
  const answer = await Persist(client, method, path, body);
  if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`);
  return answer.json;
}

/** A published plan of two questions for one demonstration candidate, and his link. */
async function Invite(hr) {
  const nodes = (await Must(hr, 'GET', '/org/nodes')).items;
  const root = nodes.find((node) => !node.parent_id);
  const questions = (await Must(hr, 'GET', '/questions?limit=10')).items;
  const stages = ['q1', 'q2'].map((key, i) => ({
    key, kind: 'question', question_id: questions[i].id, question_revision: questions[i].revision, title_zh: key, title_en: key,
    question_zh: '', question_en: '', prompt_zh: '', prompt_en: '', preparation_seconds: 0, time_limit_seconds: 60, grace_seconds: 5,
    retakes: 0, dimensions: ['communication', 'expertise'], weight: 50,
  }));
  const document = {
    kind: 'structured', language: 'en-US', bands: { recommend: 7, reinterview: 5 }, stages, welcome_zh: '', welcome_en: 'Welcome', closing_zh: '', closing_en: 'Thank you',
    dimensions: [{ key: 'communication', name_zh: '沟通表达', name_en: 'Communication', weight: 60 }, { key: 'expertise', name_zh: '专业技能', name_en: 'Expertise', weight: 40 }],
    valid_days: 7, retention_days: 30,
  };
  const plan = await Must(hr, 'POST', '/plans', { org_id: root.id, name_zh: '断电测试', name_en: 'Kill test', document });
  await Must(hr, 'POST', `/plans/${plan.id}/publish`, { version: plan.version });
  const candidate = (await Must(hr, 'GET', '/candidates?limit=50')).items.find((c) => c.id_number_masked);
  const { id_number } = await Must(hr, 'GET', `/candidates/${candidate.id}/reveal`);
  const made = await Must(hr, 'POST', '/interviews', { candidate_ids: [candidate.id], plan_id: plan.id, channels: ['link'] });
  return { interview_id: made.items[0].interview.id, token: made.items[0].link.split('/').pop(), id_number };
}

async function Scenario(server, folder, Bole) {
  const recordings = {};
  for (const [name, text] of Object.entries(kTexts)) {
    const file = join(folder, `${name}.webm`);
    await Bole(['dev', 'recording', file, '--text', text, '--language', 'en']);
    recordings[name] = { file, bytes: readFileSync(file) };
  }
  await server.Start();
  let hr = await Client.SignedIn(server, 'hq.hr');
  const { interview_id, token, id_number } = await Invite(hr);
  const candidate = new Client(server, { app: 'candidate', invitation: token });
  await Must(candidate, 'GET', '/candidate/invitation');
  await Must(candidate, 'POST', '/candidate/identity/verify', { method: 'id_number', id_number });
  await Must(candidate, 'POST', '/candidate/consents', { given: ['recording', 'analysis', 'biometric'].map((key) => ({ key, version: '1', granted: key !== 'biometric' })) });

  const mime_type = 'video/webm;codecs=vp8,opus';
  const Begin = (stage_key) => Must(candidate, 'POST', '/candidate/answers', { stage_key, mime_type });
  const Finish = (id, parts) => Must(candidate, 'POST', `/candidate/answers/${id}/finish`, { parts, duration_ms: 15_000, reason: 'candidate' });

  // Twice while the first answer comes in.
  const first = await Begin('q1');
  const pieces = await Upload(server, candidate, first.id, 0, recordings.q1.bytes, [Random() * 0.5, 0.5 + Random() * 0.5]);
  await Finish(first.id, [{ part: 0, pieces }]);

  // Once in each part of the second: the page was loaded anew between them, its recorder began anew.
  const second = await Begin('q2');
  const before = await Upload(server, candidate, second.id, 0, recordings.q2.bytes, [Random()]);
  const again = await Begin('q2');
  Check('after a reload the same answer goes on with part 1', again.id === second.id && again.part === 1, again);
  const after = await Upload(server, candidate, again.id, again.part, recordings.q2_after_reload.bytes, [Random()]);
  const session = await Finish(second.id, [{ part: 0, pieces: before }, { part: 1, pieces: after }]);
  Check('the interview is handed in', ['analysing', 'ready'].includes(session.state), session.state);

  // And while it is analysed.
  for (let i = 0; i < 2; ++i) {
    await Sleep(Random() * 1500);
    await server.Restart();
    const known = await Must(candidate, 'GET', '/candidate/session');
    Check(`kill ${server.kills}: the finished interview is still finished`, ['analysing', 'ready'].includes(known.state), known.state);
  }
  hr = await Client.SignedIn(server, 'hq.hr');
  const report = await Until('the report is ready', async () => {
    const seen = await Must(hr, 'GET', `/interviews/${interview_id}/report`);
    return seen.status === 'ready' ? seen : undefined;
  }, { within_ms: kReportMs, every_ms: 250 });
  Check('the report has both answers', report.answers.length === 2, report.answers.length);
  Check('every answer was read to its end', report.answers.every((answer) => answer.duration > 5), report.answers.map((a) => a.duration));
  Check('the interview is ready', report.interview.state === 'ready', report.interview.state);

  await server.Stop();
  const kept = [[`${first.id}-0`, 'q1'], [`${second.id}-0`, 'q2'], [`${second.id}-1`, 'q2_after_reload']];
  for (const [blob, name] of kept) {
    const compared = await Bole(['dev', 'compare', blob, recordings[name].file]).then(() => '', (error) => error.message);
    Check(`every acknowledged byte of ${name} is there`, compared === '', compared);
  }
  Check('the server was killed at least five times', server.kills >= 5, server.kills);
}

const folder = mkdtempSync(join(tmpdir(), 'bole-kill-'));
const url = `http://127.0.0.1:${await FreePort()}`;
const settings = join(folder, 'bole.toml');
writeFileSync(settings, `data_dir = "${join(folder, 'data')}"\n\n[http]\nlisten = "127.0.0.1"\nport = ${new URL(url).port}\npublic_url = "${url}"\n\n[log]\nlevel = "warn"\n`);
const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('BOLE_') || name === 'BOLE_PRESET'));
const options = { cwd: kRoot, env: { ...inherited, BOLE_CONFIG: settings } };
const Bole = (args) => Run(join(kRoot, 'bole'), args, options);
const server = new Server(url, options);
const too_long = setTimeout(() => {
  console.log('NOT OK - took too long');
  void server.Stop().finally(() => process.exit(1));
}, kLimitMs);

console.log(`seed ${seed}`);
try {
  await Bole(['demo', 'load', '--without-interviews']);
  for (const line of (await Bole(['demo', 'info'])).split('\n')) {
    const found = /^\s+([a-z]+(?:\.[a-z]+)?)\s+(\S+)\s+\S+ \(/.exec(line);
    if (found) server.users.set(found[1], found[2]);
  }
  await Scenario(server, folder, Bole);
} catch (error) {
  Check('the scenario goes through', false, `${error.stack}\n${server.log}`);
} finally {
  clearTimeout(too_long);
  await server.Stop();
  rmSync(folder, { recursive: true, force: true });
}
console.log(`# pass ${passed}\n# fail ${failed}\n${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
