// What a person may ask for and what HR does about it, in the browser: register and withdrawal, a copy of everything, restriction, legal hold,
// erasure by two people with its certificate, retention; and what the person sees behind the link of the interview.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe } from 'node:test';
import { Client, IdNumber, StartBole, Until } from './_bole.mjs';
import { kSize, kWidths, Launch, NewProfile, Overflow, Picture, PictureCandidate, SignIn, StrangeTexts, it } from './_browser.mjs';
import { Interviewed, LinkToOwnData } from './_candidate.mjs';
import { Unzipped } from './_zip.mjs';

const kId = IdNumber(511);
const kName = 'Ada Rightsholder';
const kAddress = 'ada.rightsholder@example.com';
const kHeld = 'Ben Holdsworthy';
const kReason = 'Court case 2026-17';

let bole, browser, staff, branch, org, plan, person, held, link, interview, hr, hr_faults, second, second_faults;
const problems = [];
let failed = false;

/** One step of the way; those behind a failed one cannot run. */
function Step(name, run) {
  it(name, async (t) => {
    if (failed) return t.skip('an earlier step failed');
    failed = true;
    await run(t);
    failed = false;
  });
}

const Candidate = (name, id_number, email) => staff.Must('POST', '/candidates', { org_id: org, name, source: 'other', tags: [], locale: 'en-US', note: '', id_number, email });
const Invite = (id) => staff.Must('POST', '/interviews', { candidate_ids: [id], plan_id: plan.id, channels: ['link'] });
const Register = async () => (await staff.Must('GET', `/privacy/consents?candidate_id=${person.id}`)).items;
const Report = () => staff.Get(`/interviews/${interview}/report`);
const Privacy = (page) => page.getByRole('region', { name: 'Privacy', exact: true });

async function Pictures(page, name) {
  for (const width of kWidths) {
    await page.setViewportSize(kSize[width]);
    await Picture(page, `privacy-${name}-${width}`);
    if ((await Overflow(page)) > 0) problems.push(`${name} at ${width}: too wide`);
  }
  await page.setViewportSize(kSize[1280]);
  problems.push(...(await StrangeTexts(page)).map((text) => `${name}: “${text}”`));
}
async function PageOf(user) {
  const { context, faults } = await NewProfile(browser, 'en-US');
  const page = await context.newPage();
  await SignIn(page, bole, user);
  return [page, faults];
}
async function Choose(page, area, label, text) {
  await area.getByRole('combobox', { name: label, exact: true }).click();
  await page.locator('.ant-select-tree-title:visible, .ant-select-item-option:visible').filter({ hasText: text }).first().click();
}
/** One of the dialogs of a person's file. */
async function Ask(page, button, fill) {
  await Privacy(page).getByRole('button', { name: button }).click();
  const dialog = page.getByRole('dialog', { name: button });
  await fill(dialog);
  await dialog.locator('.ant-modal-footer').getByRole('button').last().click();
  return dialog;
}
const Confirm = (page, name) => page.getByRole('tooltip').getByRole('button', { name, exact: true }).click();
async function Downloaded(page, click) {
  const [download] = await Promise.all([page.waitForEvent('download'), click()]);
  return readFileSync(await download.path());
}
/** Takes a request up and answers it, as HR does. */
async function Answer(page, id, note) {
  await page.goto(`${bole.url}/privacy/requests?open=${id}`);
  const drawer = page.getByRole('dialog');
  await drawer.getByRole('button', { name: 'Take up' }).click();
  await drawer.getByRole('textbox', { name: 'Note' }).fill(note);
  await drawer.getByRole('button', { name: 'Mark as done' }).click();
  await drawer.getByText(note).waitFor();
}

