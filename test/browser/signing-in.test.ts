/** Signing in as a reader does it: by mail, with a passkey, with the keyboard alone; what is hers, and out again. */

import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { simpleParser } from 'mailparser';
import { assertPageAccessible } from './accessibility.ts';
import { sharedBrowser, stories } from './browser.ts';
import { serveSite } from './served-site.ts';
import type { ServedSite } from './served-site.ts';

const browser = sharedBrowser();
const story = stories(serveSite);
const storyAtName = stories(async () => await serveSite({ host: 'localhost' }));

async function linkInMail(site: ServedSite): Promise<string> {
  await site.app.later.settled();
  const folder = join(site.app.config.DATA_DIR, 'mail');
  const names = (await readdir(folder)).toSorted((a, b) => a.localeCompare(b));
  const { text = '' } = await simpleParser(await readFile(join(folder, names.at(-1) ?? '')));
  return /http:\/\/\S+/.exec(text)?.[0] ?? '';
}

story('a reader signs in by mail with the keyboard alone, and comes back to where she was', async ({ page, site }) => {
  await page.goto('/about');
  await page.getByRole('link', { name: 'Sign in' }).focus();
  await page.keyboard.press('Enter');
  await page.getByLabel('Mail address').focus();
  await page.keyboard.type('ann@example.org');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Look into your mail' }).waitFor();
  await page.goto(await linkInMail(site));
  assert.equal(new URL(page.url()).pathname, '/about');
  const menu = page.locator('details.account summary');
  await menu.focus();
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: 'Settings' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Settings', level: 1 }).waitFor();
  await page.getByLabel('Full name').fill('Ann Lee');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.locator('details.account summary').click();
  await page.getByRole('link', { name: 'Profile' }).click();
  await page.getByRole('heading', { name: 'Ann Lee' }).waitFor();
  await page.locator('details.account summary').click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('link', { name: 'Sign in' }).waitFor();
});

story('in another browser a link asks before it signs in', async ({ page, site }) => {
  const answer = await fetch(`${site.url}/sign-in`, {
    method: 'POST',
    body: new URLSearchParams({ email: 'bob@example.org' }),
  });
  assert.equal(answer.status, 200);
  await page.goto(await linkInMail(site));
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.locator('details.account').waitFor();
});

storyAtName(
  'a passkey is made once and signs in from then on',
  async ({ page, site }) => {
    const passkeys = await page.context().newCDPSession(page);
    await passkeys.send('WebAuthn.enable');
    await passkeys.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    });
    await site.signIn(page.context(), 'ann@example.org');
    await page.goto('/settings');
    await page.getByRole('button', { name: 'Make a passkey' }).click();
    await page.getByRole('button', { name: /^Remove/ }).waitFor();
    await page.locator('details.account summary').click();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('link', { name: 'Sign in' }).waitFor();
    await page.goto('/sign-in?next=%2Fabout');
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
    await page.waitForURL('**/about');
    await page.locator('details.account').waitFor();
    await page.goto('/settings');
    await page.getByRole('button', { name: /^Remove/ }).click();
    await page.goto('/settings');
    assert.equal(await page.getByRole('button', { name: /^Remove/ }).count(), 0);
  },
  { scripts: 'on' },
);

test('the pages about accounts are accessible, and fit a phone and a desktop', async () => {
  await using site = await serveSite();
  const context = await (await browser()).newContext({ baseURL: site.url, bypassCSP: true });
  const page = await context.newPage();
  const check = async (path: string) => {
    await page.goto(path);
    for (const width of [1280, 360]) {
      await page.setViewportSize({ width, height: 740 });
      const [wide, seen] = await page.evaluate<number[]>('[document.documentElement.scrollWidth, innerWidth]');
      assert.ok((wide ?? 0) <= (seen ?? 0), `${path} is ${wide} wide in ${seen}`);
    }
    // On the phone, where targets are closest to each other.
    await assertPageAccessible(page);
  };
  for (const path of ['/sign-in', '/sign-in/sent', '/sign-in/link?token=a']) await check(path);
  await site.signIn(context, 'ann@example.org', { role: 'admin' });
  for (const path of ['/settings', '/settings/delete', '/settings/invitations', '/users/ann', '/about'])
    await check(path);
  await page.locator('details.account summary').click();
  await assertPageAccessible(page);
  await context.close();
});
