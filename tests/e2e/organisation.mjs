// The organisation over time, as HR at headquarters plans it in the browser: preview, conflict, chart of a day, cancel.
import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import { Client, StartBole } from './_bole.mjs';
import { kSize, kWidths, Launch, NewProfile, Overflow, Picture, SignIn, StrangeTexts, it } from './_browser.mjs';

let bole, staff, branch_hr, browser, profile, page, nodes;

/** "2026-11-27", some days from now. */
function Day(days) {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}
const Node = (code) => nodes.find((node) => node.code === code);

async function Choose(label, text, search = '') {
  await page.locator('.ant-drawer .ant-select').filter({ has: page.getByRole('combobox', { name: label }) }).click();
  if (search) await page.keyboard.type(search);
  await page.locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden)').getByText(text, { exact: true }).first().click();
}

const Unit = (code, name_en) => staff.Must('POST', '/org/nodes', {
  parent_id: Node('CD').id, code, name: code, name_en, kind: 'outlet', city: '', zone: 'Asia/Shanghai', locale: 'zh-CN',
});
async function Pictures(name) {
  for (const width of kWidths) {
    await page.setViewportSize(kSize[width]);
    await Picture(page, `${name}-${width}`);
    assert.ok((await Overflow(page)) <= 0, `${name} at ${width}`);
  }
  await page.setViewportSize(kSize[1280]);
  assert.deepEqual(await StrangeTexts(page), [], name);
}

