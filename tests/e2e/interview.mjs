// The main job, the whole way in two browsers: plan → invitation → interview before a camera → report. Nothing is faked
// but the devices: the microphone plays recorded speech, the camera a photograph of a person.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe } from 'node:test';
import { Client, IdNumber, Run, StartBole, Until } from './_bole.mjs';
import {
  kSize, kWidths, Launch, NewProfile, Overflow, Picture, PictureCandidate, SignIn, StrangeTexts, it,
} from './_browser.mjs';
import { MakeSpeech, MakeVideo } from './_media.mjs';

const kName = '林知夏';
const kIdNumber = IdNumber(127);
const kPlan = 'Teller trial';
const kIntroduction = 'Please introduce yourself briefly and say why you chose this position.';
const kReportMs = 300_000;  // recognition shares the machine with two browsers
const kCommonWords = new Set('the and for that with you your not can what have been this was his her from are but had has were they'.split(' '));

let bole, staff, media, answers_words, shows_face;
let hr, hr_page, candidate, candidate_page, link, interview_id, report;
const faults = [];
const problems = [];
let failed = false;

/** One step of the way; those behind a failed one cannot run. */
function Step(name, run) {
  it(name, async (t) => {
    if (failed) return t.skip('an earlier step failed');
    try {
      await run(t);
    } catch (error) {
      failed = true;
      for (const [page, of] of [[hr_page, 'staff'], [candidate_page, 'candidate']]) if (page) await Picture(page, `failed-${of}`).catch(() => {});
      error.message += `\nFaults: ${faults.concat(hr?.faults ?? [], candidate?.faults ?? []).join('\n')}\nEnd of the server's log:\n${bole.log().slice(-3000)}`;
      throw error;
    }
  });
}

const Session = () => candidate_page.evaluate(async () => (await fetch('/api/v1/candidate/session')).json());

/** Waits until the server has acknowledged that many seconds of the answer that is being recorded. */
async function Spoken(seconds) {
  await Until(`${seconds} pieces of the answer are acknowledged`, async () => {
    const { answer } = await Session();
    return answer?.state === 'recording' && answer.next_piece >= seconds;
  }, { within_ms: 60_000, every_ms: 500 });
}

/** Picks from a list within `area`; the choices open at the end of the page. */
async function Choose(area, label, text) {
  const box = area.getByRole('combobox', { name: label, exact: true });
  await box.click();
  if (await box.isEditable()) await box.fill(text);
  await hr_page.locator('.ant-select-tree-title:visible, .ant-select-item-option:visible').filter({ hasText: text }).first().click();
}

