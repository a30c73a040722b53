// Accounts as a table in the console: out with a purpose, in through the wizard, and taken back.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe } from 'node:test';
import { Client, StartBole } from './_bole.mjs';
import { kSize, kWidths, Launch, NewProfile, Overflow, Picture, SignIn, StrangeTexts, it } from './_browser.mjs';

let bole, browser, admin, folder;

describe('accounts as a table', { concurrency: false }, () => {
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'bole-accounts-'));
    [bole, browser] = await Promise.all([StartBole(), Launch()]);
    admin = await Client.SignedIn(bole, 'admin');
    writeFileSync(join(folder, 'accounts.csv'), '用户名,姓名,直接上级,授权\nnew.one,甲一,hq.hr,interviewer@NOPE\nnew.two,乙二,hq.hr,\n');
  });
  after(async () => {
    await browser?.close();
    await bole?.Stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('is imported and taken back', { timeout: 120_000 }, async () => {
    for (const locale of ['zh-CN', 'en-US']) {
      const words = locale === 'zh-CN'
        ? { next: '下一步', check: '检查', start: '正式导入', undo: '撤销导入', undone: '已撤销', button: '导入' }
        : { next: 'Next', check: 'Check', start: 'Import', undo: 'Undo import', undone: 'Undone', button: 'Import' };
      const { context, faults } = await NewProfile(browser, locale);
      const page = await context.newPage();
      await SignIn(page, bole, 'admin');
      await page.goto(`${bole.url}/settings/users`);
      await page.getByText('hq.hr').first().waitFor();
      for (const width of kWidths) {
        await page.setViewportSize(kSize[width]);
        await Picture(page, `accounts-${locale}-${width}`);
        assert.equal(await Overflow(page), 0);
      }
      assert.deepEqual(await StrangeTexts(page), []);
      await page.getByRole('button', { name: words.button }).first().click();
      await page.locator('input[type=file]').setInputFiles(join(folder, 'accounts.csv'));
      await page.getByRole('button', { name: words.next }).click();
      await page.locator('.import-map').waitFor();
      await Picture(page, `accounts-columns-${locale}`);
      await page.getByRole('button', { name: words.check, exact: true }).click();
      await page.getByText(locale === 'zh-CN' ? '没有这个机构，或它不在您管理的范围内' : 'There is no such unit').first().waitFor({ timeout: 30_000 });
      await Picture(page, `accounts-check-${locale}`);
      await page.getByRole('button', { name: words.start, exact: true }).last().click();
      await page.getByRole('button', { name: words.undo }).waitFor({ timeout: 30_000 });
      const [made] = (await admin.Must('GET', '/users?q=new.')).items;
      assert.deepEqual([made.user_name, made.active, made.grants, made.last_sign_in_at ?? null], ['new.two', true, [], null]);
      await page.getByRole('button', { name: words.undo }).click();
      await page.getByRole('dialog').last().getByRole('button', { name: words.undo }).click();
      await page.getByText(words.undone, { exact: true }).waitFor({ timeout: 30_000 });
      assert.deepEqual((await admin.Must('GET', '/users?q=new.')).items, []);
      assert.deepEqual(faults, []);
      await context.close();
    }
  });
});
