/** What readers do with each other about a paper, told to a real browser with JavaScript on and off. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { writeComment } from '#discussion/write-comment.ts';
import { assertPageAccessible } from './accessibility.ts';
import { another, pressOn, typeInto } from './acting.ts';
import { sharedBrowser, stories } from './browser.ts';
import { serveSite } from './served-site.ts';

const browser = sharedBrowser();
const story = stories(serveSite);
const PAPER = '/papers/2509.21043';

const count = async (page: Page) => (await page.locator('.votes b').first().innerText()).trim();
const pressed = async (page: Page) => await page.locator('.votes button').first().getAttribute('aria-pressed');

/** The page may still be on its way there. */
async function waitUntilSeen(page: Page, selector: string): Promise<void> {
  for (const start = Date.now(); Date.now() - start < 5_000; await page.waitForTimeout(50)) {
    const { y = -1, height = 0 } = (await page.locator(selector).boundingBox()) ?? {};
    if (y >= 0 && y + height <= (page.viewportSize()?.height ?? 0) + 1) return;
  }
  assert.fail(`${selector} is not on the screen`);
}

story('two readers vote for a paper and see each other’s votes', async ({ page, site, scripts }) => {
  await site.signIn(page.context(), 'ada@lab.example');
  await using bob = await another(page, site, 'bob@lab.example', scripts);
  await page.goto(PAPER);
  await page.locator('.votes button').first().click();
  await page.locator('.votes button[aria-pressed=true]').waitFor();
  assert.equal(await count(page), '1');
  await page.locator('.voters').getByText('Upvoted by @ada').waitFor();
  await bob.page.goto(PAPER);
  assert.equal(await count(bob.page), '1');
  assert.equal(await pressed(bob.page), 'false', 'another’s vote is not one’s own');
  assert.match(await bob.page.locator('.voters').innerText(), /ada/);
  await bob.page.locator('.votes button').first().click();
  await bob.page.locator('.votes button[aria-pressed=true]').waitFor();
  await page.reload();
  assert.equal(await count(page), '2');
  await page.locator('.votes button').first().click();
  await page.locator('.votes button[aria-pressed=false]').first().waitFor();
  assert.equal(await count(page), '1');
  await page.locator('.voters').getByText('Upvoted by @bob').waitFor();
});

story('a vote in a list leaves the reader where they were', async ({ page, site, scripts }) => {
  await site.signIn(page.context(), 'ada@lab.example');
  await page.goto('/');
  const card = page.locator('article.card').nth(6);
  const id = (await card.getAttribute('id')) ?? '';
  await card.locator('.votes button').click();
  const voted = page.locator(`[id="${id}"] .votes button[aria-pressed=true]`);
  await voted.waitFor();
  assert.equal(new URL(page.url()).pathname, '/');
  assert.equal(await voted.locator('b').innerText(), '1');
  if (scripts) {
    assert.match(await page.locator(`[id="${id}"] [role=status]`).innerText(), /You voted: 1 vote/);
  } else {
    assert.equal(new URL(page.url()).hash, `#${id}`);
    // The page is there before the browser has gone to its part.
    const scrolled = async (): Promise<number> => await page.evaluate<number>('scrollY');
    for (let tries = 0; tries < 50 && (await scrolled()) === 0; tries++) await sleep(100);
    const { y = -1 } = (await page.locator(`[id="${id}"]`).boundingBox()) ?? {};
    assert.ok(y >= -5 && y < 400, `the card is on the screen, at ${y}`);
  }
  await page.reload();
  const first = page.locator('article.card').first();
  assert.equal(await first.getAttribute('id'), id, 'most upvotes first');
});

story(
  'whoever is not signed in is asked to, and their vote is cast',
  async ({ page, site }) => {
    await page.goto(PAPER);
    await page.locator('.votes button').first().click();
    await page.waitForURL(/\/sign-in/);
    const next = new URL(page.url()).searchParams.get('next') ?? '';
    assert.match(next, /upvote/);
    await site.signIn(page.context(), 'ada@lab.example');
    await page.goto(next);
    await page.waitForURL(`**${PAPER}#vote`);
    assert.equal(await count(page), '1');
    assert.equal(await pressed(page), 'true');
  },
  { allow: /401 \(Unauthorized\)/ },
);

