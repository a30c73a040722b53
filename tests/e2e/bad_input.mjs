// What people, networks and attackers do wrong: each gets a clear message, nothing is lost, the server stays up.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe } from 'node:test';
import { crc32 } from 'node:zlib';
import { Client, IdNumber, Run, StartBole, Until } from './_bole.mjs';
import { kSize, Launch, NewProfile, Overflow, Picture, PictureCandidate, SignIn, it } from './_browser.mjs';

const kScript = '<img src=x onerror="window.__hurt=1"><script>window.__hurt=1</script>';
const kFormula = '=HYPERLINK("http://evil.example","click")';
const kXlsx = { 'Content-Type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' };
const kBytes = { 'Content-Type': 'application/octet-stream' };

let bole, staff, browser, folder, branch, plan;
let serial = 500;

/** A problem document with the fields that people and programs rely on. */
function Problem(answer, status, code) {
  assert.equal(answer.status, status, answer.text.slice(0, 400));
  assert.match(answer.headers.get('content-type'), /application\/problem\+json/);
  assert.equal(answer.json.status, status);
  if (code) assert.equal(answer.json.code, code);
  assert.ok(answer.json.title.length > 3 && !/^[a-z_]+\./.test(answer.json.title), `a message for people: ${answer.json.title}`);
  return answer.json;
}

async function Alive() {
  assert.ok(bole.alive(), `the server is gone:\n${bole.log().slice(-3000)}`);
  assert.equal((await fetch(`${bole.url}/healthz`)).status, 200);
}

async function NewCandidate(name, more = {}) {
  serial += 2;
  return staff.Must('POST', '/candidates', {
    org_id: branch.id, name, source: 'other', tags: [], locale: 'en-US', note: '', id_number: IdNumber(serial), email: `e2e${serial}@example.com`, ...more,
  });
}

async function Invite(candidate) {
  const { items, failed } = await staff.Must('POST', '/interviews', { candidate_ids: [candidate.id], plan_id: plan.id, channels: ['link'] });
  assert.deepEqual(failed, []);
  const [{ interview, link }] = items;
  const token = link.split('/').pop();
  return { interview, link, token, client: new Client(bole, { app: 'candidate', invitation: token }) };
}

/** An invited person who has shown who she is, agreed and had her devices checked. */
async function ReadyToAnswer(name) {
  const id_number = IdNumber((serial += 2));
  const invited = await Invite(await NewCandidate(name, { id_number }));
  const { client } = invited;
  await client.Must('GET', '/candidate/invitation');
  const session = await client.Must('POST', '/candidate/identity/verify', { method: 'id_number', id_number });
  await client.Must('POST', '/candidate/consents', { given: session.consents.map(({ key, version }) => ({ key, version, granted: true })) });
  await client.Must('POST', '/candidate/environment', {
    camera_ok: true, width: 640, height: 480, brightness: 120, faces: 1, microphone_ok: true, level_db: -20, noise_db: -60, upload_kbps: 4000,
    user_agent: 'test', recorder_type: 'video/webm', advice: [],
  });
  return { ...invited, stage_key: session.stages[0].key };
}

