// What changes and what it was before, in the browser: versions of questions and plans are read, compared and brought back; a unit's own dimension
// is made, used, guarded and retired.
import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import { Client, StartBole } from './_bole.mjs';
import { kSize, kWidths, Launch, NewProfile, Overflow, Picture, SignIn, StrangeTexts, it } from './_browser.mjs';

const kCode = 'VER-1';
const kFormer = 'How do you greet a customer?';
const kNow = 'How do you greet a customer who is in a hurry?';

let bole, browser, staff, branch, org, page, faults, question, plan;
const problems = [];

async function Pictures(name) {
  for (const width of kWidths) {
    await page.setViewportSize(kSize[width]);
    await Picture(page, `versions-${name}-${width}`);
    if ((await Overflow(page)) > 0) problems.push(`${name} at ${width}: too wide`);
  }
  await page.setViewportSize(kSize[1280]);
  problems.push(...(await StrangeTexts(page)).map((text) => `${name}: “${text}”`));
}
const Drawer = (name) => page.getByRole('dialog', { name });
const Confirm = (name) => page.getByRole('tooltip').getByRole('button', { name, exact: true }).click();
async function SwitchTo(view) {
  await page.goto(`${bole.url}/questions`);
  await page.getByText(view, { exact: true }).first().click();
}

