// The evidence log from outside: a purpose is asked for, what was done is shown with its proof, and an edited database is found.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe } from 'node:test';
import { Client, kRoot, Run, StartBole, Until } from './_bole.mjs';
import { kSize, kWidths, Launch, NewProfile, Overflow, Picture, SignIn, StrangeTexts, it } from './_browser.mjs';

const kFirstSize = 5;

let bole, browser, auditor;

/** `bole audit …` on the data of the running server. */
function Audit(...args) {
  const environment = { ...process.env, BOLE_CONFIG: join(bole.data, '..', 'bole.toml') };
  return Run(join(kRoot, 'bole'), ['audit', ...args], { cwd: kRoot, env: environment });
}

function Sql(statement) {
  return Run('python3', ['-c', 'import sqlite3,sys; d=sqlite3.connect(sys.argv[1], timeout=20); d.execute(sys.argv[2]); d.commit()', join(bole.data, 'bole.db'), statement]);
}

before(async () => {
  bole = await StartBole();
  browser = await Launch();
  auditor = await Client.SignedIn(bole, 'auditor');
});
after(async () => {
  await browser?.close();
  const how = await bole?.Stop();
  if (how) assert.deepEqual(how, { code: 0, signal: null });
});

describe('evidence log', () => {
  it('personal data is shown in full only for a purpose, which is asked for once and recorded', async () => {
    const { context, faults } = await NewProfile(browser, 'en-US');
    const page = await context.newPage();
    await SignIn(page, bole, 'hq.hr');
    await page.goto(`${bole.url}/candidates`);
    await page.locator('a.cell-main').first().click();
    await page.getByRole('button', { name: 'Reveal' }).click();
    await page.getByRole('heading', { level: 1 }).waitFor();
    await Picture(page, 'purpose-en-US-1280');
    await page.getByRole('combobox', { name: 'Purpose' }).click();
    await page.getByTitle('Other (say which)').click();
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByText('This is required').waitFor();
    await page.getByLabel('Note').fill('Case 7 of 张');
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByText(/\+86|@/).first().waitFor();
    await page.goto(`${bole.url}/candidates`);
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export' }).click();
    await page.getByRole('menuitem', { name: /Excel workbook/ }).click();
    await download;
    await context.close();
    assert.deepEqual(faults, []);
    for (const action of ['candidate.reveal', 'candidate.export']) {
      const { items } = await auditor.Must('GET', `/audit/records?action=${action}`);
      assert.equal(items.length, 1, action);
      assert.deepEqual(items[0].details, { purpose: 'other', purpose_note: 'Case 7 of 张' });
    }
    const file = await auditor.Must('GET', '/audit/records?action=candidate.read');
    assert.equal(file.items.length, 1, 'the file was opened once');
  });

  it('the page shows records with names, proves them in the browser and compares heads', async () => {
    await Until('everything is in the tree', async () => {
      const status = await auditor.Must('GET', '/audit');
      return status.size > kFirstSize && status.waiting === 0;
    });
    for (const locale of ['zh-CN', 'en-US']) {
      const { context, faults } = await NewProfile(browser, locale);
      const page = await context.newPage();
      await SignIn(page, bole, 'auditor');
      for (const width of kWidths) {
        await page.setViewportSize(kSize[width]);
        await page.goto(`${bole.url}/settings/audit`);
        await page.getByText(locale === 'zh-CN' ? '查看完整联系方式' : 'Contact data shown in full').first().waitFor();
        assert.equal(await Overflow(page), 0);
        assert.deepEqual(await StrangeTexts(page), []);
        await Picture(page, `audit-${locale}-${width}`);
        await page.getByText(locale === 'zh-CN' ? '查看完整联系方式' : 'Contact data shown in full').first().click();
        await page.getByRole('button', { name: locale === 'zh-CN' ? '在本浏览器中验证' : 'Verify in this browser' }).click();
        await page.locator('.audit-checks li').nth(3).waitFor();
        assert.equal(await page.locator('.audit-checks .audit-fail').count(), 0);
        assert.ok((await page.locator('.audit-checks .audit-pass').count()) >= 3);
        await Picture(page, `audit-record-${locale}-${width}`);
        await page.goto(`${bole.url}/settings/audit?tab=heads`);
        await page.getByText('-----BEGIN PUBLIC KEY-----').waitFor();
        assert.equal(await Overflow(page), 0);
        await Picture(page, `audit-heads-${locale}-${width}`);
      }
      const boxes = page.locator('tbody .ant-checkbox-input');
      if ((await boxes.count()) > 1) {
        await boxes.nth(0).check();
        await boxes.nth(1).check();
        await page.getByRole('button', { name: locale === 'zh-CN' ? '证明两者一致' : 'Prove that they agree' }).click();
        await page.getByRole('button', { name: locale === 'zh-CN' ? '在本浏览器中验证' : 'Verify in this browser' }).click();
        await page.locator('.audit-checks .audit-pass').waitFor();
        await Picture(page, `audit-compare-${locale}-1280`);
      }
      await context.close();
      assert.deepEqual(faults, []);
    }
  });

  it('others are refused: by the page and by the server', async () => {
    const hr = await Client.SignedIn(bole, 'hq.hr');
    for (const path of ['/audit', '/audit/records', '/audit/heads', '/audit/keys', '/audit/export.jsonl']) assert.equal((await hr.Get(path)).status, 403, path);
    const { context } = await NewProfile(browser, 'en-US');
    const page = await context.newPage();
    await SignIn(page, bole, 'hq.hr');
    await page.goto(`${bole.url}/settings/audit`);
    await page.locator('[role=alert]').waitFor();
    await Picture(page, 'audit-forbidden-en-US-1280');
    await context.close();
  });

  it('an export is verified without the database, and an edited record is found in both', async () => {
    const file = join(bole.data, '..', 'log.jsonl');
    await Audit('export', file);
    assert.match(await Audit('verify', file), /nothing was changed/);
    assert.match(await Audit('verify'), /nothing was changed/);
    const [, key] = /"type":"key","id":"([0-9a-f]{32})"/.exec(readFileSync(file, 'utf8'));
    assert.match(await Audit('verify', file, '--key', key), /nothing was changed/);
    await assert.rejects(Audit('verify', file, '--key', '0'.repeat(32)), /ended with 1[\s\S]*head_key/);
    const { items } = await auditor.Must('GET', '/audit/records?action=candidate.reveal');
    await Sql(`UPDATE audit_record SET actor_name = 'nobody' WHERE id = '${items[0].id}'`);
    await assert.rejects(Audit('verify'), new RegExp(`ended with 1[\\s\\S]*record_edited ${items[0].leaf_index} ${items[0].id}`));
    const detail = await auditor.Must('GET', `/audit/records/${items[0].id}`);
    assert.equal(detail.intact, false);
    assert.match(await Audit('verify', file), /nothing was changed/, 'what was taken out before still proves itself');
    const { context } = await NewProfile(browser, 'zh-CN');
    const page = await context.newPage();
    await SignIn(page, bole, 'auditor');
    await page.goto(`${bole.url}/settings/audit`);
    await page.getByText('查看完整联系方式').first().click();
    await page.getByText('此记录存证后被改动过').waitFor();
    await Picture(page, 'audit-tampered-zh-CN-1280');
    await context.close();
  });
});
