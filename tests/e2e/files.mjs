// Files of a candidate: dropped in the console, read in the confined child, looked at with a purpose, deleted for good.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe } from 'node:test';
import { Client, StartBole } from './_bole.mjs';
import { kPictures, kSize, kWidths, Launch, NewProfile, Overflow, Picture, SignIn, StrangeTexts, it } from './_browser.mjs';

const kBytes = { 'Content-Type': 'application/octet-stream' };
const kText = '白小米\nPhone 13812341234\nC++, SQL\n';
let bole, hq, browser, profile, page, org, candidate, other;

/** A PDF with one line on each page, in a font that every reader knows. */
function Pdf(...lines) {
  const parts = ['<</Type/Catalog/Pages 2 0 R>>', `<</Type/Pages/Count ${lines.length}/Kids[${lines.map((_, i) => `${4 + 2 * i} 0 R`).join(' ')}]>>`, '<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>'];
  for (const [i, line] of lines.entries()) {
    const text = `BT /F 24 Tf 60 760 Td (${line}) Tj ET`;
    parts.push(`<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents ${5 + 2 * i} 0 R/Resources<</Font<</F 3 0 R>>>>>>`, `<</Length ${text.length}>>stream\n${text}\nendstream`);
  }
  let out = '%PDF-1.4\n';
  const at = parts.map((part, i) => {
    const begin = out.length;
    out += `${i + 1} 0 obj${part}endobj\n`;
    return begin;
  });
  const table = out.length;
  out += `xref\n0 ${parts.length + 1}\n0000000000 65535 f \n${at.map((begin) => `${String(begin).padStart(10, '0')} 00000 n \n`).join('')}`;
  return Buffer.from(`${out}trailer<</Size ${parts.length + 1}/Root 1 0 R>>\nstartxref\n${table}\n%%EOF\n`, 'latin1');
}
const kResume = Pdf('Resume of Bai Xiaomi, 13812341234', 'Languages: C++, SQL');

