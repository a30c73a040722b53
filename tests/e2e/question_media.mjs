// Questions with a picture, and a prompt that somebody recorded: uploaded in the console, seen and heard by the candidate.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe } from 'node:test';
import { Client, IdNumber, Png, Silence, StartBole } from './_bole.mjs';
import { kPictures, Launch, NewProfile, Overflow, Picture, PictureCandidate, SignIn, it } from './_browser.mjs';

const kBytes = { 'Content-Type': 'application/octet-stream' };
let bole, hq, bj, browser, profile, page, root, question, plan;

describe('pictures, videos and recorded prompts', () => {
  before(async () => {
    bole = await StartBole();
    hq = await Client.SignedIn(bole, 'hq.hr');
    bj = await Client.SignedIn(bole, 'bj.hr');
    root = (await hq.Must('GET', '/org/nodes')).items.find((node) => node.kind === 'group');
    browser = await Launch(['--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream', '--autoplay-policy=no-user-gesture-required']);
    profile = await NewProfile(browser, 'en-US', { permissions: ['camera', 'microphone'] });
    page = await profile.context.newPage();
    await SignIn(page, bole, 'hq.hr');
  });
  after(async () => {
    await browser?.close();
    await bole?.Stop();
  });

  it('HR gives a question a picture', async () => {
    await page.goto(`${bole.url}/questions`);
    await page.getByRole('button', { name: 'New question' }).first().click();
    const drawer = page.locator('.ant-drawer');
    await drawer.getByLabel('Question in Chinese').fill('这张图说明了什么？');
    await drawer.getByLabel('Question in English').fill('What does this picture tell you?');
    await drawer.getByLabel('Code', { exact: true }).fill('PIC-01');
    await page.locator('.ant-drawer .ant-select').filter({ has: page.getByRole('combobox', { name: 'Competency' }) }).click();
    await page.locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden)').getByText('Logical thinking', { exact: true }).first().click();
    await drawer.locator('input[type=file]').setInputFiles({ name: 'drawing.svg', mimeType: 'image/svg+xml', buffer: Buffer.from('<svg/>') });
    await drawer.getByText('“drawing.svg” cannot be used here').waitFor();
    await drawer.locator('input[type=file]').setInputFiles({ name: 'chart.png', mimeType: 'image/png', buffer: Png() });
    await drawer.locator('img').first().waitFor();
    assert.equal(await drawer.locator('input[type=file]').isVisible(), false);
    await page.screenshot({ path: join(kPictures, 'question-media-editor.png'), animations: 'disabled' });
    await drawer.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved').first().waitFor();
    const { items } = await hq.Must('GET', '/questions?q=PIC-01');
    question = items[0];
    assert.equal(question.kind, 'picture');
    await page.getByRole('row', { name: /What does this picture/ }).getByRole('img', { name: 'Picture' }).waitFor();
  });

  it('the server looks at the content, and at whose it is', async () => {
    const Refused = async (who, org, bytes) => (await who.Send('POST', `/assets?org_id=${org}&name=a.png`, bytes, kBytes)).json.errors?.map(({ pointer, code }) => `${pointer} ${code}`);
    assert.deepEqual(await Refused(hq, root.id, Buffer.from('<svg onload="alert(1)"/>')), ['/file asset_type']);
    assert.deepEqual(await Refused(hq, root.id, Buffer.concat([Png(), Buffer.alloc(6 << 20)])), ['/file asset_too_large']);
    assert.deepEqual(await Refused(bj, root.id, Png()), ['/org_id not_found']);
    const shared = await hq.Must('POST', `/assets?org_id=${root.id}&name=${encodeURIComponent('图.png')}`, Png(), kBytes);
    assert.equal(shared.name, '图.png');
    const seen = await bj.Get(`/assets/${shared.id}`);
    assert.equal(seen.headers.get('content-type'), 'image/png', 'a branch sees what the group shows');
    assert.deepEqual(seen.bytes, Png());
    assert.equal(seen.headers.get('x-content-type-options'), 'nosniff');
    assert.equal((await bj.Get(`/assets/${shared.id}`, { Range: 'bytes=0-3' })).status, 206);
    assert.equal((await bj.Get(`/assets/${question.asset_id}`)).status, 404, 'a department beside the branch');
    assert.equal((await fetch(`${bole.url}/api/v1/assets/${question.asset_id}`)).status, 401);
  });

  it('a rehearsal shows the picture and plays the recorded prompt', async () => {
    const sound = await hq.Must('POST', `/assets?org_id=${question.org_id}&name=hello.wav`, Silence(), kBytes);
    assert.equal(sound.kind, 'audio');
    const made = await hq.Must('POST', '/plans', { org_id: question.org_id, name_zh: '看图说话', name_en: 'Tell the picture' });
    const stage = { key: 'q1', question_id: question.id, dimensions: [], weight: 1, prompt_zh: '请看图。', prompt_en: 'Please look at the picture.', prompt_asset_id: sound.id, preparation_seconds: 20 };
    const put = await hq.Must('PUT', `/plans/${made.id}`, { version: made.version, name_zh: made.name_zh, name_en: made.name_en, document: { ...made.document, stages: [stage] } });
    plan = await hq.Must('POST', `/plans/${made.id}/publish`, { version: put.version });
    const rehearsal = await profile.context.newPage();
    const played = rehearsal.waitForResponse((response) => response.url().includes(`/assets/${sound.id}`));
    await rehearsal.goto(`${bole.url}/i/preview?plan=${plan.id}`);
    await rehearsal.getByRole('button', { name: /Show the question|显示题目/ }).click();
    const picture = rehearsal.locator('.media img');
    await picture.waitFor();
    assert.equal(await picture.evaluate((image) => image.complete && image.naturalWidth), 320);
    assert.ok((await played).ok());
    const problems = [];
    await PictureCandidate(rehearsal, 'question-media', problems);
    assert.deepEqual(problems, []);
    await rehearsal.locator('.media button.picture').click();
    await rehearsal.locator('dialog[open] img').waitFor();
    await rehearsal.keyboard.press('Escape');
    await rehearsal.locator('dialog[open]').waitFor({ state: 'detached' });
    await rehearsal.close();
  });

  it('the plan editor takes a recorded prompt', async () => {
    await page.goto(`${bole.url}/plans/${plan.id}`);
    await page.locator('.stage-words').first().click();
    await page.getByText('Recorded prompt').first().waitFor();
    await page.locator('.stage-body .stage-media img').waitFor();
    await Picture(page, 'plan-recorded-prompt');
    assert.equal(await Overflow(page), 0);
  });

  it('a candidate gets what belongs to the interview, and nothing else', async () => {
    const id_number = IdNumber(811);
    const candidate = await hq.Must('POST', '/candidates', { org_id: question.org_id, name: '图小明', source: 'other', tags: [], locale: 'zh-CN', note: '', id_number });
    const { items: [{ link }] } = await hq.Must('POST', '/interviews', { candidate_ids: [candidate.id], plan_id: plan.id, channels: ['link'] });
    const client = new Client(bole, { app: 'candidate', invitation: link.split('/').pop() });
    const session = await client.Must('POST', '/candidate/identity/verify', { method: 'id_number', id_number });
    const [{ question_media, prompt_media }] = session.stages;
    assert.equal(question_media.kind, 'picture');
    assert.equal(prompt_media.media_type, 'audio/wav');
    assert.deepEqual((await client.Get(question_media.url.replace('/api/v1', ''))).bytes, Png());
    assert.deepEqual((await client.Get(prompt_media.url.replace('/api/v1', ''))).bytes, Silence());
    assert.equal((await client.Get('/candidate/stages/other/media/question')).status, 404);
    assert.equal((await client.Get('/candidate/stages/q1/media/rubric')).status, 404);
    assert.ok([401, 403].includes((await client.Get(`/assets/${question.asset_id}`)).status));
    assert.equal((await fetch(bole.url + question_media.url)).status, 401);
    assert.deepEqual(profile.faults, []);
  });
});
