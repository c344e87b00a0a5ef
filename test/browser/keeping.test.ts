/** What readers are writing stays theirs while they do something else, told to a real browser with JavaScript on and off. */

import assert from 'node:assert/strict';
import { another } from './acting.ts';
import { stories } from './browser.ts';
import { serveSite } from './served-site.ts';
import { box, HALF, PAPER, pathOf, say } from './writing.ts';

const story = stories(serveSite);

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
