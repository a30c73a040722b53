// How the main pages look: whatever is written can be read on a light and on a dark page, and lists fit the usual windows.
import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import { Client, StartBole } from './_bole.mjs';
import { Faint, kSize, Launch, NewProfile, Overflow, Picture, SignIn, StrangeTexts, it } from './_browser.mjs';

let bole, browser, state, person;
const kThemes = ['light', 'dark'];

/** How far lists must be pushed aside to be seen whole; a table of roles is wide by nature and is not among these pages. */
const Aside = (page) => page.evaluate(() => [...document.querySelectorAll('.ant-table-content')].map((list) => list.scrollWidth - list.clientWidth).filter((hidden) => hidden > 0));

async function Walk(theme, locale, pages, Look) {
  const profile = await NewProfile(browser, locale, { storageState: { ...state, origins: [] } });
  await profile.context.addInitScript((value) => {
    if (location.protocol.startsWith('http')) localStorage.setItem('bole.theme', value);
  }, theme);
  const page = await profile.context.newPage();
  for (const [name, path] of Object.entries(pages)) {
    await page.setViewportSize(kSize[1280]);
    await page.goto(bole.url + path);
    await page.locator('h1').first().waitFor();
    await page.locator('.ant-skeleton, .page-loading').first().waitFor({ state: 'hidden' });
    await Look(page, `${name} ${locale} ${theme}`);
  }
  assert.deepEqual(profile.faults, []);
  await profile.context.close();
}

describe('looks', { concurrency: false }, () => {
  before(async () => {
    bole = await StartBole();
    browser = await Launch();
    const staff = await Client.SignedIn(bole, 'hq.hr');
    [person] = (await staff.Must('GET', '/candidates')).items;
    const [plan] = (await staff.Must('GET', '/plans?status=published')).items;
    await staff.Must('POST', '/interviews', { candidate_ids: [person.id], plan_id: plan.id, channels: ['link'] });
    const { context } = await NewProfile(browser, 'en-US');
    await SignIn(await context.newPage(), bole, 'hq.hr');
    state = await context.storageState();
    await context.close();
  });
  after(async () => {
    await browser?.close();
    await bole?.Stop();
  });

  it('main pages are readable, named and as wide as the window', async () => {
    const pages = {
      home: '/', organisation: '/organisation', changes: '/organisation?view=changes', jobs: '/jobs', positions: '/jobs?view=positions', plans: '/plans',
      questions: '/questions', candidates: '/candidates', person: `/candidates/${person.id}`, interviews: '/interviews', employees: '/employees',
      users: '/settings/users', privacy: '/privacy/texts', retention: '/privacy/retention', profile: '/profile',
    };
    const problems = [];
    for (const [theme, locale] of [['light', 'en-US'], ['dark', 'zh-CN']]) {
      await Walk(theme, locale, pages, async (page, name) => {
        await Picture(page, `looks-${name.replaceAll(' ', '-')}`);
        for (const hidden of await Aside(page)) problems.push(`${name}: a list hides ${hidden} px`);
        problems.push(...(await Faint(page)).map((text) => `${name}: ${text}`), ...(await StrangeTexts(page)).map((text) => `${name}: “${text}”`));
        await page.setViewportSize(kSize[390]);
        if ((await Overflow(page)) > 0) problems.push(`${name}: too wide for a phone`);
      });
    }
    assert.deepEqual(problems, []);
  });

  it('what a form holds stays within a phone, and what it does not let change is readable', async () => {
    for (const theme of kThemes) {
      await Walk(theme, 'en-US', { form: `/candidates/${person.id}`, job: '/jobs' }, async (page, name) => {
        await page.setViewportSize(kSize[390]);
        if (name.startsWith('form')) await page.getByRole('button', { name: 'Hire', exact: true }).click();
        else await page.locator('.card-button').first().click();
        const drawer = page.getByRole('dialog');
        await drawer.getByLabel('Organisation').waitFor();
        await Picture(page, `looks-${name.replaceAll(' ', '-')}-390`);
        const beyond = await drawer.locator('input, .ant-select, .ant-picker').evaluateAll((fields) => fields.filter((field) => field.getBoundingClientRect().right > innerWidth).length);
        assert.equal(beyond, 0, name);
        assert.deepEqual(await Faint(page, '.ant-drawer'), [], name);
      });
    }
  });

  it('only a closed unit is offered to reopen', async () => {
    await Walk('dark', 'en-US', { reopen: '/organisation' }, async (page) => {
      await page.getByRole('button', { name: 'Change the chart' }).click();
      await page.locator('.ant-drawer .ant-select').filter({ has: page.getByRole('combobox', { name: 'Kind of change' }) }).click();
      await page.locator('.ant-select-item-option:visible').filter({ hasText: 'Reopen' }).click();
      await page.getByText('A closed node is used again.').waitFor();
      assert.doesNotMatch(await page.getByRole('dialog').innerText(), /[0-9A-HJKMNP-TV-Z]{26}/);
    });
  });
});
