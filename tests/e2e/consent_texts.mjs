// Texts of consents: headquarters publishes one in the console, candidates are asked with it from then on, and the register keeps it.
import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import { Client, IdNumber, StartBole, Until } from './_bole.mjs';
import { kSize, kWidths, Launch, NewProfile, Overflow, Picture, SignIn, StrangeTexts, it } from './_browser.mjs';

const kText = 'I agree that the demonstration group records me for this application.';
let bole, hq, browser, root, plan;

async function Pictures(page, name) {
  for (const width of kWidths) {
    await page.setViewportSize(kSize[width]);
    await Picture(page, `${name}-${width}`);
    assert.ok((await Overflow(page)) <= 0, `${name} at ${width}`);
  }
  assert.deepEqual(await StrangeTexts(page), []);
}
async function PageOf(locale) {
  const { context } = await NewProfile(browser, locale);
  const page = await context.newPage();
  await SignIn(page, bole, 'hq.hr');
  await page.goto(`${bole.url}/privacy/texts`);
  return page;
}
const Texts = async () => (await hq.Must('GET', `/privacy/consent-texts?org_id=${root}`)).items;

describe('consent texts', () => {
  before(async () => {
    bole = await StartBole();
    hq = await Client.SignedIn(bole, 'hq.hr');
    root = (await hq.Must('GET', '/org/nodes')).items.find((node) => node.kind === 'group').id;
    plan = (await hq.Must('GET', '/plans?status=published')).items[0];
    browser = await Launch();
  });
  after(async () => {
    await browser?.close();
    await bole?.Stop();
  });

  it('headquarters publishes a text after looking at it, and it holds at once', async () => {
    const page = await PageOf('en-US');
    await page.getByRole('heading', { name: /^Recording/ }).waitFor();
    await Pictures(page, 'consent-texts-en');
    await page.getByRole('button', { name: 'Publish a new version' }).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Text (English)').fill(kText);
    await dialog.getByRole('region', { name: 'What candidates read' }).getByText(kText).waitFor();
    await dialog.getByText('Units below may not have a text of their own').click();
    await Pictures(page, 'consent-texts-publish');
    await dialog.getByRole('button', { name: 'Publish a new version' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await page.locator('.panel').first().getByText(kText).first().waitFor();
    await page.getByText(/Version u1/).first().waitFor();
    const [recording] = await Texts();
    assert.equal(recording.in_force.text_en, kText);
    assert.equal(recording.in_force.locked, true);
    assert.equal(recording.history.length, 2);
  });

  it('a unit below reads that its text is fixed', async () => {
    const page = await PageOf('zh-CN');
    const below = (await hq.Must('GET', '/org/nodes')).items.find((node) => node.parent_id === root);
    const locked = (await hq.Must('GET', `/privacy/consent-texts?org_id=${below.id}`)).items[0];
    assert.ok(locked.locked_by_name);
    assert.equal(locked.may_publish, false);
    const refused = await hq.Post('/privacy/consent-texts', { org_id: below.id, consent: 'recording', inherits: true, locked: false });
    assert.equal(refused.json.code, 'privacy.text_locked');
    await page.getByText('下级机构统一使用').first().waitFor();
    await Pictures(page, 'consent-texts-zh');
  });

  it('a candidate is asked with the new text, and the register shows it', async () => {
    const id_number = IdNumber(733);
    const { id } = await hq.Must('POST', '/candidates', { org_id: plan.org_id, name: 'Nora Consentia', source: 'other', tags: [], locale: 'en-US', note: '', id_number });
    const { items: [{ link }] } = await hq.Must('POST', '/interviews', { candidate_ids: [id], plan_id: plan.id, channels: ['link'] });
    const candidate = new Client(bole, { app: 'candidate', invitation: link.split('/').pop() });
    const { consents } = await candidate.Must('POST', '/candidate/identity/verify', { method: 'id_number', id_number });
    assert.equal(consents[0].text_en, kText);
    assert.equal(consents[0].version, 'u1');
    await candidate.Must('POST', '/candidate/consents', { given: consents.map(({ key, version }) => ({ key, version, granted: true })) });
    const given = await Until('the register has it', async () => (await hq.Must('GET', `/privacy/consents?candidate_id=${id}&consent=recording`)).items[0]);
    assert.equal(given.text_en, kText);
    assert.equal(given.current, true);
  });
});
