/** What readers are writing stays theirs while they do something else, told to a real browser with JavaScript on and off. */

import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { another } from './acting.ts';
import { stories } from './browser.ts';
import { serveSite } from './served-site.ts';

const story = stories(serveSite);
const inAMinute = stories(async () => await serveSite({ settings: { WRITES_PER_MINUTE: '1' } }));
const PAPER = '/papers/2509.21043';
const HALF = 'Half a thought, with $x^2$';

const box = (page: Page) => page.locator('#write textarea');
const pathOf = (page: Page) => new URL(page.url()).pathname + new URL(page.url()).search;

/** Somebody says something, to be reacted to and answered. */
async function say(page: Page, text: string): Promise<void> {
  await page.goto(PAPER);
  await box(page).fill(text);
  await page.locator('#write').getByRole('button', { name: 'Post' }).click();
  await page.waitForURL(/#c-/);
}

story('half a comment stays over a reaction, another order and an answer', async ({ page, site, scripts }) => {
  await using bob = await another(page, site, 'bob@lab.example', scripts);
  await say(bob.page, 'A claim');
  await say(bob.page, 'Another claim');
  await site.signIn(page.context(), 'ada@lab.example');
  const asked: string[] = [];
  page.on('dialog', async (dialog) => {
    asked.push(dialog.type());
    await dialog.accept();
  });
  await page.goto(PAPER);
  await box(page).fill(HALF);
  await page.locator('.react summary').first().click();
  await page.getByRole('button', { name: 'insightful' }).first().click();
  const reacted = page.locator('.reactions button[aria-pressed=true]');
  await reacted.waitFor();
  assert.match(await reacted.innerText(), /insightful 1/);
  assert.equal(pathOf(page), PAPER);
  if (scripts) {
    assert.equal(await box(page).inputValue(), HALF);
    assert.ok(await reacted.evaluate((button) => button === button.ownerDocument.activeElement));
  }
  await reacted.click();
  await reacted.waitFor({ state: 'detached' });
  await page.reload();
  assert.equal(await page.locator('.reactions button[aria-pressed=true]').count(), 0, 'taken back for good');
  asked.length = 0;

  await page.locator('#comments').getByRole('link', { name: 'Newest' }).click();
  await page.waitForURL(/comments=newest/);
  if (scripts) assert.equal(await box(page).inputValue(), HALF);
  const reply = page.locator('.reply').first();
  await reply.locator('summary').click();
  await reply.locator('textarea').fill('An answer');
  await reply.getByRole('button', { name: 'Post' }).click();
  await page.waitForURL(/#c-/);
  await page.getByText('An answer').waitFor();
  if (scripts) assert.equal(await box(page).inputValue(), HALF);
  else await box(page).fill(HALF);
  await page.locator('#write').getByRole('button', { name: 'Post' }).click();
  await page.locator('.letter-body math').first().waitFor();
  await page.waitForURL(/#c-/);
  await page.goto(PAPER);
  assert.equal(await box(page).inputValue(), '', 'what was sent is not offered again');
  assert.equal(await page.locator('.letter').filter({ hasText: 'Half a thought' }).count(), 1);
  assert.deepEqual(asked, [], 'nobody is asked whether to leave what goes along');
});

story(
  'half an answer and half an edit stay, each in its own form, and nobody else in the tab reads them',
  async ({ page, site }) => {
    await site.signIn(page.context(), 'ada@lab.example');
    await say(page, 'A claim');
    await page.locator('.reply summary').first().click();
    await page.locator('.reply textarea').first().fill('Half an answer');
    await page.getByRole('link', { name: 'Edit', exact: true }).click();
    await page.waitForURL(/\/edit$/);
    await page.locator('textarea').fill('A better claim');
    await page.getByRole('link', { name: 'Daily Papers' }).first().click();
    await page.waitForURL(/\/$/);
    await page.goto(PAPER);
    assert.equal(await page.locator('.reply textarea').first().inputValue(), 'Half an answer');
    assert.ok(await page.locator('.reply textarea').first().isVisible(), 'it is in sight');
    assert.equal(await box(page).inputValue(), '');
    await page.getByRole('link', { name: 'Edit', exact: true }).click();
    await page.waitForURL(/\/edit$/);
    assert.equal(await page.locator('textarea').inputValue(), 'A better claim');
    await page.getByText('Not sent yet.').waitFor();
    await page.getByRole('button', { name: 'Throw it away' }).click();
    assert.equal(await page.locator('textarea').inputValue(), 'A claim', 'what the comment says');
    await page.locator('textarea').fill('A better claim');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.waitForURL(/#c-/);
    assert.match(await page.locator('.letter').first().innerText(), /A better claim/);

    await page.context().clearCookies();
    await site.signIn(page.context(), 'bob@lab.example');
    await page.goto(PAPER);
    assert.equal(await page.locator('.reply textarea').first().inputValue(), '');
  },
  { scripts: 'on' },
);

story(
  'an answer to what was deleted meanwhile comes back as a comment, and takes no other one’s place',
  async ({ page, site, scripts }) => {
    await using bob = await another(page, site, 'bob@lab.example', scripts);
    await say(bob.page, 'A claim');
    await site.signIn(page.context(), 'ada@lab.example');
    await page.goto(PAPER);
    await box(page).fill(HALF);
    await page.locator('.reply summary').first().click();
    await page.locator('.reply textarea').first().fill('An answer');
    await bob.page.getByRole('link', { name: 'Edit', exact: true }).click();
    await bob.page.getByText('Delete this comment').click();
    await bob.page.getByRole('button', { name: 'Delete for good' }).click();
    await bob.page.waitForURL(/#comments$/);
    await page.locator('.reply').first().getByRole('button', { name: 'Post' }).click();
    await page.getByText('The comment that you answer is no longer there').waitFor();
    assert.equal(await page.locator('textarea').inputValue(), 'An answer');
    await page.getByRole('button', { name: 'Post' }).click();
    await page.waitForURL(/#c-/);
    assert.match(await page.locator('.letter').first().innerText(), /An answer/);
    if (scripts) assert.equal(await box(page).inputValue(), HALF);
  },
  { allow: /409/ },
);

story(
  'half a reason stays while one looks at what it is about, until it is sent',
  async ({ page, site }) => {
    await site.signIn(page.context(), 'ada@lab.example');
    await page.goto(PAPER);
    await page.getByRole('link', { name: 'Report' }).first().click();
    await page.waitForURL(/\/report\?/);
    const form = page.url();
    const reason = page.locator('textarea[name=reason]');
    await reason.fill('It copies');
    await page.goto(PAPER);
    await page.goto(form);
    assert.equal(await reason.inputValue(), 'It copies');
    await page.getByRole('button', { name: 'Tell the moderators' }).click();
    await page.waitForURL((url) => url.href !== form);
    await page.goto(form);
    assert.equal(await reason.inputValue(), 'It copies', 'what was reported, to be changed');
    await reason.fill('');
    await page.reload();
    await reason.fill('It copies');
    await page.reload();
    assert.equal(await reason.inputValue(), 'It copies');
  },
  { scripts: 'on' },
);

story('whoever comes next in a tab finds nothing of what was being written', async ({ page, site }) => {
  await site.signIn(page.context(), 'ada@lab.example');
  await page.goto(PAPER);
  await box(page).fill('A secret of ada');
  await page.locator('details.account summary').click();
  page.once('dialog', (dialog) => void dialog.accept());
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.waitForURL(/\/$/);
  await site.signIn(page.context(), 'bob@lab.example');
  await page.goto('/about');
  await page.goBack();
  await page.goBack();
  await page.waitForURL(`**${PAPER}`);
  assert.equal(await box(page).inputValue(), '');
  assert.ok(!(await page.locator('body').innerText()).includes('A secret of ada'));
});

story(
  'a page that the browser brings back whole from before somebody signed out is loaded anew',
  async ({ page, site }) => {
    await site.signIn(page.context(), 'ada@lab.example');
    await page.goto(PAPER);
    await box(page).fill('A secret of ada');
    const comesBack = "dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))";
    await page.evaluate(comesBack);
    assert.equal(await box(page).inputValue(), 'A secret of ada', 'nobody has left');
    // What signing out does in this tab, on a later page.
    await page.evaluate("sessionStorage.clear(); sessionStorage.setItem('left', String(Date.now()))");
    await site.signIn(page.context(), 'bob@lab.example');
    page.once('dialog', (dialog) => void dialog.accept());
    await Promise.all([page.waitForEvent('load'), page.evaluate(comesBack)]);
    assert.equal(await box(page).inputValue(), '');
    assert.match(await page.locator('details.account summary').innerText(), /bob/);
  },
  { scripts: 'on' },
);

story(
  'a comment is not sent as somebody else who is signed in by now',
  async ({ page, site, scripts }) => {
    await site.signIn(page.context(), 'ada@lab.example');
    await page.goto(PAPER);
    await box(page).fill(HALF);
    await site.signIn(page.context(), 'bob@lab.example'); // in another tab
    await page.locator('#write').getByRole('button', { name: 'Post' }).click();
    await page.getByText('You are signed in as @bob by now').waitFor();
    assert.equal(await page.locator('textarea[readonly]').inputValue(), HALF);
    await page.goto(PAPER);
    assert.equal(await page.locator('.letter').count(), 0);
    assert.equal(await box(page).inputValue(), '');
    await site.signIn(page.context(), 'ada@lab.example');
    await page.goto(PAPER);
    if (scripts) assert.equal(await box(page).inputValue(), HALF, 'it is hers still');
  },
  { allow: /409/ },
);

story(
  'what is being written stays over a new name, and in sight where its form is gone',
  async ({ page, site }) => {
    const ada = await site.signIn(page.context(), 'ada@lab.example');
    await say(page, 'A claim');
    await box(page).fill(HALF);
    await page.locator('.reply summary').first().click();
    await page.locator('.reply textarea').first().fill('Half an answer');
    await site.db.updateTable('users').set({ name: 'ada-lee' }).where('id', '=', ada.id).execute();
    await page.goto(PAPER);
    assert.equal(await box(page).inputValue(), HALF);
    const now = Date.now();
    const locked = { paper_id: PAPER.slice(8), locked_at: now, locked_by: ada.id };
    await site.db.insertInto('discussion_locks').values(locked).execute();
    await page.goto(PAPER);
    const left = page.locator('left-drafts textarea');
    assert.deepEqual(
      await left.evaluateAll((all) => all.map((one) => (one as unknown as { value: string }).value).toSorted()),
      [HALF, 'Half an answer'],
    );
    await page.getByRole('button', { name: 'Throw it away' }).first().click();
    assert.equal(await left.count(), 1);
    await site.db.updateTable('papers').set({ hidden_at: now }).where('id', '=', PAPER.slice(8)).execute();
    await page.goto(PAPER);
    assert.equal(await page.locator('h1').innerText(), 'Not found');
    assert.equal(await left.count(), 1);
  },
  { scripts: 'on', allow: /404/ },
);

story(
  'what gets no answer stays, and is told as it is',
  async ({ page, site }) => {
    await site.signIn(page.context(), 'ada@lab.example');
    await page.goto(PAPER);
    await box(page).fill(HALF);
    await page.route('**/comments', async (route) => await route.abort());
    await page.route('**/upvote', async (route) => await route.fulfill({ status: 502, body: '<h1>Bad gateway</h1>' }));
    const post = page.locator('#write').getByRole('button', { name: 'Post' });
    await post.click();
    await page.getByText('No answer came. Send it again').waitFor();
    await page.locator('#vote button').click();
    const told = page.locator('#vote .told');
    await told.getByText('the answer was 502').waitFor();
    await page.keyboard.press('Escape');
    assert.equal(await told.count(), 0);
    assert.equal(await box(page).inputValue(), HALF);
    await page.unrouteAll();
    await box(page).press('ControlOrMeta+Enter');
    await page.waitForURL(/#c-/);
    assert.equal(await page.locator('.letter').count(), 1);
  },
  { scripts: 'on', allow: /502|ERR_FAILED/ },
);

inAMinute(
  'a vote that comes too early is told beside the button',
  async ({ page, site, scripts }) => {
    await site.signIn(page.context(), 'ada@lab.example');
    await page.goto(PAPER);
    const button = page.locator('#vote button');
    await button.click();
    await page.locator('#vote button[aria-pressed=true]').waitFor();
    await box(page).fill(HALF);
    await button.click();
    await page.getByText(/It works again in \d+ seconds?\./).waitFor();
    if (!scripts) return assert.equal(pathOf(page), `${PAPER}/upvote`, 'a page says so');
    assert.equal(pathOf(page), PAPER);
    assert.equal(await page.locator('#vote .told[role=status]').count(), 1, 'in sight, and read out');
    assert.equal(await button.getAttribute('aria-pressed'), 'true', 'nothing was changed');
    assert.equal(await box(page).inputValue(), HALF);
    await page.locator('#write').getByRole('button', { name: 'Post' }).click();
    await page
      .locator('#write [role=alert]')
      .getByText(/It works again in/)
      .waitFor();
    assert.equal(await box(page).inputValue(), HALF);
  },
  { allow: /429/ },
);

story(
  'who was signed out while they wrote signs in beside it and sends it',
  async ({ page, site, scripts }) => {
    await site.signIn(page.context(), 'ada@lab.example');
    await page.goto(PAPER);
    await box(page).fill(HALF);
    await page.context().clearCookies();
    await page.locator('#write').getByRole('button', { name: 'Post' }).click();
    const link = page.getByRole('link', { name: 'Sign in in another window' });
    await link.waitFor();
    assert.equal(await link.getAttribute('target'), '_blank');
    assert.equal(await page.locator('textarea').first().inputValue(), HALF);
    await site.signIn(page.context(), 'ada@lab.example');
    await page.getByRole('button', { name: scripts ? 'Post' : 'Send it again' }).click();
    await page.waitForURL(/#c-/);
    assert.match(await page.locator('.letter').innerText(), /Half a thought/);
  },
  { allow: /401/ },
);

story(
  'a comment that was edited in two windows comes back with both texts',
  async ({ page, site }) => {
    await site.signIn(page.context(), 'ada@lab.example');
    await say(page, 'The first text');
    await page.getByRole('link', { name: 'Edit', exact: true }).click();
    await page.waitForURL(/\/edit$/);
    const other = await page.context().newPage();
    await other.goto(page.url());
    for (const [window, text] of [
      [other, 'From the other window'],
      [page, 'From this window'],
    ] as const) {
      await window.locator('textarea').fill(text);
      await window.getByRole('button', { name: 'Save' }).click();
    }
    await page.getByText('changed meanwhile').waitFor();
    assert.equal(await page.locator('textarea[name=body]').inputValue(), 'From this window');
    assert.equal(await page.locator('textarea[readonly]').inputValue(), 'From the other window');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.waitForURL(/#c-/);
    assert.match(await page.locator('.letter').innerText(), /From this window/);
  },
  { allow: /409/ },
);
