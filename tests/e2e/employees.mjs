// Employees in the browser: hired from a candidate's file, changed, left and back; a branch sees its own.
import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import { Client, StartBole } from './_bole.mjs';
import { kSize, kWidths, Launch, NewProfile, Overflow, Picture, SignIn, StrangeTexts, it } from './_browser.mjs';

let bole, staff, browser, profile, page, candidate, employee;

const Drawer = () => page.locator('.ant-drawer-open');
const Dialog = () => page.locator('.ant-modal');
async function Choose(within, label, text) {
  await within.locator('.ant-select').filter({ has: page.getByRole('combobox', { name: label }) }).click();
  await page.locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden)').getByText(text, { exact: true }).first().click();
}
async function Pictures(name) {
  for (const width of kWidths) {
    await page.setViewportSize(kSize[width]);
    await Picture(page, `${name}-${width}`);
    assert.ok((await Overflow(page)) <= 0, `${name} at ${width}`);
  }
  assert.deepEqual(await StrangeTexts(page), []);
}

describe('employees', () => {
  before(async () => {
    bole = await StartBole();
    staff = await Client.SignedIn(bole, 'hq.hr');
    const beijing = (await staff.Must('GET', '/org/nodes')).items.find((node) => node.code === 'BJ');
    await staff.Must('POST', '/fields', { entity: 'employee', org_id: beijing.id, key: 'shirt', type: 'text', title_zh: '工装尺码', title_en: 'Uniform size', filterable: true });
    candidate = await staff.Must('POST', '/candidates', { org_id: beijing.id, name: '叶知秋', phone: '19900019999', source: 'other', tags: [], locale: 'zh-CN', note: '' });
    browser = await Launch();
    profile = await NewProfile(browser, 'en-US');
    page = await profile.context.newPage();
    await SignIn(page, bole, 'hq.hr');
  });
  after(async () => {
    await browser?.close();
    await bole?.Stop();
  });

  it('a candidate is hired without retyping', async () => {
    await page.goto(`${bole.url}/candidates/${candidate.id}`);
    await page.getByRole('button', { name: 'Hire' }).click();
    await Drawer().getByLabel('Number', { exact: true }).fill('RH009001');
    await Drawer().getByLabel('Uniform size').fill('L');
    await Pictures('employee-hire');
    await Drawer().getByRole('button', { name: 'Save' }).click();
    await page.waitForURL(/\/employees\/\w{26}$/);
    employee = page.url().split('/').pop();
    await page.getByRole('heading', { name: '叶知秋' }).waitFor();
    await page.getByText('Uniform size').first().waitFor();
    await Pictures('employee-file');
    await page.getByRole('button', { name: 'Who can see this?' }).click();
    await page.getByRole('heading', { name: /^Who can see it: \d+$/ }).waitFor();
    await page.getByText('bj.hr', { exact: true }).waitFor();
    await page.locator('.access-pick').getByText('叶知秋').waitFor();
    await Pictures('employee-access');
    await page.goto(`${bole.url}/candidates/${candidate.id}`);
    await page.getByRole('button', { name: 'Employee record' }).waitFor();
    assert.equal(await page.getByRole('button', { name: 'Hire' }).count(), 0);
  });

  it('the list narrows by state and by a field of HR', async () => {
    await page.goto(`${bole.url}/employees`);
    await page.getByText('RH009001').first().waitFor();
    await Pictures('employees');
    const { org_id } = await staff.Must('GET', `/employees/${employee}`);
    await page.goto(`${bole.url}/employees?org_id=${org_id}&custom.shirt=L`);
    await page.getByText('RH009001').first().waitFor();
    await page.goto(`${bole.url}/employees?org_id=${org_id}&state=left`);
    await page.getByText('RH009001').first().waitFor({ state: 'detached' });
  });

  it('who leaves can come back as the same person', async () => {
    await page.goto(`${bole.url}/employees/${employee}`);
    const now = await staff.Must('GET', `/employees/${employee}`);
    await staff.Must('PATCH', `/employees/${employee}`, { version: now.version, hired_on: '2024-01-08' });
    await page.reload();
    await page.getByRole('button', { name: 'Record leave' }).click();
    await Choose(Dialog(), 'Reason for leaving', 'Resignation');
    await Dialog().getByLabel('Last day').fill('2024-06-28');
    await Dialog().getByLabel('Last day').press('Enter');
    await Pictures('employee-leave');
    await Dialog().getByRole('button', { name: 'Save' }).click();
    await page.getByRole('button', { name: 'Rehire' }).click();
    await Drawer().getByLabel('Number', { exact: true }).fill('RH009002');
    await Drawer().getByRole('button', { name: 'Save' }).click();
    await page.waitForURL((url) => /\/employees\/\w{26}$/.test(url.pathname) && !url.pathname.endsWith(employee));
    await page.getByText('Other employments of this person').waitFor();
    await Pictures('employee-rehired');
    const both = await staff.Must('GET', `/employees?person_id=${candidate.person_id}`);
    assert.deepEqual(both.items.map(({ number }) => number), ['RH009002', 'RH009001']);
  });
});
