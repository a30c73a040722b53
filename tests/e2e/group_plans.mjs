// A standard of the group and the plan a branch derives from it, in the browser: what is locked stays, a second person approves, a new
// version is taken over with one click or one choice, and who was invited keeps the questions of the invitation.
import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import { Client, IdNumber, StartBole, Until } from './_bole.mjs';
import { kSize, kWidths, Launch, NewProfile, Overflow, Picture, SignIn, StrangeTexts, it } from './_browser.mjs';

const kDeadlineMs = 2500;
const kStandard = 'Teller standard';
const kDerived = 'Teller in Beijing';

let bole, browser, nodes, staff, branch, standard, derived, earlier, serial = 400;
const people = {};
const faults = [];

const Node = (code) => nodes.find((node) => node.code === code);
const Stage = (key, dimensions, weight) => ({
  key, kind: 'question', title_zh: `环节${key}`, title_en: `Stage ${key}`, question_zh: `请谈谈${key}。`, question_en: `Please talk about ${key}.`, prompt_zh: '', prompt_en: '',
  preparation_seconds: 10, time_limit_seconds: 60, grace_seconds: 5, retakes: 0, dimensions, weight, locked: false,
});
const Dimension = (key, name_zh, name_en, weight) => ({ key, name_zh, name_en, weight, core: false });

async function PageOf(user) {
  const { context, faults: seen } = await NewProfile(browser, 'en-US');
  const page = await context.newPage();
  await SignIn(page, bole, user);
  people[user] = { page, faults: seen };
  return page;
}

/** Pictures of what a page shows now, and what is wrong with it. */
async function Pictures(page, name) {
  for (const width of kWidths) {
    await page.setViewportSize(kSize[width]);
    await Picture(page, `group-plans-${name}-${width}`);
    if ((await Overflow(page)) > 0) faults.push(`${name} at ${width}: too wide`);
  }
  await page.setViewportSize(kSize[1280]);
  faults.push(...(await StrangeTexts(page)).map((text) => `${name}: “${text}”`));
}

const Part = (page, title) => page.getByRole('region', { name: title });
const OpenStage = async (page, title) => {
  const toggle = Part(page, /^Stages/).getByRole('button', { name: title, expanded: false });
  await toggle.click();
  return Part(page, /^Stages/).getByRole('listitem').filter({ has: page.getByRole('button', { expanded: true }) });
};
async function Choose(page, area, label, text) {
  await area.getByRole('combobox', { name: label, exact: true }).click();
  await page.locator('.ant-select-tree-title:visible, .ant-select-item-option:visible').filter({ hasText: text }).first().click();
}
const Fresh = (client, id) => client.Must('GET', `/plans/${id}`);
const Saved = (client, plan, document) => client.Send('PUT', `/plans/${plan.id}`, { version: plan.version, name_zh: plan.name_zh, name_en: plan.name_en, job_id: null, document });
const Edited = (document, edit) => {
  const copy = structuredClone(document);
  edit(copy);
  return copy;
};
const InDocument = (document, key) => document.stages.find((stage) => stage.key === key);

/** Somebody of the branch is invited with its plan; what the invitation asks. */
async function Invited() {
  serial += 2;
  const id_number = IdNumber(serial);
  const candidate = await branch.Must('POST', '/candidates', { org_id: Node('BJ').id, name: `面试人${serial}`, source: 'other', tags: [], locale: 'en-US', note: '', id_number });
  const answer = await branch.InTurn('POST', '/interviews', { candidate_ids: [candidate.id], plan_id: derived.id, channels: ['link'] });
  const [item] = answer.json.items ?? [];
  return { answer, id_number, ...item, token: item?.link.split('/').pop() };
}

/** The English question of a stage as the invited person reads it. */
async function Asked(invited, key) {
  const client = new Client(bole, { app: 'candidate', invitation: invited.token });
  const session = await client.Must('POST', '/candidate/identity/verify', { method: 'id_number', id_number: invited.id_number });
  return session.stages.find((stage) => stage.key === key).question_en;
}