describe('privacy', { concurrency: false }, () => {
  before(async () => {
    bole = await StartBole();
    staff = await Client.SignedIn(bole, 'hq.hr');
    branch = await Client.SignedIn(bole, 'bj.hr');
    org = (await staff.Must('GET', '/org/nodes')).items.find((node) => node.code === 'BJ').id;
    const { document } = (await staff.Must('GET', `/plans?org_id=${org}&status=published`)).items[0];
    const stages = document.stages.slice(0, 1).map((stage) => ({ ...stage, key: 'start', weight: 1, dimensions: [] }));
    const draft = await staff.Must('POST', '/plans', { org_id: org, name_zh: '一题方案', name_en: 'One question', document: { ...document, stages } });
    plan = await staff.Must('POST', `/plans/${draft.id}/publish`, { version: draft.version });
    [person, held] = [await Candidate(kName, kId, kAddress), await Candidate(kHeld, IdNumber(513))];
    const { items: [made] } = await Invite(person.id);
    [interview, link] = [made.interview.id, made.link];
    await Interviewed(bole, link.split('/').pop(), kId);
    await Until('the report is ready', async () => (await Report()).json?.status === 'ready', { within_ms: 90_000 });
    browser = await Launch();
    [[hr, hr_faults], [second, second_faults]] = [await PageOf('hq.hr'), await PageOf('bj.hr')];
  });
  after(async () => {
    await browser?.close();
    await bole?.Stop();
  });

  Step('the register says who agreed to what, in which words', async () => {
    await hr.goto(`${bole.url}/privacy/consents`);
    for (const consent of ['Recording', 'Automatic analysis', 'Face information']) {
      await hr.getByRole('row').filter({ hasText: kName }).filter({ hasText: consent }).getByText('Given', { exact: true }).waitFor();
    }
    await Pictures(hr, 'register');
    await hr.getByRole('row').filter({ hasText: kName }).filter({ hasText: 'Face information' }).click();
    const drawer = hr.getByRole('dialog');
    await drawer.getByText('Text agreed to').waitFor();
    const agreed = (await staff.Must('GET', `/privacy/consent-texts?org_id=${org}`)).items.find((kind) => kind.key === 'biometric');
    await drawer.getByText(agreed.in_force.text_en).waitFor();
    await Pictures(hr, 'consent');
  });

  Step('a request for access is registered, a copy made, downloaded and opened', async () => {
    await hr.goto(`${bole.url}/candidates/${person.id}`);
    await Ask(hr, 'Register a request', async (dialog) => {
      await Choose(hr, dialog, 'Kind', 'Access');
      await dialog.getByLabel('Content').fill('Everything you hold about me');
    });
    await hr.getByText('Request registered').waitFor();
    await Ask(hr, 'Make a copy', async (dialog) => {
      await dialog.getByRole('textbox', { name: 'Purpose' }).fill('Request for access');
      await dialog.getByRole('checkbox').check();
    });
    const download = Privacy(hr).getByRole('button', { name: 'Download' });
    await download.waitFor();
    await Pictures(hr, 'file');
    const parts = Unzipped(await Downloaded(hr, () => download.click()));
    const data = JSON.parse(parts.find(({ name }) => name === 'data.json').bytes.toString('utf8'));
    assert.equal(data.purpose, 'Request for access');
    assert.ok(JSON.stringify(data).includes(kName) && JSON.stringify(data).includes(kId), 'in full, for the person it belongs to');
    assert.ok(parts.some(({ bytes }) => bytes.length === 4000 && bytes.every((byte) => byte === 7)), `the recording as it was sent: ${parts.map(({ name, bytes }) => `${name} ${bytes.length}`)}`);

    const { items: [request] } = await staff.Must('GET', `/privacy/requests?candidate_id=${person.id}`);
    assert.deepEqual([request.kind, request.state, request.channel], ['access', 'received', 'staff']);
    await Answer(hr, request.id, 'The copy is behind the link');
    await Pictures(hr, 'request');
    assert.equal((await staff.Must('GET', `/privacy/requests/${request.id}`)).state, 'done');
  });

  Step('the person sees consents, copy and requests on a phone, and asks for a restriction', async () => {
    const { context, faults } = await NewProfile(browser, 'en-US', { viewport: kSize[390], hasTouch: true, isMobile: true });
    const page = await context.newPage();
    await page.goto(link);
    await page.getByRole('button', { name: 'My data and rights' }).click();
    const number = page.getByRole('textbox', { name: 'ID-card number' });
    await number.or(page.getByText('ID-card number', { exact: true })).first().click();
    await number.fill(kId);
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('heading', { level: 1, name: 'My data and rights' }).waitFor();
    await page.getByText('a copy of my data', { exact: true }).and(page.locator('dt')).waitFor();
    const copy = await Downloaded(page, () => page.getByRole('link', { name: /^Download/ }).click());
    assert.ok(Unzipped(copy).some(({ name }) => name === 'data.json'));
    await page.getByRole('combobox', { name: 'I want' }).selectOption({ label: 'my data not to be used further' });
    await page.getByRole('textbox', { name: 'Details' }).fill('Until you have answered me');
    await page.getByRole('button', { name: 'Send the request' }).click();
    await page.getByText(/^Answer by/).waitFor();
    await page.getByText('Headquarters HR').first().waitFor();
    assert.equal(await page.getByText('沈望舒').count(), 0, 'by role, never by name');
    await PictureCandidate(page, 'privacy', problems);
    problems.push(...faults);
    await context.close();
  });

  Step('without the interview\'s link the person comes to the same by a link to the known address', async () => {
    const { context, faults } = await NewProfile(browser, 'en-US', { viewport: kSize[390], hasTouch: true, isMobile: true });
    const page = await context.newPage();
    await page.goto(`${bole.url}/sign-in`);
    await page.getByRole('link', { name: 'See my data' }).click();
    await page.getByRole('heading', { level: 1, name: 'See my data' }).waitFor();
    const address = page.getByRole('textbox', { name: 'Phone number or e-mail address' });
    await address.fill('ada.rightsholder');
    await page.getByRole('button', { name: 'Send the link' }).click();
    await page.getByText('Enter a phone number or an e-mail address').waitFor();
    await address.fill('nobody@example.com');
    await page.getByRole('button', { name: 'Send the link' }).click();
    await page.getByText('If we know nobody@example.com, a link is on its way.').waitFor();
    await PictureCandidate(page, 'entrance', problems);

    const token = await LinkToOwnData(bole, staff, kAddress);
    await page.goto(`${bole.url}/my#${token}`);
    await page.getByRole('heading', { level: 1, name: 'Your data' }).waitFor();
    assert.equal(new URL(page.url()).hash, '', 'the token stays neither in the address bar nor in the history');
    await PictureCandidate(page, 'entrance-link', problems);
    await page.getByRole('button', { name: 'See my data' }).click();
    await page.getByRole('heading', { level: 1, name: 'My data and rights' }).waitFor();
    await page.getByText('my data not to be used further', { exact: true }).and(page.locator('dt')).waitFor();
    await page.getByText('opened the link to the data').first().waitFor();
    assert.ok(Unzipped(await Downloaded(page, () => page.getByRole('link', { name: /^Download/ }).click())).length > 0);
    await PictureCandidate(page, 'own-data', problems);
    await page.reload();
    await page.getByRole('heading', { level: 1, name: 'My data and rights' }).waitFor();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('heading', { level: 1, name: 'See my data' }).waitFor();
    await page.goto(`${bole.url}/my#${token}`);
    await page.getByRole('button', { name: 'See my data' }).click();
    await page.getByRole('heading', { level: 1, name: 'This link has been used or has expired' }).waitFor();
    await PictureCandidate(page, 'entrance-over', problems);
    problems.push(...faults.filter((fault) => !/status of 4(01|10|22)/.test(fault)));
    await context.close();

    await hr.goto(`${bole.url}/candidates/${person.id}`);
    await Privacy(hr).getByRole('button', { name: 'Send link to own data' }).click();
    await Confirm(hr, 'Send link to own data');
    await hr.getByText(/A link has just been sent/).waitFor();
  });

  Step('answering that request restricts the data: nobody is invited until the restriction ends', async () => {
    const request = (await staff.Must('GET', `/privacy/requests?candidate_id=${person.id}`)).items.find(({ kind }) => kind === 'restriction');
    assert.deepEqual([request.channel, request.content], ['candidate', 'Until you have answered me']);
    await Answer(hr, request.id, 'Nothing new happens');
    const refused = await staff.Post('/interviews', { candidate_ids: [person.id], plan_id: plan.id, channels: ['link'] });
    assert.deepEqual(refused.json.failed.map(({ code }) => code), ['invite.restricted']);
    await hr.goto(`${bole.url}/candidates/${person.id}`);
    await hr.getByText('asked that nothing new be done with the data').waitFor();
    await Pictures(hr, 'restricted');
    await hr.getByRole('button', { name: 'End the restriction' }).click();
    await Confirm(hr, 'End the restriction');
    await hr.getByText('asked that nothing new be done with the data').waitFor({ state: 'detached' });
    assert.equal((await Invite(person.id)).items.length, 1);
  });

  Step('HR withdraws a consent for the person: transcript, analysis and report go, the recording stays', async () => {
    await hr.reload();
    const line = Privacy(hr).locator('.file-event').filter({ hasText: 'Automatic analysis' });
    await line.getByRole('button', { name: 'Withdraw' }).click();
    await Confirm(hr, 'Withdraw');
    await hr.getByText('Withdrawn; the data are being erased').waitFor();
    const withdrawn = await Until('the withdrawal is carried out', async () => (await Register()).find(({ act, outcome }) => act === 'withdrawn' && outcome === 'erased'));
    assert.deepEqual([withdrawn.consent, withdrawn.channel], ['analysis', 'staff']);
    assert.notEqual((await Report()).json?.status, 'ready');
    const certificate = (await staff.Must('GET', '/privacy/certificates')).items.find(({ document }) => document.why === 'withdrawal');
    assert.ok(certificate.intact && !certificate.document.erased.recording, JSON.stringify(certificate.document));
    await hr.goto(`${bole.url}/privacy/consents`);
    await hr.getByRole('row').filter({ hasText: kName }).filter({ hasText: 'Withdrawn' }).getByText('Data erased').waitFor();
  });

  Step('the file says who looked at the data', async () => {
    await second.goto(`${bole.url}/candidates/${person.id}`);
    await second.getByRole('heading', { level: 1, name: kName }).waitFor();
    await hr.goto(`${bole.url}/candidates/${person.id}`);
    await Privacy(hr).getByRole('button', { name: 'Who looked at these data' }).click();
    await Privacy(hr).getByRole('heading', { name: 'Access log' }).waitFor();
    await Privacy(hr).getByText(/Branch HR · /).first().waitFor();
    await Pictures(hr, 'access-log');
  });

  Step('a legal hold blocks erasure and says why', async () => {
    await hr.goto(`${bole.url}/candidates/${held.id}`);
    await Ask(hr, 'Legal hold', (dialog) => dialog.getByLabel('Reason').fill(kReason));
    await Privacy(hr).getByText(`On legal hold: ${kReason}`).waitFor();
    const dialog = await Ask(hr, 'Propose erasure', (open) => Choose(hr, open, 'Ground', 'Purpose ended'));
    await hr.getByText(new RegExp(`A legal hold keeps these data.*${kReason}`)).waitFor();
    await Picture(hr, 'privacy-hold-blocks-1280');
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    const refused = await branch.Post('/privacy/erasures', { candidate_id: held.id, basis: 'purpose_ended' });
    assert.equal(refused.json.code, 'privacy.on_hold');
    assert.deepEqual((await staff.Must('GET', `/privacy/erasures?candidate_id=${held.id}`)).items, []);

    const { items: [hold] } = await branch.Must('GET', `/privacy/holds?candidate_id=${held.id}`);
    assert.equal((await branch.Post(`/privacy/holds/${hold.id}/release`)).json.code, 'privacy.hold_from_above');
    await hr.goto(`${bole.url}/privacy/holds`);
    await Pictures(hr, 'holds');
    await hr.getByRole('row').filter({ hasText: kHeld }).getByRole('button', { name: 'Release' }).click();
    await Confirm(hr, 'Release');
    await hr.getByRole('row').filter({ hasText: kHeld }).getByText('Ended').waitFor();
  });

  Step('one proposes an erasure, another approves it, and a certificate proves it', async () => {
    await hr.goto(`${bole.url}/candidates/${held.id}`);
    await Ask(hr, 'Propose erasure', (dialog) => Choose(hr, dialog, 'Ground', 'Purpose ended'));
    await hr.getByText('Proposed; a colleague must approve').waitFor();
    await hr.goto(`${bole.url}/privacy/erasures`);
    await hr.getByRole('row').filter({ hasText: kHeld }).getByText('Somebody else approves').waitFor();
    const { items: [proposed] } = await staff.Must('GET', `/privacy/erasures?candidate_id=${held.id}`);
    assert.equal((await staff.Post(`/privacy/erasures/${proposed.id}/approve`, { version: proposed.version })).json.code, 'privacy.same_person');

    await second.goto(`${bole.url}/privacy/erasures`);
    await Pictures(second, 'erasures');
    await second.getByRole('row').filter({ hasText: kHeld }).getByRole('button', { name: 'Approve' }).click();
    await Confirm(second, 'Approve');
    await Until('the person is erased', async () => (await staff.Get(`/candidates/${held.id}`)).status === 404);
    await second.reload();
    await second.getByRole('link', { name: 'Certificate', exact: true }).click();
    const drawer = second.getByRole('dialog');
    await drawer.getByText('Valid', { exact: true }).waitFor();
    await Pictures(second, 'certificate');
    const pdf = await Downloaded(second, () => drawer.getByRole('button', { name: 'PDF' }).click());
    assert.equal(pdf.toString('latin1', 0, 5), '%PDF-');
    const id = new URL(second.url()).searchParams.get('open');
    const certificate = await branch.Must('GET', `/privacy/certificates/${id}`);
    assert.ok(certificate.intact && certificate.chained);
    assert.deepEqual([certificate.document.proposed_by, certificate.document.approved_by], ['沈望舒', '顾清川']);
    assert.ok(!JSON.stringify(certificate).includes(kHeld), 'a proof without personal data');
  });

  Step('a period is set, the unit above binds the one below, and the preview names who is due', async () => {
    await hr.goto(`${bole.url}/privacy/retention`);
    const periods = hr.getByRole('region', { name: 'Periods' });
    await Choose(hr, periods, 'What', 'Recordings');
    await Choose(hr, periods, 'Organisation', 'Beijing Branch');
    await periods.getByRole('spinbutton', { name: 'Days', exact: true }).fill('30');
    await periods.getByRole('button', { name: 'Save' }).click();
    await periods.getByRole('row').filter({ hasText: 'Recordings' }).getByText('30', { exact: true }).waitFor();
    const outlet = (await branch.Must('GET', '/org/nodes')).items.find((node) => node.code === 'BJ-01').id;
    const longer = await branch.Send('PUT', '/privacy/policies', { org_id: outlet, kind: 'recordings', days: 31, version: 0 });
    assert.deepEqual(longer.json.errors.map(({ code }) => code), ['longer_than_above']);

    const preview = hr.getByRole('region', { name: 'What would go' });
    const day = new Date(Date.now() + 32 * 86_400_000).toISOString().slice(0, 10);
    await preview.getByRole('textbox', { name: 'Day of the preview' }).fill(day);
    await hr.keyboard.press('Enter');
    await preview.getByRole('row').filter({ hasText: kName }).filter({ hasText: 'Recordings' }).waitFor();
    await Pictures(hr, 'retention');
    const { items } = await staff.Must('GET', `/privacy/retention/preview?on=${day}`);
    assert.deepEqual(items.filter(({ kind }) => kind === 'recordings').map((due) => [due.candidate_id, due.held]), [[person.id, false]]);
  });

  Step('an employee who was never a candidate has the same rights', async () => {
    const address = 'cleo.everstaff@example.com', name = 'Cleo Everstaff';
    const clerk = await staff.Must('POST', '/employees', { number: 'E-2049', org_id: org, name, email: address, hired_on: '2020-03-02' });
    await hr.goto(`${bole.url}/employees/${clerk.id}`);
    await Ask(hr, 'Register a request', (dialog) => Choose(hr, dialog, 'Kind', 'Access'));
    await hr.getByText('Request registered').waitFor();
    await Ask(hr, 'Make a copy', (dialog) => dialog.getByRole('textbox', { name: 'Purpose' }).fill('Request for access'));
    const download = Privacy(hr).getByRole('button', { name: 'Download' });
    await download.waitFor();
    const data = JSON.parse(Unzipped(await Downloaded(hr, () => download.click())).find((part) => part.name === 'data.json').bytes.toString('utf8'));
    assert.deepEqual([data.person.name, data.personnel.employments.map(({ number }) => number)], [name, ['E-2049']]);
    await Privacy(hr).getByRole('button', { name: 'Who looked at these data' }).click();
    await Privacy(hr).getByRole('heading', { name: 'Access log' }).waitFor();
    await Pictures(hr, 'employee');
    await Ask(hr, 'Propose erasure', (dialog) => Choose(hr, dialog, 'Ground', 'Purpose ended'));
    await hr.getByText(/two years/).first().waitFor();
    await hr.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();

    await hr.goto(`${bole.url}/privacy/requests`);
    await hr.getByRole('row').filter({ hasText: name }).click();
    await hr.getByRole('dialog').getByRole('link', { name }).click();
    await hr.getByRole('heading', { level: 1, name }).waitFor();
    assert.equal(new URL(hr.url()).pathname, `/employees/${clerk.id}`);

    const { context, faults } = await NewProfile(browser, 'en-US', { viewport: kSize[390], hasTouch: true, isMobile: true });
    const page = await context.newPage();
    await page.goto(`${bole.url}/my#${await LinkToOwnData(bole, staff, address)}`);
    await page.getByRole('button', { name: 'See my data' }).click();
    await page.getByRole('heading', { level: 1, name: 'My data and rights' }).waitFor();
    await page.getByText('a copy of my data', { exact: true }).and(page.locator('dt')).waitFor();
    await PictureCandidate(page, 'employee-data', problems);
    problems.push(...faults);
    await context.close();
    assert.equal((await branch.Get(`/privacy/requests?employee_id=${clerk.id}`)).json.items.length, 1);
  });

  Step('what people saw has no fault', () => {
    assert.deepEqual([...problems, ...hr_faults, ...second_faults].filter((fault) => !/status of (409|429)/.test(fault)), []);
  });
});