describe('files of a candidate', () => {
  before(async () => {
    bole = await StartBole();
    hq = await Client.SignedIn(bole, 'hq.hr');
    org = (await hq.Must('GET', '/org/nodes')).items.find((node) => node.kind === 'group').id;
    const Person = (name) => hq.Must('POST', '/candidates', { org_id: org, name, source: 'other', tags: [], locale: 'zh-CN', note: '' });
    candidate = await Person('白小米');
    other = await Person('白晓米');
    browser = await Launch();
    profile = await NewProfile(browser, 'en-US');
    page = await profile.context.newPage();
    await SignIn(page, bole, 'hq.hr');
  });
  after(async () => {
    await browser?.close();
    await bole?.Stop();
  });

  it('HR adds a résumé', async () => {
    await page.goto(`${bole.url}/candidates/${candidate.id}`);
    await page.getByText('No résumé or other file yet.').waitFor();
    const input = page.locator('.file-drop input[type=file]');
    await input.setInputFiles({ name: 'cv.exe', mimeType: 'application/pdf', buffer: kResume });
    await page.getByRole('alert').getByText('“cv.exe” cannot be used').waitFor();
    await input.setInputFiles({ name: 'broken.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7 nothing') });
    await page.getByRole('alert').getByText('damaged').waitFor();
    await input.setInputFiles({ name: 'Resume.pdf', mimeType: 'application/pdf', buffer: kResume });
    await page.getByRole('button', { name: 'Resume.pdf', exact: true }).waitFor();
    await page.getByText('Résumé · 1 KB · Pages: 2').waitFor();
    await page.getByText('File added: Resume.pdf').waitFor();
    await page.locator('.file-drop').getByText('Attachment').click();
    await input.setInputFiles({ name: 'Note.txt', mimeType: 'text/plain', buffer: Buffer.from(kText) });
    await page.getByRole('button', { name: 'Note.txt', exact: true }).waitFor();
    await input.setInputFiles({ name: 'Again.txt', mimeType: 'text/plain', buffer: Buffer.from(kText) });
    await page.getByRole('alert').getByText('already has the same file: “Note.txt”').waitFor();
  });

  it('the PDF was read by the confined child', async () => {
    const { items } = await hq.Must('GET', `/candidates/${candidate.id}/files`);
    const resume = items.find((item) => item.name === 'Resume.pdf');
    const { pages } = await hq.Must('GET', `/candidates/${candidate.id}/files/${resume.id}/text`);
    assert.deepEqual(pages, ['Resume of Bai Xiaomi, 13812341234', 'Languages: C++, SQL']);
    const content = await hq.Get(`/candidates/${candidate.id}/files/${resume.id}/content`);
    assert.deepEqual(content.bytes, kResume);
    assert.match(content.headers.get('content-security-policy'), /sandbox/);
    assert.equal(content.headers.get('x-content-type-options'), 'nosniff');
    assert.match(content.headers.get('content-disposition'), /^attachment/);
  });

  it('looking at it asks for a purpose, and is recorded', async () => {
    await page.getByRole('button', { name: 'Resume.pdf', exact: true }).click();
    await page.getByRole('combobox', { name: 'Purpose' }).click();
    await page.locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden)').getByText('Hiring decision', { exact: true }).click();
    await page.getByRole('button', { name: 'Continue' }).click();
    const dialog = page.locator('.file-viewer');
    await dialog.locator('iframe').waitFor();
    assert.match(await dialog.locator('iframe').getAttribute('src'), /^blob:/);
    await page.screenshot({ path: join(kPictures, 'files-viewer-pages.png') });
    await dialog.getByText('Text', { exact: true }).click();
    await dialog.getByText('Resume of Bai Xiaomi, 13812341234').waitFor();
    await dialog.getByText('Page 2').waitFor();
    for (const width of kWidths) {
      await page.setViewportSize(kSize[width]);
      await page.screenshot({ path: join(kPictures, `files-viewer-text-${width}.png`) });
    }
    const saved = page.waitForEvent('download');
    await dialog.getByRole('button', { name: 'Download' }).click();
    const file = await saved;
    assert.equal(file.suggestedFilename(), 'Resume.pdf');
    assert.deepEqual(readFileSync(await file.path()), kResume);
    await dialog.getByRole('button', { name: 'Close' }).click();
    const auditor = await Client.SignedIn(bole, 'auditor');
    const { items } = await auditor.Must('GET', `/audit/records?action=candidate_file.read&subject_id=${candidate.id}`);
    assert.equal(items.filter((record) => record.details.purpose === 'recruiting').length, 3, 'pages, text and download');
  });

  it('the same file of somebody else is hinted at', async () => {
    await page.goto(`${bole.url}/candidates/${other.id}`);
    await page.locator('.file-drop input[type=file]').setInputFiles({ name: 'Mine.pdf', mimeType: 'application/pdf', buffer: kResume });
    await page.getByText('Somebody else has the very same file').waitFor();
    await page.locator('.file-drop').getByRole('link', { name: '白小米' }).waitFor();
    await Picture(page, 'files-duplicate');
  });

  it('the page fits in both languages and widths', async () => {
    await page.goto(`${bole.url}/candidates/${candidate.id}`);
    for (const locale of ['en-US', 'zh-CN']) {
      await page.evaluate((value) => localStorage.setItem('bole.locale', value), locale);
      await page.reload();
      await page.locator('.file-line').first().waitFor();
      for (const width of kWidths) {
        await page.setViewportSize(kSize[width]);
        await Picture(page, `files-${locale}-${width}`);
        assert.equal(await Overflow(page), 0, `${locale} ${width}`);
      }
      assert.deepEqual(await StrangeTexts(page), []);
    }
    await page.setViewportSize(kSize[1280]);
    await page.evaluate(() => localStorage.setItem('bole.locale', 'en-US'));
    await page.reload();
  });

  it('deleting asks first, and destroys', async () => {
    await page.getByRole('button', { name: 'Delete Resume.pdf' }).click();
    await page.getByText('destroyed at once and cannot be brought back').waitFor();
    await page.getByRole('button', { name: 'Delete', exact: true }).last().click();
    await page.getByText('File removed: Resume.pdf').waitFor();
    const { items } = await hq.Must('GET', `/candidates/${candidate.id}/files`);
    assert.deepEqual(items.map((item) => item.name), ['Note.txt']);
  });

  it('a branch does not know a file of the group', async () => {
    const bj = await Client.SignedIn(bole, 'bj.hr');
    const { items: [file] } = await hq.Must('GET', `/candidates/${candidate.id}/files`);
    const path = `/candidates/${candidate.id}/files`;
    for (const answer of [await bj.Get(path), await bj.Get(`${path}/${file.id}/content`), await bj.Get(`${path}/${file.id}/text`),
      await bj.Send('DELETE', `${path}/${file.id}`), await bj.Send('POST', `${path}?name=a.txt`, Buffer.from('a'), kBytes)]) assert.equal(answer.status, 404);
  });

  it('nothing went wrong in the browser but what was refused', () => {
    assert.deepEqual(profile.faults.filter((fault) => !/status of 4(09|22)/.test(fault)), []);
  });
});
