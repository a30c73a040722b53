// Custom fields, as HR defines them in the browser: three fields, filled on a candidate, used as a filter; a branch keeps to its own.
import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import { Client, StartBole } from './_bole.mjs';
import { Launch, NewProfile, Overflow, Picture, SignIn, StrangeTexts, it } from './_browser.mjs';

const kSizes = [{ width: 390, height: 844 }, { width: 1280, height: 860 }, { width: 1920, height: 1080 }];
let bole, staff, branch_hr, browser, profile, page, root, beijing;

const Drawer = () => page.locator('.ant-drawer-open');
/** Opens the select with this label and picks a text. */
async function Choose(within, label, text) {
  await within.locator('.ant-select').filter({ has: page.getByRole('combobox', { name: label }) }).click();
  await page.locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden)').getByText(text, { exact: true }).first().click();
}
async function Saved() {
  await Drawer().getByRole('button', { name: 'Save' }).click();
  await Drawer().waitFor({ state: 'detached' });
}
async function Pictures(name) {
  for (const size of kSizes) {
    await page.setViewportSize(size);
    await Picture(page, `${name}-${size.width}`);
    assert.ok((await Overflow(page)) <= 0, `${name} at ${size.width}`);
  }
  await page.setViewportSize(kSizes[1]);
  assert.deepEqual(await StrangeTexts(page), []);
}