describe('an interview from the plan to the report', { concurrency: false }, () => {
  before(async () => {
    media = mkdtempSync(join(tmpdir(), 'bole-media-'));
    const maker = await Launch();
    const [speech, face] = await Promise.all([MakeSpeech(join(media, 'speech.wav')), MakeVideo(maker, join(media, 'face.mjpeg')), StartBole().then((made) => (bole = made))]);
    answers_words = speech.words;
    shows_face = face;
    hr = { browser: maker, ...(await NewProfile(maker, 'en-US')) };
    const devices = await Launch([
      '--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream', '--autoplay-policy=no-user-gesture-required',
      `--use-file-for-fake-audio-capture=${join(media, 'speech.wav')}`, `--use-file-for-fake-video-capture=${join(media, 'face.mjpeg')}`,
    ]);
    candidate = { browser: devices, ...(await NewProfile(devices, 'en-US', { viewport: kSize[390] })) };
    staff = await Client.SignedIn(bole, 'hq.hr');
  });

  after(async () => {
    await hr?.browser.close();
    await candidate?.browser.close();
    const how = await bole?.Stop();
    if (media) rmSync(media, { recursive: true, force: true });
    if (how && how.code !== 0) throw new Error(`the server ended with ${JSON.stringify(how)}`);
  });

  Step('HR signs in and makes a plan; 99 % is refused where it stands, 100 % is published', async () => {
    const page = (hr_page = await hr.context.newPage());
    await SignIn(page, bole, 'hq.hr');
    await page.getByRole('link', { name: 'Interview plans' }).click();
    await page.getByRole('button', { name: 'New plan' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Chinese name').fill('柜员试用方案');
    await dialog.getByLabel('English name').fill(kPlan);
    await Choose(dialog, 'Organisation', 'Beijing Branch');
    await Choose(dialog, 'Job', 'Teller');
    await dialog.getByRole('button', { name: 'Create' }).click();
    await page.waitForURL(/\/plans\/[0-9A-Z]{26}$/);

    await page.getByRole('button', { name: "Use the job's competency model" }).click();
    const weights = page.locator('section[aria-labelledby=dimensions] input[role=spinbutton]');
    await page.getByText('Sum 100%').waitFor();
    const last = weights.last();
    const right = Number(await last.inputValue());
    await last.fill(String(right - 1));
    await page.getByText('Sum 99%').waitFor();

    await Choose(page, 'Interview language', 'English');
    await page.getByRole('button', { name: /Introduction/ }).and(page.locator('.stage-toggle')).click();
    await page.getByLabel('Question in English').fill(kIntroduction);
    await page.getByLabel('Preparation', { exact: true }).fill('0');
    await page.getByRole('button', { name: 'Add from the bank' }).click();
    const bank = page.getByRole('dialog');
    await bank.getByLabel('Search text or code').fill('TEL-01');
    await bank.locator('.pick-item').filter({ hasText: 'TEL-01' }).getByRole('button', { name: 'Pick', exact: true }).click();
    await bank.waitFor({ state: 'hidden' });

    await page.getByRole('button', { name: 'Publish' }).click();
    await page.getByText('Dimension weights must add up to 100%').waitFor();
    await Picture(page, 'plan-99-percent');
    await last.fill(String(right));
    await page.getByText('Dimension weights must add up to 100%').waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: 'Publish' }).click();
    const done = page.getByRole('dialog').filter({ hasText: 'Published' });
    await done.waitFor();
    await done.getByRole('button', { name: 'Close' }).click();

    const plans = await staff.Must('GET', `/plans?q=${encodeURIComponent(kPlan)}`);
    assert.equal(plans.items.length, 1);
    const [plan] = plans.items;
    assert.equal(plan.status, 'published');
    assert.equal(plan.document.stages.length, 2);
    assert.equal(plan.document.language, 'en-US');
    assert.equal(plan.document.dimensions.reduce((sum, item) => sum + item.weight, 0), 100);
  });

  Step('HR adds a candidate with e-mail and ID number, invites and gets the link', async () => {
    const page = hr_page;
    await page.getByRole('link', { name: 'Candidates', exact: true }).click();
    await page.getByRole('button', { name: 'New candidate' }).click();
    const drawer = page.getByRole('dialog');
    await drawer.getByLabel('Name', { exact: true }).fill(kName);
    await drawer.getByLabel('E-mail').fill('lin.zhixia@example.com');
    await drawer.getByLabel('ID number').fill(kIdNumber);
    await Choose(drawer, 'Organisation', 'Beijing Branch');
    await Choose(drawer, 'Job', 'Teller');
    await Choose(drawer, 'Interview language', 'English');
    await drawer.getByRole('button', { name: 'Save' }).click();
    await drawer.waitFor({ state: 'hidden' });

    await page.getByRole('link', { name: 'Interview plans' }).click();
    await page.getByRole('row').filter({ hasText: kPlan }).getByRole('link', { name: 'Invite' }).click();
    const wizard = page.getByRole('dialog');
    await wizard.getByLabel('Search name, phone, e-mail').fill(kName);
    await Until('the search finds her alone', async () => (await wizard.locator('.ant-table-row').count()) === 1);
    const row = wizard.getByRole('row').filter({ hasText: kName });
    await row.getByRole('checkbox').check();
    await wizard.locator('.ant-drawer-footer').getByRole('button', { name: 'Next' }).click();
    await wizard.getByRole('checkbox', { name: /^E-mail/ }).check();
    await wizard.getByRole('button', { name: 'Invite 1' }).click();
    link = await wizard.locator('a.invite-link').getAttribute('href');
    assert.match(link, new RegExp(`^${bole.url}/i/[\\w-]{20,}$`));
    await Picture(page, 'invited');
    await wizard.getByRole('button', { name: 'Done' }).click();

    const { items } = await staff.Must('GET', `/interviews?q=${encodeURIComponent(kName)}`);
    assert.equal(items.length, 1);
    assert.equal(items[0].state, 'invited');
    assert.equal(items[0].org_name, '北京分行');
    assert.ok(items[0].deliveries.some((delivery) => delivery.channel === 'email'), 'the e-mail is in the outbox');
    interview_id = items[0].id;
    await page.getByRole('row').filter({ hasText: kName }).filter({ hasText: 'Invited' }).waitFor();
  });

  Step('the candidate opens the link and shows who she is: a wrong number tells the tries left', async () => {
    const page = (candidate_page = await candidate.context.newPage());
    page.on('dialog', (dialog) => dialog.accept());
    await page.goto(link);
    await page.getByRole('heading', { level: 1, name: /Interview for/ }).waitFor();
    await PictureCandidate(page, '1-invitation', problems);
    await page.getByRole('button', { name: 'Start the AI interview' }).click();
    await page.getByText('ID-card number', { exact: true }).first().click();
    const number = page.getByRole('textbox', { name: 'ID-card number' });
    await number.fill(IdNumber(311));
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('alert').getByText('4 tries left').waitFor();
    await PictureCandidate(page, '2-identity', problems);
    await number.fill(kIdNumber);
    await page.getByRole('button', { name: 'Continue' }).click();

    await page.getByRole('heading', { name: 'Your decision' }).waitFor();
    const confirm = page.getByRole('button', { name: 'Confirm my choices' });
    assert.deepEqual(await page.getByRole('checkbox').evaluateAll((boxes) => boxes.map((box) => box.checked)), [false, false, false], 'nothing is ticked beforehand');
    await confirm.click();
    await page.getByText('Without the needed consents').waitFor();
    await PictureCandidate(page, '3-consent', problems);
    for (const box of await page.getByRole('checkbox').all()) await box.check();
    await confirm.click();
    await page.getByRole('heading', { name: 'Check your device and room' }).waitFor();
  });

  Step('camera, face, microphone and line are checked; the practice is skipped', async () => {
    const page = candidate_page;
    await page.getByRole('button', { name: 'Turn on camera and microphone' }).click();
    await page.getByText('You can be heard well').waitFor();
    await page.getByText(/Fast enough|Slow line/).first().waitFor();
    if (shows_face) await page.getByText('Clearly visible and well placed').waitFor();
    await PictureCandidate(page, '4-device', problems);
    await page.locator('.actions button').last().click();
    await page.getByRole('heading', { name: 'A trial run' }).waitFor();
    await PictureCandidate(page, '5-practice', problems);
    await page.getByRole('button', { name: 'Skip' }).click();
    const session = await Session();
    assert.equal(session.environment_done, true);
    assert.equal(session.state, 'consented');
  });

  Step('she answers the introduction; a reload in the middle loses nothing', async () => {
    const page = candidate_page;
    await page.getByRole('button', { name: 'Show the question' }).waitFor();
    await PictureCandidate(page, '6-stage', problems);
    await page.getByRole('button', { name: 'Show the question' }).click();
    await page.getByText(kIntroduction).waitFor();
    await page.getByRole('button', { name: 'Start my answer' }).click();
    await page.getByRole('button', { name: 'I have finished' }).waitFor();
    await Spoken(6);
    await PictureCandidate(page, '7-recording', problems);
    await hr_page.getByRole('row').filter({ hasText: kName }).filter({ hasText: 'In progress' }).waitFor();
    const before_reload = (await Session()).answer;
    await page.reload();
    await page.getByRole('heading', { name: 'Go on with your answer' }).waitFor();
    await PictureCandidate(page, '8-resume', problems);
    const after_reload = (await Session()).answer;
    assert.equal(after_reload.id, before_reload.id);
    assert.ok(after_reload.bytes >= before_reload.bytes, 'what was acknowledged is still there');
    await page.getByRole('button', { name: 'Go on', exact: true }).click();
    await page.getByRole('button', { name: 'I have finished' }).waitFor();
    await Spoken(14);
    await page.getByRole('button', { name: 'I have finished' }).click();
    await page.getByText('Question 2 of 2').first().waitFor();
    assert.equal((await Session()).stages[0].state, 'answered');
  });

  Step('she answers the question and reaches the end', async () => {
    const page = candidate_page;
    await page.getByRole('button', { name: 'Show the question' }).click();
    await page.getByRole('button', { name: 'Go to preparation' }).click();
    await PictureCandidate(page, '9-preparation', problems);
    await page.getByRole('button', { name: 'Start my answer' }).click();
    await page.getByRole('button', { name: 'I have finished' }).waitFor();
    await page.locator('.upload').waitFor();
    await Spoken(20);
    await page.locator('.captions span').first().waitFor({ timeout: 60_000 });
    await PictureCandidate(page, '9-captions', problems);
    await page.getByRole('button', { name: 'I have finished' }).click();
    await page.getByRole('heading', { name: 'Thank you, you have finished' }).waitFor({ timeout: 60_000 });
    await PictureCandidate(page, '10-end', problems);
    await page.close();
    candidate_page = undefined;
  });

  Step("HR's list goes to “report ready” by itself", async () => {
    const row = hr_page.getByRole('row').filter({ hasText: kName });
    const finished = Date.now();
    await row.filter({ hasText: 'Report ready' }).waitFor({ timeout: kReportMs });
    console.log(`# the list showed the report ${((Date.now() - finished) / 1000).toFixed(1)} s after the end page`);
    report = await staff.Must('GET', `/interviews/${interview_id}/report`);
    writeFileSync(join(process.env.BOLE_TEST_OUTPUT ?? '/tmp/e2e', 'report.json'), JSON.stringify(report, null, 1));
  });

  Step('the report knows the words, the face and the scores, each with its evidence', async () => {
    assert.equal(report.status, 'ready');
    assert.equal(report.answers.length, 2);
    const all_right = new Set();
    for (const answer of report.answers) {
      assert.equal(answer.transcript.source, 'recognised', JSON.stringify(report.notices));
      const heard = answer.transcript.sentences.flatMap((sentence) => sentence.words.map((word) => word.text.toLowerCase().replace(/[^a-z']/g, '')));
      const right = new Set(heard.filter((word) => word.length > 2 && !kCommonWords.has(word) && answers_words.has(word)));
      console.log(`# ${answer.stage_key}: heard ${heard.length} words, ${right.size} different right ones: ${[...right].join(' ')}`);
      assert.ok(right.size >= 2, `too few spoken words were recognised: ${heard.join(' ')}`);
      for (const word of right) all_right.add(word);
      assert.ok(answer.voice.speech_seconds > 5);
      assert.ok(answer.duration > 10, `duration ${answer.duration}`);
      if (shows_face) {
        assert.ok(answer.face.sampled_frames > 5);
        assert.ok(answer.face.face_ratio > 0.8, `a face in ${answer.face.face_ratio} of the frames`);
      }
      for (const { start, end } of answer.transcript.sentences) assert.ok(start >= 0 && end <= answer.duration + 1.5, `${start}–${end} outside of ${answer.duration} s`);
    }
    assert.ok(all_right.size >= 8, `${all_right.size} different words were recognised`);
    assert.equal(report.dimensions.length, 5);
    const scored = report.dimensions.filter((dimension) => typeof dimension.score === 'number');
    assert.ok(scored.length >= 3, 'at least three dimensions are scored');
    for (const dimension of scored) {
      assert.ok(dimension.score >= 0 && dimension.score <= 10);
      assert.ok(dimension.evidence.length > 0, `${dimension.key} has evidence`);
    }
    assert.ok(report.verdict_zh && report.verdict_en);
    const ids = new Set(report.answers.map((answer) => answer.answer_id));
    for (const evidence of [...report.dimensions, ...report.strengths, ...report.doubts].flatMap((item) => item.evidence))
      if (evidence.answer_id) assert.ok(ids.has(evidence.answer_id), 'evidence points at an answer of this interview');
    assert.ok(report.environment.camera_ok && report.environment.microphone_ok);
  });

  Step('the report page shows the radar, and an evidence chip moves the recording', async () => {
    const page = hr_page;
    await page.getByRole('row').filter({ hasText: kName }).click();
    await page.waitForURL(/\/report$/);
    await page.locator('.verdict').waitFor();
    await page.locator('.radar svg').waitFor();
    const video = page.locator('video.player-video');
    await Until('the video knows its length', () => video.evaluate((element) => element.readyState >= 1));
    const length = await video.evaluate((element) => element.duration);
    assert.ok(Number.isFinite(length) && length > 10, `duration ${length}`);

    // Every place of the recording can be reached, also across the reload.
    const places = await page.evaluate(() => [...document.querySelectorAll('button.evidence-chip, button.point-quote')].length);
    assert.ok(places > 0, 'there are chips to click');
    await page.locator('.bar-row').first().click();
    const chips = page.locator('button.evidence-chip:visible, button.point-quote:visible');
    let moved = 0;
    for (let index = 0; index < Math.min(4, await chips.count()); index += 1) {
      const chip = chips.nth(index);
      const [minutes, seconds] = (await chip.locator('.num').first().textContent()).split(':').map(Number);
      const wanted = minutes * 60 + seconds;
      await chip.click();
      await Until(`the recording plays from ${wanted} s`, () => video.evaluate((element, at) => element.currentTime >= at - 1 && element.currentTime <= at + 8 && !element.error, wanted));
      if (wanted > 1) moved += 1;
    }
    const word = page.locator('.transcript-text [data-word]').last();
    await word.click();
    await Until('a word of the transcript moves the recording', () => video.evaluate((element) => element.currentTime > 3 && !element.error));
    moved += 1;
    assert.ok(moved > 0);
    assert.ok(Number.isFinite(await video.evaluate((element) => element.duration)));
  });

  Step('report and transcript can be downloaded in every form', async () => {
    const page = hr_page;
    let purpose_said = false;
    const Fetch = async (label) => {
      await page.getByRole('button', { name: /Download/ }).click();
      const waiting = page.waitForEvent('download');
      await page.getByRole('menuitem', { name: label }).click();
      if (!purpose_said) {
        await page.getByRole('combobox', { name: 'Purpose' }).click();
        await page.getByTitle('Dispute or appeal').click();
        await page.getByRole('button', { name: 'Continue' }).click();
        purpose_said = true; // it is remembered for the session
      }
      const download = await waiting;
      const path = await download.path();
      return { bytes: readFileSync(path), name: download.suggestedFilename(), path };
    };
    for (const label of ['Report PDF, Chinese', 'Report PDF, English']) {
      const pdf = await Fetch(label);
      assert.equal(pdf.bytes.toString('latin1', 0, 4), '%PDF');
      assert.match(pdf.name, /\.pdf$/);
      const text = await Run('pdftotext', ['-enc', 'UTF-8', pdf.path, '-']);
      assert.ok(text.includes(kName), `${label} names the candidate`);
    }
    const txt = await Fetch('Transcript TXT');
    const heard = report.answers[1].transcript.sentences[0].words[0].text;
    assert.ok(txt.bytes.toString('utf8').toLowerCase().includes(heard.toLowerCase()));
    const srt = await Fetch('Subtitles SRT');
    assert.match(srt.bytes.toString('utf8'), /^\uFEFF?1\r?\n\d\d:\d\d:\d\d,\d{3} --> \d\d:\d\d:\d\d,\d{3}/);
    const docx = await Fetch('Transcript Word');
    assert.equal(docx.bytes.toString('latin1', 0, 2), 'PK');
    assert.ok(docx.bytes.includes('word/document.xml'));
    const json = await Fetch('Data JSON');
    assert.equal(JSON.parse(json.bytes.toString('utf8')).interview.id, interview_id);
  });

  Step('another branch sees nothing of it; the own branch does', async () => {
    const own = await Client.SignedIn(bole, 'bj.hr');
    const other = await Client.SignedIn(bole, 'cd.hr');
    const answer = report.answers[0].answer_id;
    const base = `/interviews/${interview_id}`;
    for (const path of [base, `${base}/report`, `${base}/report.pdf`, `${base}/report.json`, `${base}/transcript.txt`, `${base}/answers/${answer}/media`, `${base}/link`, `/candidates/${report.interview.candidate_id}`, `/candidates/${report.interview.candidate_id}/file`]) {
      const [mine, theirs] = [await own.Get(path), await other.Get(path)];
      // The link of a finished interview is no secret of the branch; all it needs is not to be shown to others.
      assert.ok(mine.status === 200 || path.endsWith('/link'), `own branch: ${path} ${mine.status}`);
      assert.equal(theirs.status, 404, `other branch: ${path} ${theirs.status}`);
    }
    const Names = async (client) => (await client.Must('GET', `/interviews?q=${encodeURIComponent(kName)}`)).items.length;
    assert.equal(await Names(own), 1);
    assert.equal(await Names(other), 0);
    assert.equal((await other.Must('GET', `/candidates?q=${encodeURIComponent(kName)}`)).items.length, 0);
    const nobody = new Client(bole);
    assert.equal((await nobody.Get(`${base}/report`)).status, 401);
  });

  Step('every page of the console stands in both languages and widths, without a fault', async (t) => {
    const [plan] = (await staff.Must('GET', `/plans?q=${encodeURIComponent(kPlan)}`)).items;
    const pages = {
      home: '/', interviews: '/interviews', 'interview-details': `/interviews?open=${interview_id}`, plans: '/plans', 'plan-editor': `/plans/${plan.id}`,
      questions: '/questions', messages: '/messages', candidates: '/candidates', 'person-file': `/candidates/${report.interview.candidate_id}`,
      organisation: '/organisation', 'organisation-changes': '/organisation?view=changes', calendars: '/calendars', jobs: '/jobs',
      positions: '/jobs?view=positions', families: '/jobs?view=families', grades: '/jobs?view=grades', competencies: '/jobs?view=competencies', users: '/settings/users', roles: '/settings/roles', scoring: '/settings/scoring', profile: '/profile',
      report: `/interviews/${interview_id}/report`, 'not-found': '/nowhere',
    };
    const state = await hr.context.storageState();
    for (const locale of ['zh-CN', 'en-US']) {
      const profile = await NewProfile(hr.browser, locale, { storageState: { ...state, origins: [] } });
      const page = await profile.context.newPage();
      for (const [name, path] of Object.entries(pages)) {
        for (const width of kWidths) {
          await page.setViewportSize(kSize[width]);
          await page.goto(bole.url + path, { waitUntil: 'load' });
          await page.locator('h1').first().waitFor();
          await page.locator('.ant-skeleton, .page-loading, .ant-spin-spinning').first().waitFor({ state: 'hidden' }).catch(() => problems.push(`${name} ${locale} at ${width}: goes on loading`));
          if (name === 'report') await page.locator('.radar svg path').first().waitFor();
          await Picture(page, `console-${name}-${locale}-${width}`);
          const wide = await Overflow(page);
          if (wide > 0) problems.push(`${name} ${locale} at ${width}: ${wide} px too wide`);
        }
        problems.push(...(await StrangeTexts(page)).map((text) => `${name} ${locale}: “${text}”`));
      }
      const signed_out = await NewProfile(hr.browser, locale);
      const door = await signed_out.context.newPage();
      for (const width of kWidths) {
        await door.setViewportSize(kSize[width]);
        await door.goto(`${bole.url}/sign-in`);
        await door.locator('#user_name').waitFor();
        await Picture(door, `console-sign-in-${locale}-${width}`);
        if (await Overflow(door)) problems.push(`sign-in ${locale} at ${width}: too wide`);
      }
      await signed_out.context.close();
      faults.push(...profile.faults);
      await profile.context.close();
    }
    faults.push(...hr.faults, ...candidate.faults);
    t.diagnostic(`${problems.length} problems, ${faults.length} faults`);
    assert.deepEqual(problems, []);
    // Wrong input is answered with 4xx, which the browser also notes.
    assert.deepEqual(faults.filter((fault) => !/status of 4\d\d/.test(fault)), []);
  });
});
