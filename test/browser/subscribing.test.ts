/** Papers by mail as a reader has them: offered, confirmed through a real mail server, changed, paused, ended by one click. */

import assert from 'node:assert/strict';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import { simpleParser } from 'mailparser';
import type { Browser, Page } from 'playwright-core';
import { SMTPServer } from 'smtp-server';
import { readSecret } from '#accounts/secret.ts';
import { manageUrl, unsubscribeUrl } from '#subscriptions/links.ts';
import { findSubscriberByEmail, listLists } from '#subscriptions/store.ts';
import type { List, Subscriber } from '#subscriptions/store.ts';
import { assertPageAccessible } from './accessibility.ts';
import { launch, stories } from './browser.ts';
import { serveSite } from './served-site.ts';
import type { ServedSite } from './served-site.ts';

interface MailedSite extends ServedSite {
  /** What has arrived at the server, the newest last. */
  inbox: { to: string[]; text: string; subject: string }[];
}

/** A site that hands its mail to a real server. */
async function serveMailedSite(): Promise<MailedSite> {
  const inbox: MailedSite['inbox'] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onData(stream, session, done) {
      const read = async () => {
        const { text = '', subject = '' } = await simpleParser(stream);
        inbox.push({ to: session.envelope.rcptTo.map(({ address }) => address), text, subject });
        done();
      };
      read().catch(assert.ifError);
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  const site = await serveSite({ settings: { SMTP_URL: `smtp://127.0.0.1:${port}` } });
  return {
    ...site,
    inbox,
    async [Symbol.asyncDispose]() {
      await site[Symbol.asyncDispose]();
      await new Promise<void>((resolve) => server.close(resolve));
    },
  };
}

const story = stories(serveMailedSite);
const ANN = 'ann@example.org';

async function linkInMail({ app, inbox }: MailedSite): Promise<string> {
  await app.later.settled();
  return /http:\/\/\S+/.exec(inbox.at(-1)?.text ?? '')?.[0] ?? '';
}

async function subscriberOf({ db }: ServedSite): Promise<{ subscriber: Subscriber; lists: List[] }> {
  const subscriber = await findSubscriberByEmail(db, ANN);
  assert.ok(subscriber);
  return { subscriber, lists: await listLists(db, subscriber.id) };
}

/** From the offer on a page to the page of what comes. */
async function subscribeFrom(page: Page, site: MailedSite, path: string): Promise<void> {
  await page.goto(path);
  const offer = page.getByRole('complementary', { name: 'Papers by mail' });
  await offer.getByRole('textbox').fill(ANN);
  await offer.getByRole('button', { name: 'Subscribe' }).click();
  await page.getByRole('heading', { name: 'Look into your inbox' }).waitFor();
  await page.goto(await linkInMail(site));
  await page.getByRole('button', { name: 'Yes, mail it to me' }).click();
  await page.getByText('You are subscribed.').waitFor();
}

story(
  'a visitor subscribes from the offer, confirms, changes, pauses, goes on, and ends it by one click',
  async ({ page, site, scripts }) => {
    await subscribeFrom(page, site, '/papers/trending');
    assert.deepEqual(site.inbox[0]?.to, [ANN]);
    const zone = scripts ? 'Pacific/Chatham' : 'UTC';
    await page.getByText(`Hours are those of ${zone}`).waitFor();
    await page.getByRole('link', { name: /^Change/ }).click();
    await page.getByLabel('Hour').selectOption('18');
    await page.locator('summary', { hasText: 'Categories' }).click();
    await page.getByLabel(/^Computation and Language/).check();
    await page.getByLabel('What is trending, of everything').uncheck();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('It is changed.').waitFor();
    await page.getByRole('link', { name: 'Computation and Language (cs.CL)', exact: true }).waitFor();
    await page.getByText('every day at 18:00').waitFor();
    await page.getByLabel('Days without mail').fill('3');
    await page.getByRole('button', { name: 'Pause', exact: true }).click();
    await page.getByText('It is paused until then.').waitFor();
    await page.getByRole('button', { name: 'Go on now' }).click();
    await page.getByText('Mail comes again.').waitFor();
    const { lists } = await subscriberOf(site);
    const [list] = lists;
    const context = { url: site.url, secret: readSecret(site.app.config) };
    const link = unsubscribeUrl(context, { kind: 'list', subscriptionId: list?.id ?? '' });
    await page.goto(link);
    await page.getByRole('heading', { name: 'Unsubscribe' }).waitFor();
    assert.equal((await subscriberOf(site)).lists.length, 1, 'opening it ends nothing');
    const oneClick = await fetch(link, {
      method: 'POST',
      redirect: 'manual',
      body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }),
    });
    assert.equal(oneClick.status, 200);
    assert.equal((await subscriberOf(site)).lists.length, 0);
    await page.getByRole('button', { name: 'End this' }).click();
    await page.getByRole('heading', { name: 'You are unsubscribed' }).waitFor();
  },
  { context: { timezoneId: 'Pacific/Chatham' } },
);