describe('versions', { concurrency: false }, () => {
  before(async () => {
    bole = await StartBole();
    [staff, branch] = [await Client.SignedIn(bole, 'hq.hr'), await Client.SignedIn(bole, 'bj.hr')];
    const { items: nodes } = await staff.Must('GET', '/org/nodes');
    org = nodes.find(({ code }) => code === 'BJ').id;
    const made = await branch.Must('POST', '/questions', { org_id: org, code: kCode, text_zh: '您怎样接待客户？', text_en: kFormer, competency: 'communication', difficulty: 2, suggested_seconds: 90 });
    question = await branch.Send('PATCH', `/questions/${made.id}`, { version: made.version, text_en: kNow, difficulty: 4 }).then(({ json }) => json);
    const stage = (text) => ({
      key: 'q1', kind: 'question', title_zh: '问题', title_en: 'Question', question_zh: '请谈谈。', question_en: text, prompt_zh: '', prompt_en: '',
      preparation_seconds: 10, time_limit_seconds: 60, grace_seconds: 5, retakes: 0, dimensions: ['communication'], weight: 100, locked: false,
    });
    const document = (text) => ({ ...plan?.document, dimensions: [{ key: 'communication', name_zh: '沟通表达', name_en: 'Communication', weight: 100, core: false }], stages: [stage(text)], language: 'en-US', valid_days: 7, retention_days: 90 });
    plan = await branch.Must('POST', '/plans', { org_id: org, name_zh: '版本方案', name_en: 'Plan with versions', document: document('First wording') });
    plan = await branch.Must('POST', `/plans/${plan.id}/publish`, { version: plan.version });
    plan = await branch.Send('PUT', `/plans/${plan.id}`, { version: plan.version, name_zh: plan.name_zh, name_en: plan.name_en, job_id: null, document: document('Second wording') }).then(({ json }) => json);
    plan = await branch.Must('POST', `/plans/${plan.id}/publish`, { version: plan.version });
    browser = await Launch();
    const profile = await NewProfile(browser, 'en-US');
    faults = profile.faults;
    page = await profile.context.newPage();
    await SignIn(page, bole, 'bj.hr');
  });
  after(async () => {
    await browser?.close();
    await bole?.Stop();
  });

  it('a question shows what it was, and the former wording comes back as the next version', async () => {
    assert.equal(question.revision, 2, JSON.stringify(question));
    await page.goto(`${bole.url}/questions`);
    await page.getByRole('searchbox').or(page.getByRole('textbox')).first().fill(kCode);
    await page.getByRole('row').filter({ hasText: kNow }).click();
    await page.getByRole('button', { name: 'Versions' }).click();
    const versions = Drawer(`Versions · ${kCode}`);
    await versions.getByRole('button', { name: /^revision 1/ }).click();
    for (const text of [kFormer, kNow]) await versions.getByText(text, { exact: true }).waitFor();
    await Pictures('question');
    await versions.getByRole('button', { name: 'Open this version' }).click();
    assert.equal(await page.locator('textarea').filter({ visible: true }).evaluateAll((areas, text) => areas.some(({ value }) => value === text), kFormer), true, 'the whole former version, to be read');
    await page.keyboard.press('Escape');
    await versions.getByRole('button', { name: 'Restore as a new version' }).click();
    await Confirm('Restore as a new version');
    await page.getByText('Restored as a new version').waitFor();
    const now = await branch.Must('GET', `/questions/${question.id}`);
    assert.deepEqual([now.revision, now.text_en, now.difficulty], [3, kFormer, 2]);
    assert.equal((await branch.Must('GET', `/questions/${question.id}?revision=2`)).text_en, kNow, 'the second stays as it was');
  });

  it('a plan shows what changed since, and a former version becomes the draft', async () => {
    await page.goto(`${bole.url}/plans/${plan.id}`);
    await page.getByRole('link', { name: 'Versions' }).click();
    await page.getByRole('heading', { level: 1, name: 'Versions' }).waitFor();
    await page.getByRole('button', { name: /Revision 1/ }).click();
    const changes = page.getByRole('region', { name: 'What changed' });
    for (const text of ['First wording', 'Second wording']) await changes.getByText(text).first().waitFor();
    await Pictures('plan');
    await changes.getByRole('link', { name: 'Open this version' }).click();
    await page.getByText('This is revision 1, to be read only').waitFor();
    await page.goBack();
    await changes.getByRole('button', { name: 'Restore as a draft' }).click();
    await Confirm('Restore as a draft');
    await page.waitForURL((url) => url.pathname === `/plans/${plan.id}`);
    const now = await branch.Must('GET', `/plans/${plan.id}`);
    assert.equal(now.has_draft, true);
    assert.equal(now.document.stages[0].question_en, 'First wording');
    const { items } = await branch.Must('GET', `/plans/${plan.id}/revisions`);
    assert.deepEqual(items.map(({ state }) => state).sort(), ['draft', 'former', 'in_use'].sort(), 'invitations keep the published one');
  });

  it('a branch makes a dimension of its own; its code is taken once, and another branch never sees it', async () => {
    await SwitchTo('Dimensions');
    await page.getByRole('button', { name: 'New dimension' }).click();
    const drawer = Drawer('New dimension');
    await drawer.getByRole('textbox', { name: 'Chinese name' }).fill('礼仪');
    await drawer.getByRole('textbox', { name: 'English name' }).fill('Courtesy');
    await drawer.getByRole('textbox', { name: 'Code' }).fill('communication');
    await drawer.getByRole('button', { name: 'Save' }).click();
    await drawer.locator('.ant-form-item-explain-error').waitFor();
    await Pictures('dimension');
    await drawer.getByRole('textbox', { name: 'Code' }).fill('courtesy');
    await drawer.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('row').filter({ hasText: 'Courtesy' }).waitFor();
    const Seen = async (client) => (await client.Must('GET', '/dimensions')).items.find(({ key }) => key === 'courtesy');
    assert.equal((await Seen(branch)).org_id, org);
    const other = await Client.SignedIn(bole, 'cd.hr');
    assert.equal(await Seen(other), undefined);
    await Pictures('dimensions');
  });

  it('a plan weighs it, and a retired one is not offered any more', async () => {
    await page.goto(`${bole.url}/plans/${plan.id}`);
    const Offered = () => page.getByRole('menuitem');
    const weights = page.getByRole('region', { name: 'Scoring dimensions' });
    await weights.getByRole('button', { name: 'Add dimension' }).click();
    await Offered().filter({ hasText: 'Courtesy' }).click();
    await weights.getByRole('spinbutton', { name: 'Courtesy Weight' }).waitFor();
    await Pictures('weights');
    page.once('dialog', (dialog) => void dialog.accept());
    await SwitchTo('Dimensions');
    await page.getByRole('row').filter({ hasText: 'Courtesy' }).click();
    const drawer = Drawer('Courtesy');
    await drawer.getByRole('combobox', { name: 'Status' }).click();
    await page.locator('.ant-select-item-option:visible').filter({ hasText: 'Archived' }).click();
    await drawer.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('row').filter({ hasText: 'Courtesy' }).getByText('Archived').waitFor();
    await page.goto(`${bole.url}/plans/${plan.id}`);
    await weights.getByRole('button', { name: 'Add dimension' }).click();
    await Offered().first().waitFor();
    assert.equal(await Offered().filter({ hasText: 'Courtesy' }).count(), 0);
  });

  it('what people saw has no fault', () => {
    assert.deepEqual([...problems, ...faults].filter((fault) => !/status of 422/.test(fault)), []);
  });
});
