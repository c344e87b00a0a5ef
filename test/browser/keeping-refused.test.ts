/** What cannot be sent as it is stays with whoever wrote it, told to a real browser with JavaScript on and off. */

import assert from 'node:assert/strict';
import { another } from './acting.ts';
import { stories } from './browser.ts';
import { serveSite } from './served-site.ts';
import { box, HALF, PAPER, pathOf, say } from './writing.ts';

const story = stories(serveSite);
const inAMinute = stories(async () => await serveSite({ settings: { WRITES_PER_MINUTE: '1' } }));

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