story(
  'with the keyboard alone: an address on the front page, Enter, and the offer is gone once it is confirmed',
  async ({ page, site }) => {
    await page.goto('/');
    await page.getByLabel('Trending papers in your inbox').focus();
    await page.keyboard.type(ANN);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Look into your inbox' }).waitFor();
    await page.goto(await linkInMail(site));
    await page.getByRole('button', { name: 'Yes, mail it to me' }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('You are subscribed.').waitFor();
    await page.goto('/');
    await page.getByRole('heading', { level: 1 }).waitFor();
    assert.equal(await page.getByRole('complementary', { name: 'Papers by mail' }).count(), 0);
  },
);

story('a category is subscribed to from its page; the offer can be sent away', async ({ page, site }) => {
  await subscribeFrom(page, site, '/categories/cs.LG');
  await page.getByRole('link', { name: 'Machine Learning (cs.LG)', exact: true }).waitFor();
  await page.context().clearCookies();
  await page.goto('/papers/trending');
  await page.getByRole('button', { name: 'Do not offer this any more' }).click();
  await page.waitForURL('**/papers/trending');
  assert.equal(await page.getByRole('complementary', { name: 'Papers by mail' }).count(), 0);
});

story(
  'a search is followed from its page, and everything can be chosen',
  async ({ page, site }) => {
    await page.goto('/search?q=mixture+of+experts');
    await page.getByText('Mail me new matches').click();
    await page.locator('.alert').getByLabel('Mail address').fill(ANN);
    await page.locator('.alert').getByLabel('How often').selectOption('weekly');
    await page.getByRole('button', { name: 'Tell me' }).click();
    await page.getByRole('heading', { name: 'Look into your inbox' }).waitFor();
    await page.goto(await linkInMail(site));
    await page.getByRole('link', { name: 'Search: mixture of experts' }).waitFor();
    await page.getByRole('button', { name: 'Yes, mail it to me' }).click();
    await page.getByText('every Monday').waitFor();
    await page.goto('/subscribe');
    await page.getByLabel('Mail address').fill(ANN);
    await page.locator('summary', { hasText: 'Authors' }).click();
    await page.getByLabel('Authors').fill('Nobody At All');
    await page.getByRole('button', { name: 'Subscribe' }).click();
    await page.getByRole('alert').getByText('No paper here is by “Nobody At All”').waitFor();
    assert.equal(await page.getByLabel('Authors').inputValue(), 'Nobody At All');
  },
  { allow: /422/ },
);

story('who is signed in has it at once, and sees it under Settings', async ({ page, site }) => {
  await site.signIn(page.context(), ANN);
  await page.goto('/papers/trending');
  await page.getByRole('complementary', { name: 'Papers by mail' }).getByRole('button', { name: 'Subscribe' }).click();
  await page.getByText('You are subscribed.').waitFor();
  assert.equal(site.inbox.length, 0);
  await page.goto('/settings');
  await page.getByRole('link', { name: 'see, choose, pause or end them' }).click();
  await page.getByRole('button', { name: 'End everything' }).click();
  await page.getByText(`Nothing is mailed to ${ANN}`).waitFor();
});

let browser: Browser;
before(async () => void (browser = await launch()));
after(async () => await browser?.close());

for (const [looks, options] of [
  ['a desktop', {}],
  ['a phone in the dark', { viewport: { width: 360, height: 740 }, colorScheme: 'dark' as const }],
] as const) {
  test(`the pages about mail are accessible and fit ${looks}`, async () => {
    await using site = await serveMailedSite();
    const context = await browser.newContext({ ...options, baseURL: site.url, bypassCSP: true });
    const page = await context.newPage();
    const check = async (path?: string) => {
      if (path !== undefined) await page.goto(path);
      await assertPageAccessible(page);
      const [wide, seen] = await page.evaluate<number[]>('[document.documentElement.scrollWidth, innerWidth]');
      assert.ok((wide ?? 0) <= (seen ?? 0), `${page.url()} is ${wide} wide in ${seen}`);
    };
    for (const path of ['/', '/categories/cs.LG', '/subscribe/sent', '/subscribe/forgotten', '/about'])
      await check(path);
    await check('/subscribe?categories=cs.LG&searches=diffusion');
    await page.goto('/search?q=mixture+of+experts');
    await page.getByText('Mail me new matches').click();
    await check();
    await subscribeFrom(page, site, '/');
    await check();
    const { subscriber, lists } = await subscriberOf(site);
    const links = { url: site.url, secret: readSecret(site.app.config) };
    const list = lists[0]?.id ?? '';
    await check(`/subscribe/list?${manageUrl(links, subscriber).split('?')[1]}&id=${list}`);
    await check(unsubscribeUrl(links, { kind: 'list', subscriptionId: list }));
    await page.getByRole('button', { name: 'End this' }).click();
    await check();
    await check('/subscribe/confirm?token=nothing');
    await context.close();
  });
}