story(
  'a discussion: a comment with formulas, an answer, a reaction, an edit, a deletion',
  async ({ page, site, scripts }) => {
    await site.signIn(page.context(), 'ada@lab.example');
    await using bob = await another(page, site, 'bob@lab.example', scripts);
    await page.goto(PAPER);
    await page.locator('#write textarea').fill('Is $O(n^2)$ **right**?\n\n<img src=x onerror=alert(1)>');
    await page.locator('#write').getByRole('button', { name: 'Preview' }).click();
    await page.locator('.preview math').first().waitFor();
    assert.equal(await page.locator('.preview strong').innerText(), 'right');
    await waitUntilSeen(page, '.preview');
    await page.getByRole('button', { name: 'Post' }).last().click();
    await page.waitForURL(/#c-[0-9a-f]{24}/);
    const letter = page.locator('.letter').first();
    assert.equal(await letter.locator('math').count(), 1);
    assert.match(await letter.innerText(), /<img src=x onerror=alert\(1\)>/);

    await bob.page.goto(PAPER);
    await bob.page.locator('.reply summary').first().click();
    await bob.page.locator('.reply textarea').first().fill('It is, @ada.');
    await bob.page.locator('.reply').first().getByRole('button', { name: 'Post' }).click();
    await bob.page.waitForURL(/#c-/);
    await bob.page.locator('.react summary').first().click();
    await bob.page.getByRole('button', { name: 'insightful' }).first().click();
    await bob.page.locator('.reactions button[aria-pressed=true]').waitFor();

    await page.reload();
    assert.match(await page.locator('.replies .letter').innerText(), /bob[\s\S]*It is, @ada\./);
    assert.match(await letter.innerText(), /insightful 1/);
    await letter.getByRole('link', { name: 'Edit', exact: true }).click();
    await page.waitForURL(/\/edit$/);
    assert.match(await page.locator('textarea').inputValue(), /^Is \$O\(n\^2\)\$/, 'the text as it was written');
    await page.locator('textarea').fill('Is $O(n)$ right?');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.waitForURL(/#c-/);
    await letter.getByRole('link', { name: 'edited' }).click();
    assert.match(await page.locator('main').innerText(), /Edited once/i);

    await page.goto(PAPER);
    await letter.getByRole('link', { name: 'Edit', exact: true }).click();
    await page.getByText('Delete this comment').click();
    await page.getByRole('button', { name: 'Delete for good' }).click();
    await page.waitForURL(/#comments$/);
    assert.match(
      await page.locator('#comments').innerText(),
      /1 comment[\s\S]*Deleted by its author[\s\S]*It is, @ada/,
    );
  },
);

story(
  'a text that is refused is not lost',
  async ({ page, site }) => {
    await site.signIn(page.context(), 'ada@lab.example');
    await page.goto(PAPER);
    const long = `\n  first\n${'word '.repeat(2_100)}end`;
    await page.locator('#write textarea').fill(long);
    await page.locator('#write').getByRole('button', { name: 'Post' }).click();
    await page.getByText(/10,000 is the most/).waitFor();
    assert.equal(await page.locator('textarea').inputValue(), long);
  },
  { allow: /422/ },
);

story('voting and commenting with the keyboard alone', async ({ page, site }) => {
  await site.signIn(page.context(), 'ada@lab.example');
  await page.goto(PAPER);
  await pressOn(page, '#vote button');
  await page.locator('#vote button[aria-pressed=true]').waitFor();
  await typeInto(page, '#write textarea', 'By keyboard');
  await pressOn(page, '#write .main-button');
  await page.waitForURL(/#c-/);
  assert.match(await page.locator('.letter').innerText(), /By keyboard/);
  await pressOn(page, '.react summary');
  await pressOn(page, '.react button');
  await page.locator('.reactions button[aria-pressed=true]').waitFor();
});

story(
  'a double click is one vote',
  async ({ page, site }) => {
    await site.signIn(page.context(), 'ada@lab.example');
    await page.goto('/');
    await page.locator('.votes button').first().dblclick();
    await page.locator('.votes button[aria-pressed=true]').first().waitFor();
    await page.goto(PAPER);
    await page.goto('/');
    assert.equal(await count(page), '1');
  },
  { scripts: 'on' },
);

test('a discussion, its forms and its history are accessible', async () => {
  await using site = await serveSite();
  const context = await (await browser()).newContext({ baseURL: site.url, bypassCSP: true });
  const { id: userId } = await site.signIn(context, 'ada@lab.example');
  const say = async (body: string, replyTo?: string) =>
    await writeComment(site.db, {
      ...{ paperId: PAPER.slice(8), userId, body, replyTo },
      ...{ newAccountHours: 24, now: Date.now() },
    });
  const top = await say('# Heading\n\n$$x$$\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```\ncode\n```\n\n- [ ] item @ada');
  await say('> quote\n\nanswer', await say('reply', top));
  const page = await context.newPage();
  const paths = [PAPER, `${PAPER}/comments/${top}/edit`, `${PAPER}/comments/${top}/history`, `${PAPER}/upvotes`];
  for (const path of paths) {
    await page.goto(path);
    for (const summary of await page.locator('.reply summary, .react summary').all()) await summary.click();
    await assertPageAccessible(page);
  }
  await context.close();
});
