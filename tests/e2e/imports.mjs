// The import wizard in a browser: a GBK table with headings of its own, mapped, checked, imported, undone, found again.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe } from 'node:test';
import { Client, StartBole } from './_bole.mjs';
import { Launch, NewProfile, Overflow, Picture, SignIn, StrangeTexts, it } from './_browser.mjs';

// "工号,联系人,电话" and three rows in GBK: one sound, one with a broken number, one more sound.
const kGbk = Buffer.concat([
  Buffer.from('b9a4bac52cc1aacfb5c8cb2cb5e7bbb00a', 'hex'),
  Buffer.from('312c', 'hex'), Buffer.from('bcd7d2bb', 'hex'), Buffer.from(',13912340001\n'),
  Buffer.from('322c', 'hex'), Buffer.from('d2d2b6fe', 'hex'), Buffer.from(',12\n'),
  Buffer.from('332c', 'hex'), Buffer.from('b1fbc8fd', 'hex'), Buffer.from(',13912340003\n'),
]);

let bole, browser, staff, folder;

describe('imports', { concurrency: false }, () => {
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'bole-import-'));
    [bole, browser] = await Promise.all([StartBole(), Launch()]);
    staff = await Client.SignedIn(bole, 'hq.hr');
    writeFileSync(join(folder, 'People.csv'), kGbk);
  });
  after(async () => {
    await browser?.close();
    await bole?.Stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('a table with other headings is mapped, checked, imported and undone', async () => {
    const { context, faults } = await NewProfile(browser, 'en-US');
    const page = await context.newPage();
    await SignIn(page, bole, 'hq.hr');
    const Wizard = async () => {
      await page.goto(`${bole.url}/candidates?import=1`);
      await page.locator('input[type=file]').setInputFiles(join(folder, 'People.csv'));
      await page.getByRole('button', { name: 'Next' }).click();
      await page.getByRole('list', { name: 'Columns' }).waitFor();
    };
    await Wizard();
    assert.ok(await page.getByText('Choose the columns of the required fields: Name').isVisible());
    assert.ok(await page.getByText('甲一 · 乙二 · 丙三').isVisible(), 'GBK is read');
    assert.ok(await page.getByRole('button', { name: 'Check', exact: true }).isDisabled());
    await page.getByRole('combobox', { name: 'Field for “联系人”' }).click();
    await page.getByTitle('Name *', { exact: true }).click();
    await Picture(page, 'import-columns');
    await page.getByRole('button', { name: 'Check', exact: true }).click();
    await page.getByText('Would be new').waitFor({ timeout: 30_000 });
    await page.getByText('Not a valid phone number', { exact: false }).first().waitFor();
    await Picture(page, 'import-check');
    assert.equal((await staff.Must('GET', '/candidates?q=13912340001')).items.length, 0, 'a check writes nothing');
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Download the rows' }).click()]);
    assert.match(download.suggestedFilename(), /\.xlsx$/);
    await page.getByRole('button', { name: 'Import', exact: true }).last().click();
    await page.getByRole('button', { name: 'Undo import' }).waitFor({ timeout: 30_000 });
    await Picture(page, 'import-done');
    assert.equal((await staff.Must('GET', '/candidates?q=13912340001')).items.length, 1);
    await page.getByRole('button', { name: 'Undo import' }).click();
    await page.getByRole('dialog').last().getByRole('button', { name: 'Undo import' }).click();
    await page.getByText('Undone', { exact: true }).waitFor({ timeout: 30_000 });
    assert.equal((await staff.Must('GET', '/candidates?q=13912340001')).items.length, 0);

    await Wizard();
    await page.getByText('Matched as last time for these headings.').waitFor();
    assert.deepEqual(faults, []);
    await context.close();
  });

  it('the history is found again, on a phone and in Chinese', async () => {
    for (const [width, locale] of [[390, 'zh-CN'], [1280, 'zh-CN'], [1920, 'en-US']]) {
      const { context, faults } = await NewProfile(browser, locale, { viewport: { width, height: 900 } });
      const page = await context.newPage();
      await SignIn(page, bole, 'hq.hr');
      await page.goto(`${bole.url}/settings/imports`);
      await page.getByText('People.csv').first().waitFor();
      assert.equal(await Overflow(page), 0);
      assert.deepEqual(await StrangeTexts(page), []);
      await Picture(page, `imports-${width}-${locale}`);
      await page.getByText('People.csv').last().click();
      await page.locator('.import-counts').waitFor();
      await Picture(page, `imports-detail-${width}-${locale}`);
      await page.goto(`${bole.url}/candidates?import=1`);
      await page.locator('input[type=file]').setInputFiles(join(folder, 'People.csv'));
      await page.getByRole('button', { name: locale === 'zh-CN' ? '下一步' : 'Next' }).click();
      await page.locator('.import-map').waitFor();
      await Picture(page, `import-columns-${width}-${locale}`);
      assert.equal(await Overflow(page), 0);
      assert.deepEqual(faults, []);
      await context.close();
    }
  });
});
