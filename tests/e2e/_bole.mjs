// One real server with its own data folder, and a small client for its API.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { crc32, deflateSync } from 'node:zlib';

export const kRoot = fileURLToPath(new URL('../../', import.meta.url));
const kReadyMs = 60_000;
const kStopMs = 20_000;
const kKeptLog = 200_000;

/** Runs a program to its end. */
export function Run(program, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
    let out = '';
    let err = '';
    child.stdout.on('data', (data) => (out += data));
    child.stderr.on('data', (data) => (err += data));
    child.on('error', reject);
    child.on('close', (code) => (code === 0 ? resolve(out) : reject(new Error(`${program} ${args.join(' ')} ended with ${code}\n${out}${err}`))));
  });
}

/** Asks until `look` gives something true; its last answer is part of the failure. */
export async function Until(what, look, { within_ms = 30_000, every_ms = 150 } = {}) {
  const end = Date.now() + within_ms;
  let last;
  for (;;) {
    last = await look();
    if (last) return last;
    if (Date.now() > end) throw new Error(`not within ${within_ms / 1000} s: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, every_ms));
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

/** The demo group without its interviews, served on a free port. */
export async function StartBole() {
  const folder = mkdtempSync(join(tmpdir(), 'bole-e2e-'));
  const port = await FreePort();
  const url = `http://127.0.0.1:${port}`;
  const settings = join(folder, 'bole.toml');
  const data = join(folder, 'data');
  writeFileSync(settings, `data_dir = "${data}"\n\n[http]\nlisten = "127.0.0.1"\nport = ${port}\npublic_url = "${url}"\n\n[log]\nlevel = "info"\n`);
  const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('BOLE_') || ['BOLE_PRESET', 'BOLE_WEB_DIR'].includes(name)));
  const options = { cwd: kRoot, env: { ...inherited, BOLE_CONFIG: settings } };
  const program = join(kRoot, 'bole');

  await Run(program, ['demo', 'load', '--without-interviews'], options);
  const users = new Map();
  for (const line of (await Run(program, ['demo', 'info'], options)).split('\n')) {
    const found = /^\s+([a-z]+(?:\.[a-z]+)?)\s+(\S+)\s+\S+ \(/.exec(line);
    if (found) users.set(found[1], found[2]);
  }

  const child = spawn(program, ['serve'], { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  let log = '';
  const keep = (text) => (log = (log + text).slice(-kKeptLog));
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const ended = new Promise((resolve) => child.on('close', (code, signal) => resolve({ code, signal })));
  let gone;
  void ended.then((how) => (gone = how));

  const bole = {
    url,
    data,
    users,
    pid: child.pid,
    log: () => log,
    /** `./bole …` on the data of this server. */
    Command: (args, environment = {}) => Run(program, args, { ...options, env: { ...options.env, ...environment } }),
    alive: () => gone === undefined,
    async Stop() {
      if (!gone) child.kill('SIGTERM');
      const late = setTimeout(() => child.kill('SIGKILL'), kStopMs);
      const how = await ended;
      clearTimeout(late);
      try {
        // Whatever a test put into the database: a sealed column that no module registered ends this with 1.
        if (how.code === 0) await Run(program, ['keys', 'list'], options);
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
      return how;
    },
  };
  try {
    await Until('the server is ready', async () => {
      if (gone) throw new Error(`the server ended early:\n${log}`);
      return (await fetch(`${url}/readyz`).catch(() => undefined))?.ok;
    }, { within_ms: kReadyMs });
  } catch (error) {
    await bole.Stop();
    throw error;
  }
  return bole;
}

/** Requests of one person: keeps the cookies, sends the header against forged requests. */
export class Client {
  #cookies = new Map();

  constructor(bole, { app = 'console', locale = 'en-US', invitation } = {}) {
    this.base = `${bole.url}/api/v1`;
    this.headers = { 'X-Bole-Client': app, 'X-Bole-Locale': locale, ...(app === 'console' ? { 'X-Bole-Purpose': 'compliance_audit' } : {}), ...(invitation ? { 'X-Bole-Invitation': invitation } : {}) };
  }

  static async SignedIn(bole, user_name, options) {
    const client = new Client(bole, options);
    const answer = await client.InTurn('POST', '/session', { user_name, password: bole.users.get(user_name) });
    if (answer.status !== 200) throw new Error(`sign-in of ${user_name}: ${answer.status} ${answer.text}`);
    if (answer.json.step === 'password') { // an administrator chose the first one
      const own = `${bole.users.get(user_name)} of my own`;
      const changed = await client.Must('POST', '/session/new-password', { new_password: own });
      if (changed.step !== 'done') throw new Error(`sign-in of ${user_name}: ${changed.step}`);
      bole.users.set(user_name, own);
    }
    return client;
  }

  CookieText() { return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; '); }

  async Send(method, path, body, headers = {}) {
    const raw = body === undefined || typeof body === 'string' || body instanceof Uint8Array;
    const response = await fetch(this.base + path, {
      method,
      body: raw ? body : JSON.stringify(body),
      headers: {
        ...this.headers,
        ...(raw ? {} : { 'Content-Type': 'application/json' }),
        ...(this.#cookies.size ? { Cookie: this.CookieText() } : {}),
        ...headers,
      },
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie);
      this.#cookies.set(name, value);
    }
    const stream = /event-stream/.test(response.headers.get('content-type') ?? '');
    if (stream) await response.body.cancel(); // it does not end by itself
    const bytes = stream ? Buffer.alloc(0) : Buffer.from(await response.arrayBuffer());
    const text = bytes.toString('utf8');
    let json;
    if (text && /json\b/.test(response.headers.get('content-type') ?? '')) json = JSON.parse(text);
    return { status: response.status, headers: response.headers, bytes, text, json };
  }

  /** An answer that does not end, such as a stream of events; close it. */
  async Stream(path) {
    const stop = new AbortController();
    const response = await fetch(this.base + path, { headers: { ...this.headers, Cookie: this.CookieText() }, signal: stop.signal });
    return { response, Close: () => stop.abort() };
  }

  Get(path, headers) { return this.Send('GET', path, undefined, headers); }
  Post(path, body, headers) { return this.Send('POST', path, body, headers); }
  Put(path, body, headers) { return this.Send('PUT', path, body, headers); }

  /** The answer when it is this client's turn: a few routes take only some requests a second from one address. */
  async InTurn(method, path, body, headers) {
    return Until(`${method} ${path} may be asked`, async () => {
      const tried = await this.Send(method, path, body, headers);
      return tried.json?.code === 'request.rate' ? undefined : tried;
    }, { every_ms: 250 });
  }

  /** The body of an answer that must be good. */
  async Must(method, path, body, headers) {
    const answer = await this.InTurn(method, path, body, headers);
    if (answer.status >= 400) throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`);
    return answer.json;
  }
}

/** A picture of some stripes. */
export function Png(width = 320, height = 180) {
  const chunk = (type, data) => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const out = Buffer.alloc(body.length + 8);
    out.writeUInt32BE(data.length, 0);
    body.copy(out, 4);
    out.writeUInt32BE(crc32(body), body.length + 4);
    return out;
  };
  const head = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 8, 2, 0, 0, 0]);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  const rows = Buffer.concat(Array.from({ length: height }, (_, y) => Buffer.concat([Buffer.from([0]), Buffer.alloc(width * 3, (y % 60) * 4)])));
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), chunk('IHDR', head), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))]);
}

/** A second of silence as a WAV file. */
export function Silence(rate = 8000) {
  const head = Buffer.alloc(44);
  head.write('RIFF', 0);
  head.writeUInt32LE(36 + rate * 2, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(rate, 24);
  head.writeUInt32LE(rate * 2, 28);
  head.writeUInt16LE(2, 32);
  head.writeUInt16LE(16, 34);
  head.write('data', 36);
  head.writeUInt32LE(rate * 2, 40);
  return Buffer.concat([head, Buffer.alloc(rate * 2)]);
}

/** A number of mainland China's identity cards with the right check digit; nobody's: the area does not exist. */
export function IdNumber(serial, birth = '19950412') {
  const body = `990101${birth}${String(serial).padStart(3, '0')}`;
  const sum = [...body].reduce((total, digit, index) => total + Number(digit) * (2 ** (17 - index) % 11), 0);
  return body + '10X98765432'[sum % 11];
}