/** The next version of the standard, published through the API. */
async function NextStandard(edit, adopt_by) {
  const plan = await Fresh(staff, standard.id);
  const saved = await Saved(staff, plan, Edited(plan.document, edit));
  assert.equal(saved.status, 200, saved.text);
  return staff.Must('POST', `/plans/${plan.id}/publish`, { version: saved.json.version, adopt_by });
}

describe('plans of the group', { concurrency: false }, () => {
  before(async () => {
    bole = await StartBole();
    staff = await Client.SignedIn(bole, 'hq.hr');
    branch = await Client.SignedIn(bole, 'bj.hr');
    nodes = (await staff.Must('GET', '/org/nodes')).items;
    browser = await Launch();
    const template = (await staff.Must('GET', '/plans?status=published')).items[0].document;
    const { governance, ...document } = template;
    standard = await staff.Must('POST', '/plans', {
      org_id: nodes.find((node) => !node.parent_id).id, name_zh: '柜员标准', name_en: kStandard,
      document: {
        ...document, language: 'en-US', bands: { recommend: 7, reinterview: 5 },
        dimensions: [Dimension('integrity', '诚信', 'Integrity', 30), Dimension('communication', '沟通', 'Communication', 30), Dimension('logic', '逻辑', 'Logical thinking', 40)],
        stages: [Stage('start', ['communication'], 1), Stage('cash', ['integrity'], 4), Stage('queue', ['logic'], 2)],
      },
    });
  });
  after(async () => {
    await browser?.close();
    await bole?.Stop();
  });

  it('headquarters locks a stage, makes a dimension core, gives it a range and publishes the standard', async () => {
    const page = await PageOf('hq.hr');
    await page.goto(`${bole.url}/plans/${standard.id}`);
    await page.getByRole('switch', { name: 'Standard for the units below' }).click();
    const dimensions = Part(page, /^Scoring dimensions/);
    await dimensions.getByRole('checkbox', { name: 'Core' }).first().check();
    await dimensions.getByRole('spinbutton', { name: 'Integrity, lowest weight' }).fill('25');
    await dimensions.getByRole('spinbutton', { name: 'Integrity, highest weight' }).fill('40');
    await (await OpenStage(page, /Stage cash/)).getByRole('checkbox', { name: /^Locked/ }).check();
    await page.getByRole('button', { name: 'Publish', exact: true }).click();
    await page.getByRole('dialog').filter({ hasText: 'Revision 1 is in force' }).getByRole('button', { name: 'Close' }).click();
    await Pictures(page, 'standard');
    standard = await Fresh(staff, standard.id);
    assert.equal(standard.standard, true);
    assert.deepEqual(standard.document.stages.map((stage) => stage.locked), [false, true, false]);
    assert.deepEqual(standard.document.dimensions.map(({ core, min_weight, max_weight }) => [core, min_weight, max_weight]), [[true, 25, 40], [false, undefined, undefined], [false, undefined, undefined]]);
  });

  it('headquarters demands a second person for the plans of a branch', async () => {
    const { page } = people['hq.hr'];
    await page.goto(`${bole.url}/plans`);
    await page.getByRole('button', { name: 'Publishing rules' }).click();
    const dialog = page.getByRole('dialog', { name: 'Publishing rules' });
    await Choose(page, dialog, 'Organisation', 'Beijing Branch');
    await dialog.getByRole('button', { name: 'Demand approval' }).click();
    await dialog.getByRole('listitem').filter({ hasText: '北京分行' }).or(dialog.getByRole('listitem').filter({ hasText: 'Beijing Branch' })).first().waitFor();
    const { items } = await staff.Must('GET', '/plan-policies');
    assert.deepEqual(items.map(({ org_id, needs_approval }) => [org_id, needs_approval]), [[Node('BJ').id, true]]);
  });

  it('a branch derives from the library and finds the locks shut', async () => {
    const page = await PageOf('bj.hr');
    await page.goto(`${bole.url}/plans?view=library`);
    await page.getByRole('textbox', { name: 'Search plan name' }).fill(kStandard);
    const row = page.getByRole('row').filter({ hasText: kStandard });
    await row.getByText('3 stages, 1 locked, 1 core dimensions').waitFor();
    await row.getByRole('button', { name: 'Derive' }).click();
    const drawer = page.getByRole('dialog');
    await drawer.getByLabel('Chinese name').fill('北京柜员');
    await drawer.getByLabel('English name').fill(kDerived);
    await drawer.getByRole('button', { name: 'Derive' }).click();
    await page.waitForURL(/\/plans\/[0-9A-Z]{26}$/);
    derived = await Fresh(branch, page.url().split('/').pop());
    assert.equal(derived.base.plan_id, standard.id);

    await page.getByText('Follows the standard').waitFor();
    assert.equal(await page.getByRole('switch', { name: 'Standard for the units below' }).count(), 0);
    const locked = await OpenStage(page, /Stage cash/);
    await locked.getByText('Locked by the standard: content, times and weight stay.').waitFor();
    assert.ok(await locked.getByLabel('Question in English').isDisabled());
    assert.ok(await locked.getByLabel(/^Weight/).isDisabled());
    assert.ok(await locked.getByLabel('Time limit').isDisabled());
    assert.ok(await locked.getByRole('button', { name: 'Remove stage' }).isDisabled());
    const dimensions = Part(page, /^Scoring dimensions/);
    assert.ok(await dimensions.getByRole('button', { name: 'Remove Integrity' }).isDisabled());
    const weight = dimensions.getByRole('spinbutton', { name: 'Integrity Weight' });
    assert.deepEqual([await weight.getAttribute('aria-valuemin'), await weight.getAttribute('aria-valuemax')], ['25', '40']);
    assert.equal(await page.getByLabel('Recommend from').getAttribute('aria-valuemin'), '7');
    await Pictures(page, 'locks');
  });

  it('it adds its own question, too heavy at first, and moves a weight inside the range', async () => {
    const { page } = people['bj.hr'];
    await Part(page, /^Stages/).getByRole('button', { name: 'Write your own' }).click();
    const own = Part(page, /^Stages/).getByRole('listitem').filter({ has: page.getByRole('button', { expanded: true }) });
    await own.getByLabel('Stage name in Chinese').fill('北京');
    await own.getByLabel('Stage name in English').fill('About Beijing');
    await own.getByLabel('Question in English').fill('Which districts of Beijing do you know?');
    await own.getByLabel('Question in Chinese').fill('您熟悉北京哪些城区？');
    await Choose(page, own, 'Dimensions judged here', 'Logical thinking');
    await page.keyboard.press('Escape');
    await own.getByLabel(/^Weight/).fill('50');
    const dimensions = Part(page, /^Scoring dimensions/);
    await dimensions.getByRole('spinbutton', { name: 'Integrity Weight' }).fill('35');
    await dimensions.getByRole('spinbutton', { name: 'Communication Weight' }).fill('25');
    await page.getByRole('button', { name: 'Save draft' }).click();
    await page.getByText(/The locked stages hold .* of the stage weights; it must be at least/).waitFor();
    await Pictures(page, 'outweighs');
    await own.getByLabel(/^Weight/).fill('1');
    await page.getByRole('button', { name: 'Save draft' }).click();
    await page.getByText('Draft saved').waitFor();
    derived = await Fresh(branch, derived.id);
    assert.deepEqual(derived.document.dimensions.map(({ weight }) => weight), [35, 25, 40]);
    assert.deepEqual(derived.document.stages.map(({ title_en }) => title_en), ['Stage start', 'Stage cash', 'Stage queue', 'About Beijing']);
  });

  it('the API refuses to delete, weaken and outweigh, and names the rule', async () => {
    const refusals = {
      stage_removed: (d) => d.stages.splice(1, 1),
      locked_question: (d) => (InDocument(d, 'cash').question_en = 'How are you?'),
      locked_times: (d) => (InDocument(d, 'cash').time_limit_seconds = 600),
      locked_weight: (d) => (InDocument(d, 'cash').weight = 0.5),
      locked_outweighed: (d) => (InDocument(d, 'queue').weight = 60),
      core_removed: (d) => d.dimensions.shift(),
      weight_out_of_range: (d) => ([d.dimensions[0].weight, d.dimensions[1].weight] = [10, 50]),
      threshold_lowered: (d) => (d.bands.recommend = 6),
      only_standard_governs: (d) => (d.governance = standard.document.governance),
    };
    for (const [code, edit] of Object.entries(refusals)) {
      const refused = await Saved(branch, derived, Edited(derived.document, edit));
      assert.equal(refused.status, 422, `${code}: ${refused.text}`);
      const rule = refused.json.errors.find((error) => error.code === code);
      assert.ok(rule?.message && !rule.message.includes(code), `${code}: ${refused.text}`);
    }
    assert.equal((await Fresh(branch, derived.id)).version, derived.version, 'nothing was saved');
  });

  it('the branch submits, cannot publish or approve itself, and its head approves', async () => {
    const { page } = people['bj.hr'];
    const direct = await branch.Post(`/plans/${derived.id}/publish`, { version: derived.version });
    assert.equal(direct.json.code, 'plan.needs_approval');
    assert.equal(await page.getByRole('button', { name: 'Publish', exact: true }).count(), 0);
    await page.getByRole('button', { name: 'Submit for approval' }).click();
    const asking = page.getByRole('dialog', { name: 'Submit for approval' });
    await asking.getByRole('textbox').fill('One question about the city');
    await asking.getByRole('button', { name: 'Submit for approval' }).click();
    await page.getByText(/it waits for approval/).waitFor();
    derived = await Fresh(branch, derived.id);
    assert.equal(derived.approval, 'submitted');
    assert.equal((await Saved(branch, derived, derived.document)).json.code, 'plan.submitted');
    assert.equal((await branch.Post(`/plans/${derived.id}/approve`, { version: derived.version, comment: '' })).status, 403);

    const head = await PageOf('bj.head');
    await head.goto(`${bole.url}/plans?submitted=true`);
    await head.getByRole('link', { name: kDerived }).click();
    await head.getByText('One question about the city').waitFor();
    await Pictures(head, 'approval');
    await head.getByRole('button', { name: 'Approve and publish' }).click();
    await head.getByRole('dialog').getByRole('button', { name: 'Approve and publish' }).click();
    await head.getByText('Approved', { exact: false }).first().waitFor();
    derived = await Fresh(branch, derived.id);
    assert.deepEqual([derived.status, derived.published_revision, derived.base.published_revision], ['published', 1, 1]);
    earlier = await Invited();
    assert.equal(earlier.answer.status, 201, earlier.answer.text);
    assert.equal(earlier.interview.plan_revision, 1);
  });

  it('headquarters publishes version 2 with a deadline, which becomes a task of the branch', async () => {
    const { page } = people['hq.hr'];
    await page.goto(`${bole.url}/plans/${standard.id}`);
    const stage = await OpenStage(page, /Stage cash/);
    await stage.getByLabel('Question in English').fill('How do you count a drawer at night?');
    await page.getByRole('button', { name: 'Publish', exact: true }).click();
    const asking = page.getByRole('dialog', { name: 'Publish a new version of the standard' });
    await Pictures(page, 'deadline');
    await asking.getByRole('button', { name: 'Publish' }).click();
    await page.getByRole('dialog').filter({ hasText: 'Revision 2 is in force' }).getByRole('button', { name: 'Close' }).click();
    await page.reload();
    const follower = page.getByRole('table', { name: 'Units that follow this standard' }).getByRole('row').filter({ hasText: kDerived });
    await follower.getByText('1, newest 2').waitFor();
    await Pictures(page, 'followers');

    const { page: here } = people['bj.hr'];
    await here.goto(`${bole.url}/plans`);
    const task = Part(here, 'New versions of standards').getByRole('link', { name: new RegExp(kDerived) });
    await task.getByText(`${kStandard}: version 1 → 2 · One click`).waitFor();
    await Pictures(here, 'task');
    await task.click();
    const changed = here.getByRole('listitem').filter({ hasText: 'question (English)' });
    await changed.getByText('Please talk about cash.').first().waitFor();
    await changed.getByText('How do you count a drawer at night?').waitFor();
    await Part(here, /Our own changes, kept/).getByText('Which districts of Beijing do you know?').waitFor();
    await Pictures(here, 'difference');
  });

  it('one click carries the plan over where nothing conflicts; a second person still approves', async () => {
    const { page } = people['bj.hr'];
    assert.equal(await page.getByRole('button', { name: 'Take over and publish' }).count(), 0, 'approval is demanded');
    await page.getByRole('button', { name: 'Take over as a draft' }).click();
    await page.waitForURL(new RegExp(`/plans/${derived.id}$`));
    await page.getByRole('button', { name: 'Submit for approval' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Submit for approval' }).click();
    await page.getByText(/it waits for approval/).waitFor();
    const head = people['bj.head'].page;
    await head.goto(`${bole.url}/plans/${derived.id}`);
    await head.getByRole('button', { name: 'Approve and publish' }).click();
    await head.getByRole('dialog').getByRole('button', { name: 'Approve and publish' }).click();
    await Until('version 2 is in force at the branch', async () => (await Fresh(branch, derived.id)).published_revision === 2);
    derived = await Fresh(branch, derived.id);
    assert.equal(derived.base.behind, false);
    assert.equal(InDocument(derived.document, 'cash').question_en, 'How do you count a drawer at night?');
    assert.equal(derived.document.dimensions[0].weight, 35, 'its own weight stays');
    assert.ok(!(await branch.Must('GET', '/plans/rebase-tasks')).items.some((task) => task.plan_id === derived.id));
  });

  it('who was invited before keeps the questions of the invitation', async () => {
    assert.equal(await Asked(earlier, 'cash'), 'Please talk about cash.');
    const later = await Invited();
    assert.equal(later.interview.plan_revision, 2);
    assert.equal(await Asked(later, 'cash'), 'How do you count a drawer at night?');
  });

  it('after the deadline the old version invites nobody, and who is invited goes on', async () => {
    const [policy] = (await staff.Must('GET', '/plan-policies')).items;
    await staff.Must('PUT', `/plan-policies/${policy.org_id}`, { version: policy.version, needs_approval: false, derived_only: false });
    const own = await Saved(branch, derived, Edited(derived.document, (d) => (InDocument(d, 'start').question_en = 'Why Beijing?')));
    derived = await branch.Must('POST', `/plans/${derived.id}/publish`, { version: own.json.version });
    await NextStandard((d) => (InDocument(d, 'start').question_en = 'Why this bank?'), new Date(Date.now() + kDeadlineMs).toISOString());
    const refused = await Until('the deadline has passed', async () => {
      const { answer } = await Invited();
      return answer.json.items?.length ? undefined : answer;
    });
    assert.equal(refused.json.code ?? refused.json.failed[0].code, 'plan.base_outdated');
    assert.equal(await Asked(earlier, 'cash'), 'Please talk about cash.');
    const { page } = people['bj.hr'];
    await page.goto(`${bole.url}/plans`);
    const task = Part(page, 'New versions of standards').getByRole('link', { name: new RegExp(kDerived) });
    await task.getByText('1 to decide').waitFor();
    await task.getByText('Overdue').waitFor();
    await Pictures(page, 'overdue');
    await task.click();
  });

  it('where both sides changed the same, the branch chooses', async () => {
    const { page } = people['bj.hr'];
    await page.getByText('1 still to decide').waitFor();
    const take = page.getByRole('button', { name: 'Take over and publish' });
    assert.ok(await take.isDisabled());
    const undecided = await branch.Post(`/plans/${derived.id}/rebase`, { version: derived.version, choices: [] });
    assert.deepEqual(undecided.json.errors.map(({ code }) => code), ['choose']);
    await Pictures(page, 'conflict');
    await Part(page, /Changed on both sides/).getByRole('radio', { name: 'Keep ours' }).check();
    await take.click();
    await page.waitForURL(new RegExp(`/plans/${derived.id}$`));
    derived = await Fresh(branch, derived.id);
    assert.deepEqual([derived.base.behind, derived.base.published_revision], [false, 3]);
    assert.equal(InDocument(derived.document, 'start').question_en, 'Why Beijing?');
    const again = await Invited();
    assert.equal(again.answer.status, 201, again.answer.text);
    assert.equal(await Asked(again, 'start'), 'Why Beijing?');
  });

  it('what people saw has no fault', () => {
    assert.deepEqual([...faults, ...Object.values(people).flatMap((person) => person.faults)].filter((fault) => !/status of 422/.test(fault)), []);
  });
});
