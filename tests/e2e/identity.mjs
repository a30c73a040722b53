// Signing in with a second factor, roles, looking as another person, access review, tokens: as people do it in the console.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { after, before, describe } from 'node:test';
import { Client, StartBole } from './_bole.mjs';
import { kSize, kWidths, Launch, NewProfile, Overflow, Picture, SignIn, StrangeTexts, it } from './_browser.mjs';

const kLocales = ['zh-CN', 'en-US'];
let bole, browser, officer, admin;
const problems = [];

/** The six digits of an authenticator app (RFC 6238), `steps` half minutes from now. */
function Totp(secret, steps = 0) {
  const bits = [...secret].map((c) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + steps));
  const mac = createHmac('sha1', key).update(counter).digest();
  const at = mac[19] & 15;
  return String((mac.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

/** What the page looks like now at both widths. */
async function Look(page, name) {
  const before = page.viewportSize();
  for (const width of kWidths) {
    await page.setViewportSize(kSize[width]);
    await Picture(page, `identity-${name}-${width}`);
    const wide = await Overflow(page);
    if (wide > 0) problems.push(`${name} at ${width}: ${wide} px too wide`);
  }
  problems.push(...(await StrangeTexts(page)).map((text) => `${name}: “${text}”`));
  await page.setViewportSize(before);
}

async function Tab(user, locale) {
  const profile = await NewProfile(browser, locale);
  const page = await profile.context.newPage();
  if (user) await SignIn(page, bole, user);
  return { ...profile, page };
}

async function Enter(page, user, password) {
  await page.goto(`${bole.url}/sign-in`);
  await page.locator('#user_name').fill(user);
  await page.locator('#password').fill(password);
  await page.locator('button[type=submit]').click();
}

async function Settled(page) {
  await page.locator('h1').first().waitFor();
  await page.locator('.ant-skeleton, .page-loading, .ant-spin-spinning').first().waitFor({ state: 'hidden' });
}

before(async () => {
  bole = await StartBole();
  browser = await Launch();
  officer = await Client.SignedIn(bole, 'security');
  admin = await Client.SignedIn(bole, 'admin');
}, { timeout: 240_000 });
after(async () => {
  await browser?.close();
  await bole?.Stop();
});

describe('signing in', () => {
  const secrets = {};
  const used = {};

  it('asks for a second factor where the policy wants one, and sets it up', { timeout: 120_000 }, async () => {
    const policy = await officer.Must('GET', '/security/policy');
    assert.equal((await admin.Put('/security/policy', policy)).status, 403, 'not the administrator');
    await officer.Must('PUT', '/security/policy', { ...policy, mfa_roles: ['branch_hr'] });
    for (const [locale, user] of [['zh-CN', 'bj.hr'], ['en-US', 'cd.hr']]) {
      const { page, context } = await Tab(null, locale);
      await Enter(page, user, bole.users.get(user));
      await page.locator('.qr').waitFor();
      await Look(page, `enrol-${locale}`);
      secrets[user] = (await page.locator('.secret').first().innerText()).replace(/\s/g, '');
      await page.locator('#code').fill((used[user] = Totp(secrets[user])));
      await page.locator('button[type=submit]').click();
      await page.locator('.codes li').nth(9).waitFor();
      await Look(page, `recovery-${locale}`);
      await page.locator('.sign-in-box .ant-btn-primary').click();
      await page.waitForURL((url) => url.pathname === '/');
      await context.close();
    }
  });

  it('takes each code once', { timeout: 60_000 }, async () => {
    for (const [locale, user] of [['zh-CN', 'bj.hr'], ['en-US', 'cd.hr']]) {
      const { page, context } = await Tab(null, locale);
      await Enter(page, user, bole.users.get(user));
      await page.locator('#code').fill(used[user]);
      await page.locator('button[type=submit]').click();
      await page.locator('.ant-form-item-explain-error').waitFor();
      await Look(page, `code-${locale}`);
      await page.locator('#code').fill(Totp(secrets[user], 1));
      await page.locator('button[type=submit]').click();
      await page.waitForURL((url) => url.pathname === '/');
      await context.close();
    }
  });

  it('asks for a new password after the administrator set one', { timeout: 60_000 }, async () => {
    const [user] = (await admin.Must('GET', '/users?q=risk.manager')).items;
    await admin.Must('PATCH', `/users/${user.id}`, { version: user.version, password: 'Given-by-admin-1' });
    const { page, context } = await Tab(null, 'en-US');
    await Enter(page, 'risk.manager', 'Given-by-admin-1');
    await page.locator('#new_password').fill('password2026');
    await page.locator('#repeat').fill('password2026');
    await page.locator('button[type=submit]').click();
    await page.locator('.ant-form-item-explain-error').first().waitFor();
    await Look(page, 'new-password-en-US');
    await page.locator('#new_password').fill('chosen by myself alone');
    await page.locator('#repeat').fill('chosen by myself alone');
    await page.locator('button[type=submit]').click();
    await page.waitForURL((url) => url.pathname === '/');
    await context.close();
  });
});

describe('the account', () => {
  it('makes tokens that work in its owner’s name', { timeout: 60_000 }, async () => {
    const { page, context } = await Tab('hq.hr', 'en-US');
    await page.goto(`${bole.url}/profile`);
    await Settled(page);
    await page.getByRole('button', { name: 'New token' }).click();
    await page.locator('#name').fill('nightly sync');
    await page.getByRole('checkbox', { name: 'See candidates' }).check();
    await Look(page, 'token-form-en-US');
    await page.getByRole('button', { name: 'Make token' }).click();
    const token = await page.locator('.ant-modal .secret').innerText();
    const Ask = (path, init) => fetch(`${bole.url}/api/v1${path}`, { ...init, headers: { Authorization: `Bearer ${token}` } });
    assert.equal((await Ask('/candidates')).status, 200);
    assert.equal((await Ask('/plans')).status, 403, 'not in its list');
    assert.equal((await Ask('/session/tokens')).status, 403, 'acts of a person');
    assert.equal((await fetch(`${bole.url}/api/v1/candidates?access_token=${token}`)).status, 401);
    await page.getByRole('button', { name: 'I have kept it' }).click();
    await page.getByText('nightly sync').waitFor();
    for (const locale of kLocales) {
      await page.evaluate((value) => localStorage.setItem('bole.locale', value), locale);
      await page.reload();
      await Settled(page);
      await Look(page, `profile-${locale}`);
    }
    await context.close();
  });
});

describe('the security officer', () => {
  it('copies a role and changes the copy', { timeout: 60_000 }, async () => {
    const { page, context } = await Tab('security', 'en-US');
    await page.goto(`${bole.url}/settings/roles`);
    await page.getByRole('button', { name: /^Interviewer/ }).click();
    await page.getByRole('button', { name: 'Copy' }).click();
    await page.locator('.ant-drawer-title', { hasText: '(copy)' }).waitFor();
    await page.locator('#name_en').fill('Panel member');
    await page.getByRole('checkbox', { name: 'Download reports' }).check();
    await Look(page, 'role-editor-en-US');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('button', { name: /^Panel member/ }).waitFor();
    const role = (await officer.Must('GET', '/roles')).items.find((one) => one.name_en === 'Panel member');
    assert.ok(role.permissions.includes('report.export'));
    assert.equal(role.name_zh, '面试官（副本）');
    assert.equal(role.fields.id_number, 'hidden');
    await context.close();
  });

  it('looks as another person, read-only, and comes back', { timeout: 90_000 }, async () => {
    const { page, context } = await Tab('security', 'zh-CN');
    await page.goto(`${bole.url}/settings/users`);
    await page.locator('tr', { hasText: 'sg.hr' }).click();
    await page.getByRole('button', { name: '以其身份查看' }).waitFor();
    await Look(page, 'user-care-zh-CN');
    await page.getByRole('button', { name: '以其身份查看' }).click();
    await page.locator('#reason').fill('工单 4711：看不到候选人');
    await page.locator('.ant-modal .ant-btn-primary').click();
    await page.locator('.viewing-banner').waitFor();
    await page.goto(`${bole.url}/candidates`);
    await Settled(page);
    await Look(page, 'viewing-zh-CN');
    assert.equal(await page.getByRole('button', { name: '新增候选人' }).count(), 0, 'nothing is offered that would be refused');
    const refused = await page.evaluate(async () => (await fetch('/api/v1/session', { method: 'PATCH', headers: { 'Content-Type': 'application/json', 'X-Bole-Client': 'console' }, body: '{"locale":"zh-CN"}' })).status);
    assert.equal(refused, 403);
    await page.locator('.viewing-banner button').click();
    await page.locator('.viewing-banner').waitFor({ state: 'detached' });
    await page.locator('tr', { hasText: 'sg.hr' }).waitFor();
    await context.close();
  });

  it('has pages that stand in both languages and widths', { timeout: 120_000 }, async () => {
    const hr = await Client.SignedIn(bole, 'hq.hr');
    const [candidate] = (await hr.Must('GET', '/candidates?limit=1')).items;
    const [person] = (await admin.Must('GET', '/users?q=bj.hrbp')).items;
    await admin.Must('POST', `/users/${person.id}/grants`, { role: 'interviewer', org_id: person.org_id, valid_from: '2099-01-01', valid_until: '2099-02-01' });
    const pages = {
      roles: '/settings/roles', policy: '/settings/security', access: `/settings/access?kind=candidate&id=${candidate.id}`, 'access-user': `/settings/access?user=${person.id}`,
      'access-empty': '/settings/access', users: '/settings/users',
    };
    for (const locale of kLocales) {
      const { page, context, faults } = await Tab('security', locale);
      for (const [name, path] of Object.entries(pages)) {
        await page.goto(bole.url + path);
        await Settled(page);
        await Look(page, `${name}-${locale}`);
        if (name !== 'roles') continue;
        await page.locator('.ant-segmented-item').nth(1).click();
        await page.locator('.roles-table').waitFor();
        await Look(page, `matrix-${locale}`);
      }
      assert.deepEqual(faults, []);
      await context.close();
    }
    const seen = await admin.Must('GET', `/access?kind=candidate&id=${candidate.id}`);
    const me = seen.people.find((one) => one.user_name === 'hq.hr');
    assert.equal(me.fields.contact, 'reveal');
    assert.deepEqual(me.tokens, ['nightly sync']);
    assert.ok(!seen.people.some((one) => ['admin', 'security'].includes(one.user_name)));
    assert.ok(seen.people.some((one) => one.user_name === 'auditor'), 'reads requests and consents of persons');
    assert.deepEqual(problems, []);
  });
});