describe('custom fields', () => {
  before(async () => {
    bole = await StartBole();
    staff = await Client.SignedIn(bole, 'hq.hr');
    branch_hr = await Client.SignedIn(bole, 'bj.hr');
    const nodes = (await staff.Must('GET', '/org/nodes')).items;
    root = nodes.find((node) => node.kind === 'group');
    beijing = nodes.find((node) => node.code === 'BJ');
    browser = await Launch();
    profile = await NewProfile(browser, 'en-US');
    page = await profile.context.newPage();
    await SignIn(page, bole, 'hq.hr');
  });
  after(async () => {
    await browser?.close();
    await bole?.Stop();
  });

  it('HR defines three fields without code', async () => {
    await page.goto(`${bole.url}/settings/fields`);
    await page.getByText('No custom fields yet').waitFor();
    await Pictures('fields-empty');
    const Begin = async (zh, en) => {
      await page.getByRole('button', { name: 'Add field' }).first().click();
      await Drawer().getByLabel('Title (Chinese)').first().fill(zh);
      await Drawer().getByLabel('Title (English)').first().fill(en);
    };
    await Begin('从业年限', 'Years of experience');
    await Choose(Drawer(), 'Kind', 'Whole number');
    await Drawer().getByLabel('Minimum').fill('0');
    await Drawer().getByLabel('Maximum').fill('50');
    await Drawer().getByText('Lists can be filtered by it').click();
    await Saved();
    await page.locator('.field-row').getByText('Years of experience').waitFor();

    await Begin('驾照', 'Driving licence');
    await Choose(Drawer(), 'Kind', 'One choice');
    await Drawer().getByLabel('Choice 1 (Chinese)').fill('小型汽车');
    await Drawer().getByLabel('Choice 1 (English)').fill('Car');
    await Drawer().getByLabel('Choice 2 (Chinese)').fill('大型货车');
    await Drawer().getByLabel('Choice 2 (English)').fill('Lorry');
    await Drawer().getByText('Lists can be filtered by it').click();
    await Pictures('fields-editor');
    await Saved();

    await Begin('护照号', 'Passport');
    await Choose(Drawer(), 'Protection', 'Like an ID number');
    await Saved();
    await page.locator('.field-row').getByText('Passport', { exact: true }).waitFor();

    const { items } = await staff.Must('GET', '/fields?entity=candidate');
    assert.deepEqual(items.map(({ key, type, sensitive }) => [key, type, sensitive]), [
      ['years_of_experience', 'integer', 'none'], ['driving_licence', 'choice', 'none'], ['passport', 'text', 'id_number']]);
  });

  it('moves one with the keyboard', async () => {
    const up = page.getByRole('button', { name: 'Move Driving licence up' });
    await up.focus();
    await page.keyboard.press('Enter');
    await page.locator('.field-row').first().getByText('Driving licence').waitFor();
    const form = await staff.Must('GET', `/forms/candidate?org_id=${root.id}`);
    assert.equal(form.fields.find(({ id }) => id === form.sections[0].fields[0].field_id).key, 'driving_licence');
    await Pictures('fields-list');
  });

  it('a candidate is added with them; a wrong value is shown at its field', async () => {
    await page.goto(`${bole.url}/candidates`);
    await page.getByRole('button', { name: 'New candidate' }).first().click();
    await Drawer().getByLabel('Name', { exact: true }).fill('Lin Xiaoyu');
    await Drawer().getByLabel('Years of experience').fill('7');
    await Choose(Drawer(), 'Driving licence', 'Lorry');
    await Drawer().getByLabel('Passport').fill('E12345678');
    await Drawer().getByLabel('Passport').scrollIntoViewIfNeeded();
    await Pictures('fields-candidate-drawer');
    await Saved();
    const [found] = (await staff.Must('GET', '/candidates?q=Lin%20Xiaoyu')).items;
    const whole = await staff.Must('GET', `/candidates/${found.id}`);
    assert.deepEqual(whole.custom, { years_of_experience: 7, driving_licence: 'o2', passport: 'E****78' });
    const refused = await staff.Send('PATCH', `/candidates/${found.id}`, { version: whole.version, custom: { years_of_experience: 70 } });
    assert.equal(refused.status, 422);
    assert.deepEqual(refused.json.errors.map(({ pointer, code, message }) => [pointer, code, message]), [['/custom/years_of_experience', 'at_most', 'At most 50']]);
    await page.goto(`${bole.url}/candidates/${found.id}`);
    await page.getByText('E****78').waitFor();
    await page.getByText('Lorry').waitFor();
    await Pictures('fields-person');
  });

  it('the list narrows by them', async () => {
    const everybody = (await staff.Must('GET', '/candidates')).total;
    await page.goto(`${bole.url}/candidates`);
    await Choose(page.locator('.filters'), 'Driving licence', 'Lorry');
    await page.waitForURL(/custom\.driving_licence=o2/);
    await page.getByText('1 in all').waitFor();
    await Pictures('fields-filter');
    assert.ok(everybody > 1);
    assert.equal((await staff.Must('GET', '/candidates?custom.years_of_experience=5..9')).total, 1);
    assert.equal((await staff.Must('GET', '/candidates?custom.years_of_experience=8..')).total, 0);
    assert.equal((await staff.Get('/candidates?custom.passport=E12345678')).status, 422);
  });

  it("a branch reads the group's field, cannot touch it, and adds its own", async () => {
    const group = (await branch_hr.Must('GET', '/fields?entity=candidate')).items[0];
    assert.equal(group.may_edit, false);
    const refused = await branch_hr.Send('POST', `/fields/${group.id}/retire`, { version: group.version });
    assert.deepEqual([refused.status, refused.json.code], [403, 'custom_field.owner_only']);
    const own = await branch_hr.Must('POST', '/fields', { entity: 'candidate', org_id: beijing.id, type: 'text', title_zh: '方言', title_en: 'Dialect' });
    const other = await branch_hr.Post('/fields', { entity: 'candidate', org_id: root.id, type: 'text', title_zh: '不行', title_en: 'No' });
    assert.equal(other.status, 422);
    const branch = await NewProfile(browser, 'zh-CN');
    page = await branch.context.newPage();
    await SignIn(page, bole, 'bj.hr');
    await page.goto(`${bole.url}/settings/fields`);
    await page.locator('.field-row').getByText('方言').waitFor();
    assert.equal(await page.getByRole('button', { name: '编辑护照号' }).count(), 0);
    assert.equal(await page.getByRole('button', { name: '编辑方言' }).count(), 1);
    await Pictures('fields-branch');
    await branch_hr.Must('POST', `/fields/${own.id}/retire`, { version: own.version });
    assert.deepEqual([...profile.faults, ...branch.faults], []);
  });

  it('the log names fields and never their values', async () => {
    const auditor = await Client.SignedIn(bole, 'auditor');
    const { items } = await auditor.Must('GET', '/audit/records?action=candidate.create');
    const text = JSON.stringify(items);
    assert.match(text, /passport/);
    assert.doesNotMatch(text, /E12345678/);
    assert.equal((await auditor.Must('GET', '/audit/records?action=field.create')).items.length, 4);
  });
});