describe('the organisation over time', () => {
  before(async () => {
    bole = await StartBole();
    staff = await Client.SignedIn(bole, 'hq.hr');
    branch_hr = await Client.SignedIn(bole, 'bj.hr');
    nodes = (await staff.Must('GET', '/org/nodes')).items;
    browser = await Launch();
    profile = await NewProfile(browser, 'en-US');
    page = await profile.context.newPage();
    await SignIn(page, bole, 'hq.hr');
  });
  after(async () => {
    await browser?.close();
    await bole?.Stop();
  });

  it('a move is previewed, scheduled, seen in the chart of its day and not in that of today', async () => {
    await page.goto(`${bole.url}/organisation?node=${Node('CD-02').id}`);
    await page.getByRole('button', { name: 'Change the chart' }).click();
    await Choose('New node above', 'Beijing Branch');
    await page.getByLabel('On a day').last().fill(Day(10));
    await page.keyboard.press('Enter');
    await page.getByText('Possible, effective').waitFor();
    await Pictures('organisation-wizard');
    await page.getByRole('button', { name: 'Schedule' }).click();
    await page.getByText('Change saved').waitFor();

    const today = (await staff.Must('GET', '/org/nodes')).items.find((node) => node.code === 'CD-02');
    assert.equal(today.parent_id, Node('CD').id);
    const then = (await staff.Must('GET', `/org/nodes?as_of=${Day(10)}`)).items.find((node) => node.code === 'CD-02');
    assert.equal(then.parent_id, Node('BJ').id);
    const beijing = (await branch_hr.Must('GET', `/org/nodes?as_of=${Day(10)}`)).items.map((node) => node.code);
    assert.ok(beijing.includes('CD-02'), 'the grant holds in what is below its node on that day');
    assert.ok(!(await branch_hr.Must('GET', '/org/nodes')).items.some((node) => node.code === 'CD-02'));
  });

  it('a second change before it is refused with the one in the way', async () => {
    await page.goto(`${bole.url}/organisation?node=${Node('CD-02').id}`);
    await page.getByRole('button', { name: 'Change the chart' }).click();
    await Choose('Kind of change', 'Close');
    await page.getByLabel('On a day').last().fill(Day(5));
    await page.keyboard.press('Enter');
    await page.getByText('In the way: Move').waitFor();
    await Picture(page, 'organisation-conflict-1280');
    const refused = await staff.Post('/org/changes', { kind: 'close', node_id: Node('CD-02').id, effective_date: Day(5) });
    assert.equal(refused.status, 422);
    assert.equal(refused.json.errors[0].code, 'blocked_by_move');
    assert.match(refused.json.errors[0].message, new RegExp(Day(10)));
  });

  it('a scheduled change is cancelled from the list', async () => {
    await page.goto(`${bole.url}/organisation?view=changes&state=scheduled`);
    const row = page.getByRole('row', { name: /Tianfu/ });
    await row.getByRole('button', { name: 'Cancel change' }).click();
    await page.getByRole('tooltip').getByRole('button', { name: 'Cancel change' }).click();
    await row.waitFor({ state: 'detached' });
    const then = (await staff.Must('GET', `/org/nodes?as_of=${Day(10)}`)).items.find((node) => node.code === 'CD-02');
    assert.equal(then.parent_id, Node('CD').id);
  });

  it('a unit on which something hangs closes only when another takes over', async () => {
    const [unit, heir] = [await Unit('CLO-1', 'Closing outlet'), await Unit('CLO-2', 'Heir outlet')];
    const job = await staff.Must('POST', '/jobs', { org_id: unit.id, code: 'CLO-J', name: '迎宾', name_en: 'Greeter' });
    await page.goto(`${bole.url}/organisation?node=${unit.id}`);
    await page.getByRole('button', { name: 'Change the chart' }).click();
    await Choose('Kind of change', 'Close');
    await page.getByRole('radio', { name: 'Today' }).check();
    const preview = page.getByRole('region', { name: 'Preview' });
    await preview.getByText(/Jobs in use here: 1/).waitFor();
    await Pictures('organisation-close-refused');
    await Choose('Taken over by', 'Heir outlet', 'Heir');
    await preview.getByText('Possible, effective').waitFor();
    await Pictures('organisation-close');
    await page.getByRole('button', { name: 'Carry out now' }).click();
    await page.getByText('Change saved').waitFor();
    assert.equal((await staff.Must('GET', `/jobs/${job.id}`)).org_id, heir.id);
    assert.equal((await staff.Must('GET', '/org/nodes')).items.find(({ id }) => id === unit.id)?.state ?? 'closed', 'closed');
  });

  it('a split gives the jobs that were chosen to the new part', async () => {
    const unit = await Unit('SPL-1', 'Large outlet');
    const [goes, stays] = [
      await staff.Must('POST', '/jobs', { org_id: unit.id, code: 'SPL-A', name: '甲岗', name_en: 'Job A' }),
      await staff.Must('POST', '/jobs', { org_id: unit.id, code: 'SPL-B', name: '乙岗', name_en: 'Job B' }),
    ];
    await page.goto(`${bole.url}/organisation?node=${unit.id}`);
    await page.getByRole('button', { name: 'Change the chart' }).click();
    await Choose('Kind of change', 'Split');
    await page.getByRole('radio', { name: 'Today' }).check();
    const part = page.getByRole('group', { name: 'New node 1' });
    await part.getByLabel('Chinese name').fill('新网点');
    await part.getByLabel('English name').fill('New outlet');
    await part.getByLabel('Code').fill('SPL-2');
    await part.getByRole('combobox', { name: 'Jobs that go there' }).click();
    await page.locator('.ant-select-item-option:visible').filter({ hasText: 'Job A' }).click();
    await page.keyboard.press('Escape');
    await page.getByRole('region', { name: 'Preview' }).getByText('Possible, effective').waitFor();
    await Pictures('organisation-split');
    await page.getByRole('button', { name: 'Carry out now' }).click();
    await page.getByText('Change saved').waitFor();
    const made = (await staff.Must('GET', '/org/nodes')).items.find(({ code }) => code === 'SPL-2');
    assert.equal((await staff.Must('GET', `/jobs/${goes.id}`)).org_id, made.id);
    assert.equal((await staff.Must('GET', `/jobs/${stays.id}`)).org_id, unit.id);
  });

  it('a branch reads, and changes nothing above or beside it', async () => {
    const chart = (await branch_hr.Must('GET', '/org/nodes')).items;
    assert.deepEqual(chart.map((node) => node.code).sort(), ['BJ', 'BJ-01', 'BJ-02']);
    assert.equal((await branch_hr.Get(`/org/nodes/${Node('CD').id}/history`)).status, 404);
    assert.equal((await branch_hr.Post('/org/changes', { kind: 'close', node_id: Node('BJ-01').id })).status, 403);
    assert.equal((await branch_hr.Send('PUT', '/grades/P9', { version: 0, name_zh: '九级', rank: 90 })).status, 403);
    const [calendar] = (await branch_hr.Must('GET', '/org/calendars')).items;
    assert.equal(calendar.code, 'CN');
    assert.equal((await branch_hr.Send('PATCH', `/org/calendars/${calendar.id}`, { version: 1, name_zh: 'x' })).status, 403);
  });

  it('the group adds a job family with its model, and a new job starts from it', async () => {
    await page.goto(`${bole.url}/jobs?view=families`);
    await page.getByRole('button', { name: 'New job family' }).first().click();
    const drawer = page.locator('.ant-drawer');
    await drawer.getByLabel('Chinese name').fill('焊工');
    await drawer.getByLabel('English name').fill('Welder');
    await drawer.getByLabel('Code').fill('welder');
    await drawer.getByRole('button', { name: 'Add competency' }).click();
    await Choose('Competency', 'Integrity');
    await Picture(page, 'organisation-family-editor');
    await drawer.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved').first().waitFor();
    await page.getByRole('row', { name: /Welder/ }).getByText('100%').waitFor();
    const job = await staff.Must('POST', '/jobs', { org_id: nodes[0].id, code: 'WELDER', name: '焊工', name_en: 'Welder', family: 'welder', grade: '', duties: '', requirements: '', competencies: [] });
    assert.deepEqual(job.competencies.map(({ key, weight }) => [key, weight]), [['integrity', 100]]);
    await page.goto(`${bole.url}/jobs?family=welder`);
    await page.getByRole('row', { name: /WELDER/ }).waitFor();
    const refused = await branch_hr.Send('PUT', '/job-families/pilot', { version: 0, name_zh: '飞行员', name_en: '', rank: 1, state: 'active', competencies: [] });
    assert.equal(refused.status, 403);
  });

  it('a past rename shows in the history, spring festival in the calendar', async () => {
    const history = await staff.Must('GET', `/org/nodes/${Node('BJ-02').id}/history`);
    assert.deepEqual(history.versions.map((version) => version.name), ['北京学府支行', '北京知春支行']);
    const day = await staff.Must('GET', `/org/nodes/${Node('BJ-02').id}/working-day?date=2027-02-05`);
    assert.equal(day.share, 0);
    assert.equal(day.name_zh, '春节（除夕）');
    assert.equal(day.next_working_day, '2027-02-09');
  });

  it('ten thousand nodes are drawn as far as they are seen, and searched while typing', async () => {
    const group = nodes.find((node) => !node.parent_id);
    const many = [group];
    for (let i = 0; i < 10_000; ++i) {
      const above = i < 100 ? group : many[1 + (i % 100)];
      const id = `N${String(i).padStart(25, '0')}`;
      many.push({ ...group, id, parent_id: above.id, code: `N${i}`, name: `机构${i}`, name_en: `Unit ${i}`, kind: 'outlet', path: `${above.path}${id}/`, depth: above.depth + 1 });
    }
    const view = await profile.context.newPage();
    await view.route('**/api/v1/org/nodes', (route) => route.fulfill({ json: { items: many } }));
    await view.goto(`${bole.url}/organisation`);
    await view.locator('.ant-tree-treenode').nth(5).waitFor();
    assert.ok((await view.locator('.ant-tree-treenode').count()) < 120, 'only what fits is in the page');
    await view.getByRole('textbox', { name: 'Search name, code, city' }).fill('unit 9999');
    await view.getByText('Unit 9999').waitFor();
    assert.ok((await view.locator('.ant-tree-treenode').count()) < 120);
    await view.close();
  });

  it('what people see has no fault in either language', async () => {
    const problems = [];
    const state = await profile.context.storageState();
    for (const locale of ['zh-CN', 'en-US']) {
      const other = await NewProfile(browser, locale, { storageState: { ...state, origins: [] } });
      const view = await other.context.newPage();
      const pages = {
        chart: `/organisation?node=${Node('BJ-02').id}`, changes: '/organisation?view=changes', calendars: '/calendars',
        jobs: '/jobs', positions: '/jobs?view=positions', families: '/jobs?view=families', grades: '/jobs?view=grades', competencies: '/jobs?view=competencies',
        then: `/organisation?as_of=${Day(40)}&node=${Node('SG-02').id}`,
      };
      for (const [name, path] of Object.entries(pages)) {
        for (const width of kWidths) {
          await view.setViewportSize(kSize[width]);
          await view.goto(bole.url + path);
          await view.locator('h1').first().waitFor();
          await view.locator('.ant-skeleton, .page-loading').first().waitFor({ state: 'hidden' });
          if (name === 'chart') {
            await view.getByRole('tab').nth(1).click();
            await view.locator('.org-moment').first().waitFor();
          }
          await Picture(view, `organisation-${name}-${locale}-${width}`);
          if ((await Overflow(view)) > 0) problems.push(`${name} ${locale} ${width}: too wide`);
        }
        problems.push(...(await StrangeTexts(view)).map((text) => `${name} ${locale}: “${text}”`));
      }
      problems.push(...other.faults);
      await other.context.close();
    }
    assert.deepEqual([...problems, ...profile.faults], []);
  });
});
