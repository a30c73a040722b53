// Chromium through playwright-core, pictures of pages, and what went wrong in them.
import { mkdirSync } from 'node:fs';
import { it as runs } from 'node:test';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { kRoot } from './_bole.mjs';

const { chromium } = createRequire(join(kRoot, 'web/package.json'))('playwright-core');

export const kPictures = join(process.env.BOLE_TEST_OUTPUT ?? '/tmp/e2e', 'pictures');
mkdirSync(kPictures, { recursive: true });

const kStepMs = 60_000;
const kShownLength = 6000;
const contexts = new Set();
export const kWidths = [390, 1280];
export const kSize = { 390: { width: 390, height: 844 }, 1280: { width: 1280, height: 860 } };

export function Launch(args = []) {
  const executablePath = process.env.BOLE_CHROMIUM || '/usr/bin/chromium';
  return chromium.launch({ executablePath, args: ['--no-sandbox', ...args] });
}

/** A browser profile in one language. `faults` collects what a person would have to report. */
export async function NewProfile(browser, locale, options = {}) {
  // Without motion: a click on what is still moving may end beside it.
  const context = await browser.newContext({ locale, viewport: kSize[1280], acceptDownloads: true, reducedMotion: 'reduce', ...options });
  contexts.add(context);
  context.on('close', () => contexts.delete(context));
  await context.addInitScript((value) => {
    // A blank page has no storage.
    if (location.protocol.startsWith('http') && !localStorage.getItem('bole.locale')) localStorage.setItem('bole.locale', value);
  }, locale);
  context.setDefaultTimeout(kStepMs);
  const faults = [];
  context.on('weberror', (error) => faults.push(`exception: ${error.error().stack ?? error.error()}`));
  context.on('console', (message) => {
    if (message.type() === 'error') faults.push(`console: ${message.text()} (${message.location().url})`);
  });
  context.on('response', (response) => {
    if (response.status() >= 500) faults.push(`${response.status()} ${response.url()}`);
  });
  return { context, faults };
}

/** What every open page shows, in words: where a step stopped. */
async function Shown() {
  const pages = [...contexts].flatMap((context) => context.pages());
  const texts = pages.map(async (page) => `${page.url()}\n${await page.locator('body').ariaSnapshot({ timeout: 5000 }).catch((error) => String(error))}`);
  return (await Promise.all(texts)).map((text) => text.slice(0, kShownLength)).join('\n\n');
}

/** A test whose failure says what the pages showed. */
export function it(name, ...rest) {
  const run = rest.pop();
  runs(name, ...rest, async (t) => {
    try {
      await run(t);
    } catch (error) {
      error.message += `\nThe pages showed:\n${await Shown()}`;
      throw error;
    }
  });
}

export async function SignIn(page, bole, user) {
  await page.goto(`${bole.url}/sign-in`);
  await page.locator('#user_name').fill(user);
  await page.locator('#password').fill(bole.users.get(user));
  await page.locator('button[type=submit]').click();
  await page.waitForURL((url) => url.pathname === '/');
}

export function Picture(page, name) {
  return page.screenshot({ path: join(kPictures, `${name}.png`), fullPage: true, animations: 'disabled' });
}

