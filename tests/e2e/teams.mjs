// Who works on a candidate: HR puts an interviewer on one, who then sees that one and no other of the branch; the security officer says how
// far a permission reaches.
import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import { Client, StartBole } from './_bole.mjs';
import { kSize, kWidths, Launch, NewProfile, Overflow, Picture, SignIn, StrangeTexts, it } from './_browser.mjs';

let bole, staff, browser, hr, interviewer, officer, candidate;

async function Pictures(page, name) {
  for (const width of kWidths) {
    await page.setViewportSize(kSize[width]);
    await Picture(page, `${name}-${width}`);
    assert.ok((await Overflow(page)) <= 0, `${name} at ${width}`);
  }
  assert.deepEqual(await StrangeTexts(page), []);
}
const Options = (page) => page.locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden)');
async function PageOf(user) {
  const { context } = await NewProfile(browser, 'en-US');
  const page = await context.newPage();
  await SignIn(page, bole, user);
  return page;
}

describe('teams', () => {
  before(async () => {
    bole = await StartBole();
    staff = await Client.SignedIn(bole, 'hq.hr');
    candidate = (await staff.Must('GET', `/candidates?q=${encodeURIComponent('Felix Democroft')}`)).items[0];
    browser = await Launch();
    [hr, interviewer, officer] = [await PageOf('hq.hr'), await PageOf('sg.interviewer'), await PageOf('security')];
  });
  after(async () => {
    await browser?.close();
    await bole?.Stop();
  });

  it('an interviewer sees only candidates he was put on', async () => {
    await interviewer.goto(`${bole.url}/candidates`);
    await interviewer.getByText('Aria Testwell').first().waitFor();
    assert.equal(await interviewer.getByText('Felix Democroft').count(), 0);
    await interviewer.goto(`${bole.url}/candidates/${candidate.id}`);
    await interviewer.getByText('lies outside what you may see').first().waitFor();

    await hr.goto(`${bole.url}/candidates/${candidate.id}`);
    await hr.getByRole('combobox', { name: 'Add a colleague' }).fill('Samplewood');
    await Options(hr).getByText('Henry Samplewood').click();
    await hr.getByRole('button', { name: 'Remove Henry Samplewood' }).waitFor();
    await hr.getByText('Henry Samplewood joined the team').waitFor();
    await Pictures(hr, 'team');

    await interviewer.goto(`${bole.url}/candidates`);
    await interviewer.getByText('Felix Democroft').first().waitFor();
    await Pictures(interviewer, 'team-candidates');
  });

  it('somebody who was removed can be put back at once', async () => {
    await hr.getByRole('button', { name: 'Remove Henry Samplewood' }).click();
    await hr.getByText('Henry Samplewood was removed').waitFor();
    assert.deepEqual((await staff.Must('GET', `/candidates/${candidate.id}/team`)).items, []);
    await hr.getByRole('button', { name: 'Undo' }).click();
    await hr.getByRole('button', { name: 'Remove Henry Samplewood' }).waitFor();
    assert.equal((await staff.Must('GET', `/candidates/${candidate.id}/team`)).items.length, 1);
  });

  it('the access review says who sees a candidate, and how far', async () => {
    await hr.goto(`${bole.url}/settings/access?kind=candidate&id=${candidate.id}`);
    await hr.getByText('Henry Samplewood').waitFor();
    await hr.getByText('only candidates they are assigned to').first().waitFor();
    await Pictures(hr, 'team-access');
  });

  it('the security officer says how far a permission of an own role reaches', async () => {
    await officer.goto(`${bole.url}/settings/roles`);
    await officer.getByRole('button', { name: /^Interviewer/ }).click();
    await officer.getByRole('button', { name: 'Copy' }).click();
    await officer.getByText('Saved').or(officer.getByText(/copied/i)).first().waitFor();
    const drawer = officer.locator('.ant-drawer-open');
    const reach = drawer.locator('.permission').filter({ hasText: 'candidates' }).locator('.ant-select').first();
    await reach.click();
    await Options(officer).getByText('Self and reports', { exact: true }).click();
    await Pictures(officer, 'team-role');
    await drawer.getByRole('button', { name: 'Save' }).click();
    await drawer.waitFor({ state: 'hidden' });
    const own = (await staff.Must('GET', '/roles')).items.find((role) => role.copied_from === 'interviewer');
    assert.ok(own.reaches.some(({ reach: far }) => far === 'reports'), JSON.stringify(own.reaches));
    assert.ok(own.reaches.some(({ reach: far }) => far === 'assigned'), 'the others stay as they were');
  });
});