/** A workbook of one sheet, stored without compression so that its size is what it says. */
function Workbook(sheet) {
  const files = {
    '[Content_Types].xml': '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>',
    '_rels/.rels': '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    'xl/workbook.xml': '<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="1" sheetId="1" r:id="r1"/></sheets></workbook>',
    'xl/_rels/workbook.xml.rels': '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
    'xl/worksheets/sheet1.xml': sheet,
  };
  const local = [];
  const central = [];
  let at = 0;
  for (const [name, text] of Object.entries(files)) {
    const body = Buffer.from(text);
    const head = Buffer.alloc(30);
    head.writeUInt32LE(0x04034b50, 0);
    head.writeUInt16LE(20, 4);
    head.writeUInt16LE(0x21, 12);
    head.writeUInt32LE(crc32(body), 14);
    head.writeUInt32LE(body.length, 18);
    head.writeUInt32LE(body.length, 22);
    head.writeUInt16LE(name.length, 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(20, 4);
    head.copy(entry, 6, 4, 30);
    entry.writeUInt32LE(at, 42);
    local.push(head, Buffer.from(name), body);
    central.push(entry, Buffer.from(name));
    at += 30 + name.length + body.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(Object.keys(files).length, 8);
  end.writeUInt16LE(Object.keys(files).length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...local, directory, end]);
}

const Escape = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const Row = (number, cells) => `<row r="${number}">${cells.map((text) => `<c t="inlineStr"><is><t>${Escape(text)}</t></is></c>`).join('')}</row>`;
const Sheet = (rows) => `<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${rows}</sheetData></worksheet>`;

/** Uploads with the columns as the server guesses them and checks every row; the detail of the import. */
async function CheckImport(workbook) {
  const { batch, file } = await staff.Must('POST', `/imports?target=candidates&org_id=${branch.id}&file_name=e2e.xlsx`, workbook, kXlsx);
  await staff.Must('PUT', `/imports/${batch.id}/layout`, { mapping: file.map(({ column, field }) => ({ column, field })), mode: 'partial', duplicates: 'skip' });
  return ImportIn(batch.id, 'checked');
}

const ImportIn = (id, state) => Until(`the import is ${state}`, async () => {
  const detail = await staff.Must('GET', `/imports/${id}`);
  return detail.batch.state === state && detail;
}, { within_ms: 90_000 });

describe('bad input', { concurrency: false }, () => {
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'bole-bad-'));
    [bole, browser] = await Promise.all([StartBole(), Launch()]);
    staff = await Client.SignedIn(bole, 'hq.hr');
    branch = (await staff.Must('GET', '/org/nodes')).items.find((node) => node.code === 'BJ');
    const template = (await staff.Must('GET', `/plans?org_id=${branch.id}&status=published`)).items[0];
    const document = { ...template.document, language: 'en-US', stages: template.document.stages.slice(0, 1).map((stage) => ({ ...stage, retakes: 1, weight: 1, dimensions: [] })) };
    const draft = await staff.Must('POST', '/plans', { org_id: branch.id, name_zh: '单题方案', name_en: 'One question', document });
    plan = await staff.Must('POST', `/plans/${draft.id}/publish`, { version: draft.version });
  });

  after(async () => {
    await browser?.close();
    const how = await bole?.Stop();
    rmSync(folder, { recursive: true, force: true });
    if (how) assert.deepEqual(how, { code: 0, signal: null }, 'the server ends in order');
  });

  it('a wrong link says so, in both languages and on a phone', async () => {
    Problem(await new Client(bole, { app: 'candidate', invitation: 'A'.repeat(43) }).Get('/candidate/invitation'), 404, 'invitation.unknown');
    Problem(await new Client(bole, { app: 'candidate', invitation: "'; DROP TABLE interview; --" }).Get('/candidate/invitation'), 404, 'invitation.unknown');
    const { context } = await NewProfile(browser, 'en-US', { viewport: kSize[390] });
    const page = await context.newPage();
    const problems = [];
    for (const token of ['A'.repeat(43), '%3Cscript%3E', '..%2f..%2fetc%2fpasswd']) {
      await page.goto(`${bole.url}/i/${token}`);
      await page.getByRole('heading', { name: 'This link does not work' }).waitFor();
    }
    await PictureCandidate(page, 'x-wrong-link', problems);
    assert.deepEqual(problems, []);
    await context.close();
  });

  it('expired, cancelled and declined invitations each tell what to do', async () => {
    const expired = await Invite(await NewCandidate('Expired Person'));
    const cancelled = await Invite(await NewCandidate('Cancelled Person'));
    const declined = await Invite(await NewCandidate('Declined Person'));
    await staff.Must('POST', `/interviews/${cancelled.interview.id}/cancel`);
    // Time cannot be turned forward from outside; the row can.
    await Run('python3', ['-c', 'import sqlite3,sys; c=sqlite3.connect(sys.argv[1],timeout=20); c.execute("UPDATE interview SET expires_at=created_at-1 WHERE id=?",(sys.argv[2],)); c.commit()', join(bole.data, 'bole.db'), expired.interview.id]);
    Problem(await expired.client.Get('/candidate/invitation'), 410, 'invitation.expired');
    Problem(await expired.client.Post('/candidate/identity/verify', { method: 'id_number', id_number: IdNumber(1) }), 410, 'invitation.expired');
    Problem(await cancelled.client.Get('/candidate/invitation'), 410, 'invitation.cancelled');

    const { context } = await NewProfile(browser, 'en-US', { viewport: kSize[390] });
    const page = await context.newPage();
    const problems = [];
    for (const [link, heading, name] of [[expired.link, 'The invitation has expired', 'expired'], [cancelled.link, 'The invitation was cancelled', 'cancelled']]) {
      await page.goto(link);
      await page.getByRole('heading', { name: heading }).waitFor();
      await PictureCandidate(page, `x-${name}`, problems);
    }
    await page.goto(declined.link);
    await page.getByRole('button', { name: 'I would rather talk to a person' }).click();
    await PictureCandidate(page, 'x-decline', problems);
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByRole('heading', { name: 'We have passed it on' }).waitFor();
    await PictureCandidate(page, 'x-declined', problems);
    assert.equal((await staff.Must('GET', `/interviews/${declined.interview.id}`)).state, 'declined');
    assert.deepEqual(problems, []);
    await context.close();
  });

  it('an ID number is checked, guesses are counted, and the lock holds for the right one too', async () => {
    const id_number = IdNumber((serial += 2));
    const { client } = await Invite(await NewCandidate('Guessed Person', { id_number }));
    const Try = (number) => client.Post('/candidate/identity/verify', { method: 'id_number', id_number: number });
    const broken = id_number.slice(0, 17) + (id_number.endsWith('1') ? '2' : '1');
    Problem(await Try(broken), 422, 'identity.bad_id_number');
    for (const left of ['4', '3', '2', '1']) assert.equal(String(Problem(await Try(IdNumber(900)), 422, 'identity.id_mismatch').params.attempts_left), left);
    Problem(await Try(IdNumber(900)), 429, 'identity.too_many_attempts');
    const locked = Problem(await Try(id_number), 429, 'identity.too_many_attempts');
    assert.ok(Number(locked.params.retry_after_s) > 60);
  });

  it('one-time codes: not too often, wrong ones are counted, another interview’s code does not fit', async () => {
    const [first, second] = [await Invite(await NewCandidate('Code One')), await Invite(await NewCandidate('Code Two'))];
    const sent = await first.client.Must('POST', '/candidate/identity/code', { method: 'code_email' });
    assert.match(sent.to_masked, /\*/);
    Problem(await first.client.Post('/candidate/identity/code', { method: 'code_email' }), 429, 'identity.code_too_soon');
    Problem(await first.client.Post('/candidate/identity/code', { method: 'code_sms' }), 422);
    const admin = await Client.SignedIn(bole, 'hq.hr');
    const code = await Until('the code is in the outbox', async () => {
      const { items } = await admin.Must('GET', '/messages');
      return items.map((item) => /\b(\d{6})\b/.exec(item.body ?? '')?.[1]).find(Boolean);
    });
    const Try = (who, value) => who.client.Post('/candidate/identity/verify', { method: 'code_email', code: value });
    Problem(await Try(second, code), 422, 'identity.code_expired');
    const wrong = code === '000000' ? '000001' : '000000';
    for (let left = 4; left > 0; left -= 1) assert.equal(String(Problem(await Try(first, wrong), 422, 'identity.wrong_code').params.attempts_left), String(left));
    Problem(await Try(first, wrong), 429, 'identity.too_many_attempts');
    Problem(await Try(first, code), 429, 'identity.too_many_attempts');

    const third = await Invite(await NewCandidate('Code Three'));
    await third.client.Must('POST', '/candidate/identity/code', { method: 'code_email' });
    const good = await Until('the second code is in the outbox', async () => {
      const { items } = await admin.Must('GET', '/messages');
      return items.map((item) => /\b(\d{6})\b/.exec(item.body ?? '')?.[1]).find((found) => found && found !== code);
    });
    assert.equal((await Try(third, good)).status, 200);
    Problem(await Try(third, good), 422, 'identity.code_expired');
  });

  it('requests without the header against forgery are refused, and so are foreign methods and sessions', async () => {
    const answer = await staff.Post('/candidates', { name: 'Forged' }, { 'X-Bole-Client': '' });
    Problem(answer, 403, 'csrf.missing_header');
    const nobody = await fetch(`${bole.url}/api/v1/session`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{"user_name":"hq.hr","password":"x"}' });
    assert.equal(nobody.status, 403);
    Problem(await new Client(bole).Get('/candidates'), 401);
    Problem(await new Client(bole).Post('/session', { user_name: 'hq.hr', password: 'wrong' }), 401, 'session.bad_credentials');
    Problem(await new Client(bole, { app: 'candidate' }).Get('/candidate/session'), 401);
    Problem(await staff.Send('DELETE', '/home'), 405);
    Problem(await staff.Get('/nowhere'), 404);
  });

  it('oversized, deep and broken JSON is refused with the place', async () => {
    Problem(await staff.Post('/candidates', '{"name": "a",', { 'Content-Type': 'application/json' }), 400);
    Problem(await staff.Post('/candidates', `${'['.repeat(100_000)}`, { 'Content-Type': 'application/json' }), 400);
    Problem(await staff.Post('/candidates', `{"note":"${'x'.repeat(9_000_000)}"}`, { 'Content-Type': 'application/json' }), 413);
    const wrong = Problem(await staff.Post('/candidates', { org_id: branch.id, name: 7, source: 'moon' }), 422);
    assert.ok(wrong.errors.some((error) => error.pointer === '/name' || error.pointer === '/source'), JSON.stringify(wrong.errors));
    Problem(await staff.Post('/candidates', { org_id: branch.id, name: ' ', source: 'other', locale: 'en-US', tags: [], note: '' }), 422);
    assert.ok([400, 415, 422].includes((await staff.Post('/candidates', 'name=x', { 'Content-Type': 'application/x-www-form-urlencoded' })).status));
    await Alive();
  });

  it('a plan with 99 % or a time limit of 0 is refused at the place, also in the editor', async () => {
    const { document } = plan;
    const light = { ...document, dimensions: document.dimensions.map((item, index) => (index === 0 ? { ...item, weight: item.weight - 1 } : item)) };
    const draft = await staff.Must('POST', '/plans', { org_id: branch.id, name_zh: '', name_en: 'Light', document: light });
    const { problems } = await staff.Must('POST', `/plans/${draft.id}/check`);
    assert.ok(problems.some((found) => found.pointer.includes('/dimensions') && found.message), JSON.stringify(problems));
    assert.ok([409, 422].includes((await staff.Post(`/plans/${draft.id}/publish`, { version: draft.version })).status));
    const still = { ...document, stages: [{ ...document.stages[0], time_limit_seconds: 0 }] };
    const refused = Problem(await staff.Post('/plans', { org_id: branch.id, name_zh: '', name_en: 'Still', document: still }), 422);
    assert.ok(refused.errors.some((error) => error.pointer.endsWith('/stages/0/time_limit_seconds')), JSON.stringify(refused.errors));
    Problem(await staff.Put(`/plans/${draft.id}`, { version: draft.version + 7, name_zh: '', name_en: 'Stale', document }), 409, 'conflict.stale');

    const { context } = await NewProfile(browser, 'en-US');
    const page = await context.newPage();
    await SignIn(page, bole, 'hq.hr');
    await page.goto(`${bole.url}/plans/${draft.id}`);
    await page.getByText('Sum 99%').waitFor();
    await page.locator('.stage-toggle').first().click();
    const limit = page.getByLabel('Time limit', { exact: true });
    await limit.fill('0');
    await limit.blur();
    // A number field puts the nearest allowed value instead of keeping a wrong one.
    await Until('the time limit is a possible one', async () => Number(await limit.inputValue()) >= 10);
    await context.close();
  });

  it('script and formula in names are text on the page and in the workbook', async () => {
    const [script, formula] = [await NewCandidate(kScript), await NewCandidate(kFormula, { note: '+1+1', tags: ['@SUM(1)'] })];
    const { context, faults } = await NewProfile(browser, 'en-US');
    const page = await context.newPage();
    await SignIn(page, bole, 'hq.hr');
    await page.goto(`${bole.url}/candidates`);
    await page.getByText('onerror=', { exact: false }).first().waitFor();
    await Picture(page, 'x-script-in-name');
    await page.goto(`${bole.url}/candidates/${script.id}`);
    await page.getByRole('heading', { name: kScript }).waitFor();
    const { link } = await Invite(script);
    await page.goto(link);
    await page.getByRole('heading', { level: 1 }).waitFor();
    assert.equal(await page.evaluate(() => window.__hurt), undefined);
    assert.equal(await Overflow(page), 0);
    assert.deepEqual(faults, []);
    await context.close();

    const file = await staff.Get(`/candidates/export?q=${encodeURIComponent(kFormula.slice(0, 6))}`);
    assert.equal(file.status, 200);
    const path = join(folder, 'export.xlsx');
    writeFileSync(path, file.bytes);
    const xml = await Run('python3', ['-c', 'import zipfile,sys; z=zipfile.ZipFile(sys.argv[1]); print("\\n".join(z.read(n).decode() for n in z.namelist() if n.startswith("xl/worksheets/") or "sharedStrings" in n))', path]);
    assert.ok(xml.includes('HYPERLINK'), 'the name is in the export');
    assert.ok(!/<f[ >]/.test(xml), 'and not as a formula');
    assert.equal(formula.name, kFormula);
  });

  it('an Excel file of 20 MB with broken rows: the good ones come in, the others are listed with row and column', async () => {
    const rows = [Row(1, ['Name', 'Phone', 'E-mail', 'ID number', 'Note'])];
    const filler = 'x'.repeat(1200);
    let size = 3000;
    let [good, bad] = [0, 0];
    for (let number = 2; size < 20 * 1024 * 1024 - 4000; number += 1) {
      const broken = number % 5 === 0;
      const cells = broken ? [number % 2 ? '' : 'Broken Row', '12', 'no-mail', '110101199003071234', filler] : [`Import ${number}`, `139${String(number).padStart(8, '0')}`, '', '', filler];
      rows.push(Row(number, cells));
      size += rows.at(-1).length;
      if (broken) bad += 1;
      else good += 1;
    }
    const workbook = Workbook(Sheet(rows.join('')));
    assert.ok(workbook.length > 19.9 * 1024 * 1024 && workbook.length <= 20 * 1024 * 1024, `${workbook.length} bytes`);
    const { batch: tried, problems } = await CheckImport(workbook);
    assert.deepEqual([tried.rows_total, tried.rows_created, tried.rows_failed], [good + bad, good, bad]);
    assert.equal((await staff.Must('GET', '/candidates?q=Import%2012')).items.length, 0, 'a dry run writes nothing');
    const first = problems[0];
    assert.equal(first.row, 5);
    assert.ok(first.column && first.message && !/^field\./.test(first.message), JSON.stringify(first));
    await staff.Must('POST', `/imports/${tried.id}/start`);
    const { batch: done } = await ImportIn(tried.id, 'done');
    assert.deepEqual([done.rows_created, done.rows_failed], [good, bad]);
    const errors = await staff.Get(`/imports/${done.id}/problems.xlsx`);
    assert.equal(errors.bytes.toString('latin1', 0, 2), 'PK');
    const Upload = (bytes) => staff.Post(`/imports?target=candidates&org_id=${branch.id}`, bytes, kXlsx);
    Problem(await Upload(Buffer.alloc(20 * 1024 * 1024 + 200_000, 0x50)), 413);
    Problem(await Upload(Buffer.from('PK no zip')), 422, 'xlsx.broken');
    Problem(await Upload(randomBytes(4000)), 422);
    await Alive();
  });

  it('pieces twice, out of order, too large or of somebody else', async () => {
    const mine = await ReadyToAnswer('Careful Person');
    const other = await ReadyToAnswer('Other Person');
    Problem(await mine.client.Post('/candidate/answers', { stage_key: mine.stage_key, mime_type: 'text/html' }), 422);
    const { id } = await mine.client.Must('POST', '/candidate/answers', { stage_key: mine.stage_key, mime_type: 'video/webm;codecs=vp8,opus' });
    const Put = (client, piece, bytes) => client.Put(`/candidate/answers/${id}/parts/0/pieces/${piece}`, bytes, kBytes);
    const bytes = randomBytes(5000);
    assert.equal((await Put(mine.client, 0, bytes)).json.next_piece, 1);
    const again = await Put(mine.client, 0, bytes);
    assert.deepEqual([again.status, again.json.next_piece, again.json.bytes], [200, 1, 5000]);
    assert.equal(String(Problem(await Put(mine.client, 4, bytes), 409, 'piece.out_of_order').params.next_piece), '1');
    Problem(await Put(mine.client, 1, Buffer.alloc(5 * 1024 * 1024)), 413);
    Problem(await Put(other.client, 1, bytes), 404);
    Problem(await Put(mine.client, -1, bytes), 409);
    const short = Problem(await mine.client.Post(`/candidate/answers/${id}/finish`, { parts: [{ part: 0, pieces: 9 }], duration_ms: 9000, reason: 'candidate' }), 409, 'answer.pieces_missing');
    assert.equal(String(short.params.next_piece), '1');
    await Alive();
  });

  it('forged and truncated recordings end in a report with a notice', async () => {
    const webm_head = Buffer.from('1a45dfa39f4286810142f7810142f2810442f381084282847765626d42878104428581021853806701ffffffffffffff', 'hex');
    const kinds = {
      noise: randomBytes(60_000),
      'a page': Buffer.from(`<html>${kScript}</html>`.repeat(300)),
      'a head without a body': Buffer.concat([webm_head, randomBytes(30_000)]),
      'one byte': Buffer.from([0]),
    };
    const made = [];
    for (const [kind, bytes] of Object.entries(kinds)) {
      const person = await ReadyToAnswer(`Forged ${kind}`);
      const { id } = await person.client.Must('POST', '/candidate/answers', { stage_key: person.stage_key, mime_type: 'video/webm;codecs=vp8,opus' });
      await person.client.Must('PUT', `/candidate/answers/${id}/parts/0/pieces/0`, bytes, kBytes);
      const session = await person.client.Must('POST', `/candidate/answers/${id}/finish`, { parts: [{ part: 0, pieces: 1 }], duration_ms: 20_000, reason: 'candidate' });
      assert.equal(session.state, 'analysing');
      made.push({ kind, id: person.interview.id });
    }
    for (const { kind, id } of made) {
      const report = await Until(`the report on ${kind} is there`, async () => {
        await Alive();
        const view = await staff.Must('GET', `/interviews/${id}/report`);
        return ['ready', 'failed'].includes(view.status) && view;
      }, { within_ms: 60_000, every_ms: 400 });
      assert.equal(report.status, 'ready', kind);
      const notices = [...report.notices, ...report.answers.flatMap((answer) => answer.notices)];
      assert.ok(notices.some((notice) => notice.severity !== 'info' && notice.text_zh && notice.text_en), `${kind}: ${JSON.stringify(notices)}`);
      assert.equal(report.band, 'insufficient', `${kind}: no verdict without evidence`);
      assert.equal((await staff.Get(`/interviews/${id}/report.pdf`)).bytes.toString('latin1', 0, 4), '%PDF');
    }
    const { context } = await NewProfile(browser, 'en-US');
    const page = await context.newPage();
    await SignIn(page, bole, 'hq.hr');
    await page.goto(`${bole.url}/interviews/${made[0].id}/report`);
    await page.locator('.verdict').waitFor();
    await Picture(page, 'x-forged-report');
    await context.close();
  });

  it('nothing of all this has hurt the server', async () => {
    await Alive();
    assert.ok(!/\b(Assertion|terminate|SIGSEGV|Segmentation)\b/.test(bole.log()));
    const lines = bole.log().split('\n').filter((line) => /\berror\b/i.test(line) && /http\.fail/.test(line));
    assert.deepEqual(lines, [], 'no request ended in an unexpected failure');
  });
});