/** How many pixels a page is wider than its window. */
export function Overflow(page) {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

/** Texts that look like a forgotten translation, a number that is none, or a thing printed as text; what a screen reader would read as nothing or as the name of a file. */
export function StrangeTexts(page) {
  return page.evaluate(() => {
    const found = [];
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
      const text = node.nodeValue.trim();
      if (!text || node.parentElement.closest('script,style,code,pre,textarea,.mono,.cell-code')) continue;
      if (/\bundefined\b|\bNaN\b|\[object |\{[a-z_]+\}/.test(text)) found.push(text.slice(0, 120));
      else if (/^[a-z_]+(\.[a-z_0-9]+)+$/.test(text) && !/\.(hr|hrbp|head|interviewer|manager|com)$/.test(text)) found.push(text);
    }
    const Named = (id) => document.getElementById(id)?.textContent ?? '';
    for (const element of document.querySelectorAll('button, a[href], [role=button], [role=img]')) {
      if (element.closest('[aria-hidden=true]') || !element.checkVisibility({ checkVisibilityCSS: true })) continue;
      const given = element.getAttribute('aria-label') ?? (element.getAttribute('aria-labelledby') ?? '').split(' ').map(Named).join(' ');
      const inside = [...element.querySelectorAll('[aria-label], img[alt]')].map((part) => part.getAttribute('aria-label') ?? part.alt).join(' ');
      const name = (given || element.textContent || inside || element.title || element.labels?.[0]?.textContent || '').trim();
      if (!name) found.push(`without a name: ${element.outerHTML.slice(0, 200)}`);
      else if (element.role === 'img' && /^[a-z]+(-[a-z]+)*$/.test(name)) found.push(`the name of a file: ${name}`);
    }
    return found;
  });
}

/** Texts with less than 4.5 to 1 (large ones: 3 to 1) between them and what is behind them. Buttons that do nothing now are not meant. */
export function Faint(page, within = 'body') {
  return page.locator(within).first().evaluate((root) => {
    const Parts = (color) => {
      const [r, g, b, a = 1] = color.match(/[\d.]+/g).map(Number);
      return { r, g, b, a };
    };
    const Over = (front, back) => Object.fromEntries(['r', 'g', 'b'].map((part) => [part, front[part] * front.a + back[part] * (1 - front.a)]));
    const Light = ({ r, g, b }) => {
      const [red, green, blue] = [r, g, b].map((part) => (part / 255 <= 0.03928 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4));
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    /** The colour behind an element; nothing for a picture. */
    const Behind = (element) => {
      const layers = [];
      for (let at = element; at; at = at.parentElement) {
        const style = getComputedStyle(at);
        if (style.backgroundImage !== 'none') return undefined;
        layers.unshift(Parts(style.backgroundColor));
        if (layers[0].a === 1) break;
      }
      return layers.reduce((back, layer) => Over(layer, back), { r: 255, g: 255, b: 255 });
    };
    const found = new Set();
    const walk = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
      const text = node.nodeValue.trim();
      const element = node.parentElement;
      if (!text || element.closest('script, style, button:disabled, [aria-hidden=true], .sr-only') || !element.checkVisibility({ checkVisibilityCSS: true, checkOpacity: true })) continue;
      const style = getComputedStyle(element);
      const back = Behind(element);
      if (!back) continue;
      const front = Parts(style.color);
      for (let at = element; at; at = at.parentElement) front.a *= Number(getComputedStyle(at).opacity);
      const [more, less] = [Light(Over(front, back)), Light(back)].sort((one, other) => other - one);
      const ratio = (more + 0.05) / (less + 0.05);
      if (ratio < (parseFloat(style.fontSize) >= 24 ? 3 : 4.5)) found.add(`${ratio.toFixed(2)} to 1: “${text.slice(0, 40)}”`);
    }
    return [...found];
  });
}

/** Pictures of one page of the candidate's app in both languages and widths; the app switches without losing its place. */
export async function PictureCandidate(page, name, problems) {
  const before = page.viewportSize();
  for (const _ of [0, 1]) {
    const lang = await page.evaluate(() => document.documentElement.lang);
    for (const width of kWidths) {
      await page.setViewportSize(kSize[width]);
      await Picture(page, `candidate-${name}-${lang}-${width}`);
      const wide = await Overflow(page);
      if (wide > 0) problems.push(`candidate ${name} ${lang} at ${width}: ${wide} px too wide`);
    }
    problems.push(...(await StrangeTexts(page)).map((text) => `candidate ${name} ${lang}: “${text}”`));
    await page.locator('button.language').click();
    await page.waitForFunction((old) => document.documentElement.lang !== old, lang);
  }
  await page.setViewportSize(before);
}
