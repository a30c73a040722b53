// Interview plans as a table in the console: in through the wizard, published, out and in again without a change, and taken back.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe } from 'node:test';
import { Client, StartBole } from './_bole.mjs';
import { kSize, kWidths, Launch, NewProfile, Overflow, Picture, SignIn, StrangeTexts, it } from './_browser.mjs';

const kWords = {
  'zh-CN': {
    next: '下一步', check: '检查', start: '正式导入', undo: '撤销导入', undone: '已撤销', button: '导入', export: '导出',
    unknown: '可用的评分维度中没有“飞行”', headings: '方案名称（中文）,维度权重,环节序号,题目（中文）,环节考察维度',
  },
  'en-US': {
    next: 'Next', check: 'Check', start: 'Import', undo: 'Undo import', undone: 'Undone', button: 'Import', export: 'Export',
    unknown: 'No scoring dimension “飞行”', headings: 'Plan name (Chinese),Dimension weights,Stage number,Question (Chinese),Dimensions of the stage',
  },
};

let bole, browser, staff, folder;

/** Chooses the file and checks it. `unit`: imported into; `duplicates`: what happens to stages that are there. */
async function Checked(page, file, words, { picture, unit, duplicates } = {}) {
  await page.getByRole('button', { name: words.button }).first().click();
  if (unit) {
    await page.locator('.ant-drawer .ant-select').click();
    await page.locator('.ant-select-tree-title:visible').filter({ hasText: unit }).first().click();
  }
  await page.locator('input[type=file]').setInputFiles(file);
  await page.getByRole('button', { name: words.next }).click();
  await page.locator('.import-map').waitFor();
  if (picture) await Picture(page, `plan-table-columns-${picture}`);
  if (duplicates) await page.getByText(duplicates).click();
  await page.getByRole('button', { name: words.check, exact: true }).click();
  await page.locator('.import-counts').waitFor({ timeout: 30_000 });
}

const Started = async (page, words) => {
  await page.getByRole('button', { name: words.start, exact: true }).last().click();
  await page.getByRole('button', { name: words.undo }).waitFor({ timeout: 30_000 });
};

describe('plans as a table', { concurrency: false }, () => {
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'bole-plan-tables-'));
    [bole, browser] = await Promise.all([StartBole(), Launch()]);
    staff = await Client.SignedIn(bole, 'hq.hr');
  });
  after(async () => {
    await browser?.close();
    await bole?.Stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('is imported as a draft and taken back', { timeout: 120_000 }, async () => {
    for (const [locale, words] of Object.entries(kWords)) {
      const file = join(folder, `${locale}.csv`);
      writeFileSync(file, `${words.headings}\n表格方案,communication:40;service:60,1,请介绍自己。,\n表格方案,,2,为什么选择我们？,飞行\n表格方案,,3,客户投诉怎么办？,service\n`);
      const { context, faults } = await NewProfile(browser, locale);
      const page = await context.newPage();
      await SignIn(page, bole, 'hq.hr');
      await page.goto(`${bole.url}/plans`);
      await page.getByRole('button', { name: words.export }).waitFor();
      for (const width of kWidths) {
        await page.setViewportSize(kSize[width]);
        await Picture(page, `plan-table-${locale}-${width}`);
        assert.equal(await Overflow(page), 0);
      }
      assert.deepEqual(await StrangeTexts(page), []);
      await Checked(page, file, words, { picture: locale });
      await page.getByText(words.unknown).first().waitFor();
      await Picture(page, `plan-table-check-${locale}`);
      assert.deepEqual((await staff.Must('GET', '/plans?q=表格方案')).items, [], 'a check writes nothing');
      await Started(page, words);
      const [made] = (await staff.Must('GET', '/plans?q=表格方案')).items;
      assert.equal(made.status, 'draft');
      assert.deepEqual(made.document.stages.map(({ key, question_zh }) => [key, question_zh]), [['n1', '请介绍自己。'], ['n3', '客户投诉怎么办？']]);
      assert.deepEqual(made.document.dimensions.map(({ key, weight }) => [key, weight]), [['communication', 40], ['service', 60]]);
      await Picture(page, `plan-table-done-${locale}`);
      await page.getByRole('button', { name: words.undo }).click();
      await page.getByRole('dialog').last().getByRole('button', { name: words.undo }).click();
      await page.getByText(words.undone, { exact: true }).waitFor({ timeout: 30_000 });
      assert.deepEqual((await staff.Must('GET', '/plans?q=表格方案')).items, []);
      assert.deepEqual(faults, []);
      await context.close();
    }
  });

  it('an export comes back without a change', { timeout: 120_000 }, async () => {
    const words = kWords['zh-CN'];
    const { context, faults } = await NewProfile(browser, 'zh-CN');
    const page = await context.newPage();
    await SignIn(page, bole, 'hq.hr');
    await page.goto(`${bole.url}/plans`);
    await page.getByRole('button', { name: words.export }).click();
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: 'Excel' }).click()]);
    const file = join(folder, 'plans.xlsx');
    await download.saveAs(file);
    const Versions = async () => (await staff.Must('GET', '/plans?limit=200')).items.map(({ id, version, revision }) => [id, version, revision]);
    const before = await Versions();
    assert.ok(before.length > 0);
    const root = (await staff.Must('GET', '/org/nodes')).items.find(({ parent_id }) => !parent_id);
    await Checked(page, file, words, { unit: root.name, duplicates: '用文件中的内容更新' });
    await Picture(page, 'plan-table-unchanged');
    await Started(page, words);
    const [batch] = (await staff.Must('GET', '/imports?target=plans')).items;
    assert.deepEqual([batch.rows_failed, batch.rows_created, batch.rows_updated], [0, 0, batch.rows_total]);
    assert.deepEqual(await Versions(), before);
    assert.deepEqual(faults, []);
    await context.close();
  });
});
