// Master keys from outside: rotated while people work, another algorithm, an old key that goes, and what the console shows of it.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe } from 'node:test';
import { Client, StartBole } from './_bole.mjs';
import { kSize, Launch, NewProfile, Overflow, Picture, SignIn, StrangeTexts, it } from './_browser.mjs';

let bole, browser, hr, auditor, officer, candidate;

const Contact = () => hr.Must('GET', `/candidates/${candidate}/reveal`);
const Phone = async () => (await Contact()).phone;
const Rows = (text) => new Map([...text.matchAll(/^(k\d+)\s.*?(\d+)\s+(\d+)$/gm)].map(([line, id, values, recordings]) => [id, { active: / active /.test(line), values: Number(values), recordings: Number(recordings) }]));

before(async () => {
  bole = await StartBole();
  browser = await Launch();
  hr = await Client.SignedIn(bole, 'hq.hr');
  auditor = await Client.SignedIn(bole, 'auditor');
  officer = await Client.SignedIn(bole, 'security');
  const { items } = await hr.Must('GET', '/candidates?limit=1');
  candidate = items[0].id;
});
after(async () => {
  await browser?.close();
  const how = await bole?.Stop();
  if (how) assert.deepEqual(how, { code: 0, signal: null });
});

describe('master keys', () => {
  it('are rotated while people read and write, and the old one can go', async () => {
    const phone = await Phone();
    assert.ok(phone);
    let running = true, asked = 0;
    const people = (async () => {
      for (; running || asked < 3; ++asked) {
        const { version } = await hr.Must('GET', `/candidates/${candidate}`);
        await hr.Must('PATCH', `/candidates/${candidate}`, { version, email: `round${asked}@example.com` });
        const contact = await Contact();
        assert.equal(contact.phone, phone);
        assert.equal(contact.email, `round${asked}@example.com`);
      }
    })();
    const said = await bole.Command(['keys', 'rotate']);
    running = false;
    await people;
    assert.match(said, /New master key k2/);
    const rows = Rows(await bole.Command(['keys', 'list']));
    assert.deepEqual(rows.get('k1'), { active: false, values: 0, recordings: 0 });
    assert.deepEqual(rows.get('k2'), { active: true, values: 0, recordings: 0 });
    assert.match(await bole.Command(['keys', 'retire', 'k1']), /forgotten/);
    await assert.rejects(bole.Command(['keys', 'retire', 'k2']), /keys\.active/);
    await assert.rejects(bole.Command(['keys', 'retire', 'k1']), /not_found/);
    assert.doesNotMatch(readFileSync(join(bole.data, 'keys.toml'), 'utf8'), /"k1"/);
    assert.equal(await Phone(), phone, 'the running server goes on without the old key');
  });

  it('another algorithm takes over what is there', async () => {
    const phone = await Phone();
    const environment = { BOLE_CRYPTO_ALGORITHM: 'sm4-gcm' };
    const before = Rows(await bole.Command(['keys', 'list'], environment)).get('k2');
    assert.ok(before.values > 50, JSON.stringify(before));
    await bole.Command(['keys', 'continue'], environment);
    assert.equal(Rows(await bole.Command(['keys', 'list'], environment)).get('k2').values, 0);
    assert.equal(await Phone(), phone, 'values tell their algorithm: a server of the other one reads them');
    await bole.Command(['keys', 'continue']);
    assert.equal(Rows(await bole.Command(['keys', 'list'])).get('k2').values, 0);
    assert.equal(await Phone(), phone);
  });

  it('the evidence log has begin, end and retirement; only the security officer sees the figures', async () => {
    for (const [action, count] of [['keys.rotation_begin', 3], ['keys.rotation_finish', 3], ['keys.retire', 1]]) {
      const { items } = await auditor.Must('GET', `/audit/records?action=${action}`);
      assert.equal(items.filter((one) => one.succeeded).length, count, action);
      assert.equal(items[0].subject_kind, 'master_key');
    }
    assert.equal((await hr.Get('/security/encryption')).status, 403);
    const seen = await officer.Must('GET', '/security/encryption');
    assert.equal(seen.algorithm, 'aes-256-gcm');
    assert.deepEqual(seen.keys.map((key) => key.id), ['k2']);
    assert.deepEqual(seen.unregistered, []);
    for (const locale of ['zh-CN', 'en-US']) {
      const { context, faults } = await NewProfile(browser, locale);
      const page = await context.newPage();
      await SignIn(page, bole, 'security');
      for (const [width, size] of [...Object.entries(kSize), [1920, { width: 1920, height: 1080 }]]) {
        await page.setViewportSize(size);
        await page.goto(`${bole.url}/settings/security`);
        await page.getByText('AES-256-GCM').waitFor();
        assert.equal(await Overflow(page), 0);
        assert.deepEqual(await StrangeTexts(page), []);
        await Picture(page, `encryption-${locale}-${width}`);
      }
      await context.close();
      assert.deepEqual(faults, []);
    }
  });

  it('a key file that somebody broke stops a command, not the server', async () => {
    const file = join(bole.data, 'keys.toml');
    const good = readFileSync(file, 'utf8');
    const phone = await Phone();
    writeFileSync(file, 'active = ');
    await assert.rejects(bole.Command(['keys', 'list']), /keys\./);
    assert.equal(await Phone(), phone);
    writeFileSync(file, good);
    await bole.Command(['keys', 'list']);
  });
});
