/** How papers come in and how the site is kept clean, told to a real browser with JavaScript on and off. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { report } from '#discussion/moderation/report.ts';
import { setBanned, setHidden } from '#discussion/moderation/moderate.ts';
import { saveRequest } from '#papers/request-store.ts';
import { fetchSubmittedNow } from '#sources/fetch-submitted.ts';
import { assertPageAccessible } from './accessibility.ts';
import { another } from './acting.ts';
import { sharedBrowser, stories } from './browser.ts';
import { serveSite } from './served-site.ts';
import { NEW, serveWithArxiv } from './submitting-site.ts';

const PAPER = '2509.21043';
const PATH = `/papers/${PAPER}`;
const SUBMIT = '/papers/submit';

const browser = sharedBrowser();
const story = stories(serveSite);
const storyWithArxiv = stories(async () => await serveWithArxiv());

async function advertise(page: Page): Promise<void> {
  await page.goto(PATH);
  await page.locator('#write textarea').fill('Buy cheap stars now');
  await page.locator('#write').getByRole('button', { name: 'Post' }).click();
  await page.waitForURL(/#c-/);
}

/** What was advertised. */
async function reportIt(page: Page): Promise<void> {
  await page.goto(PATH);
  await page.locator('.letter').getByRole('link', { name: 'Report' }).click();
  await page.getByLabel('What is wrong with it?').fill('An advertisement');
  await page.getByRole('button', { name: 'Tell the moderators' }).click();
}

story(
  'a moderator with a long name, for whom a report waits, has a head that fits a phone',
  async ({ page, site }) => {
    const { id } = await site.signIn(page.context(), 'reader-admin@lab.example', { role: 'moderator' });
    await site.db
      .updateTable('users')
      .set({ full_name: 'Maximiliane '.repeat(4).trim() })
      .where('id', '=', id)
      .execute();
    await report(site.db, { kind: 'paper', id: PAPER, userId: id, reason: 'Look.', now: Date.now() });
    for (const path of ['/', '/moderation', PATH]) {
      await page.goto(path);
      const width = Number(await page.evaluate('document.documentElement.scrollWidth'));
      assert.ok(width <= 360, `${path} is ${width} px wide`);
      const { width: seen = 0 } = (await page.locator('.account .waiting').boundingBox()) ?? {};
      assert.ok(seen >= 15, `the number is ${seen} px wide`);
    }
  },
  { scripts: 'off', context: { viewport: { width: 360, height: 740 } } },
);

story(
  'a ban is asked about once more, and what became of a report is told to who made it',
  async ({ page, site, scripts }) => {
    await using eve = await another(page, site, 'eve@lab.example', scripts);
    await using mo = await another(page, site, 'mo@lab.example', scripts, { role: 'moderator' });
    await site.signIn(page.context(), 'ada@lab.example');
    await advertise(eve.page);
    await reportIt(page);
    await page.getByRole('link', { name: 'your reports' }).click();
    await page.getByText('The moderators have not decided yet.').waitFor();

    await mo.page.goto('/moderation/next');
    await mo.page.getByLabel(/^Why\?/).fill('Advertising');
    await mo.page.getByRole('button', { name: 'Ban @eve …' }).click();
    await mo.page.getByRole('heading', { name: 'Ban @eve?' }).waitFor();
    assert.equal((await mo.page.getByLabel(/^Why\?/).inputValue()).trim(), 'Advertising');
    await mo.page.getByRole('button', { name: 'Ban @eve' }).click();
    await mo.page.getByText('The account is banned.').waitFor();
    assert.equal(await mo.page.locator('nav[aria-label="Moderation"] [aria-current]').innerText(), 'Reports');

    await page.reload();
    await page.getByText('The moderators have banned who wrote it.').waitFor();
  },
);

story(
  'a comment is reported, decided on and hidden from everybody else, and the log says why',
  async ({ page, site, scripts }) => {
    await site.signIn(page.context(), 'ada@lab.example');
    await using eve = await another(page, site, 'eve@lab.example', scripts);
    await using mo = await another(page, site, 'mo@lab.example', scripts, { role: 'moderator' });
    await advertise(eve.page);
    await reportIt(page);
    await page.getByRole('heading', { name: 'Thank you' }).waitFor();

    await mo.page.goto('/moderation');
    assert.match(
      await mo.page.locator('main').innerText(),
      /A comment by @eve on Combinatorial Creativity.*\s+Buy cheap stars now\s+“An advertisement” @ada/,
    );
    await mo.page.locator('main').getByRole('link', { name: 'A comment by @eve' }).click();
    assert.match(await mo.page.locator('blockquote').innerText(), /Buy cheap stars now/);
    await mo.page.getByLabel(/^Why\?/).fill('Advertising');
    await mo.page.getByRole('button', { name: 'Hide the comment' }).click();
    await mo.page.getByText('It is hidden.').waitFor();
    await mo.page.getByRole('link', { name: 'Reports' }).click();
    await mo.page.getByText('Nothing waits to be decided on.').waitFor();

    await page.goto(PATH);
    const discussion = await page.locator('#comments').innerText();
    assert.match(discussion, /Hidden by a moderator/);
    assert.doesNotMatch(discussion, /Buy cheap stars/);

    await mo.page.getByRole('link', { name: 'Log', exact: true }).click();
    await mo.page.getByRole('heading', { name: 'Log' }).waitFor();
    assert.match(
      await mo.page.locator('main').innerText(),
      /@mo hid a comment by @eve on Combinatorial Creativity.*: “Advertising”/,
    );
  },
);

storyWithArxiv('a paper is submitted and stands on the front page with a name', async ({ page, site }) => {
  await site.signIn(page.context(), 'ada@lab.example');
  await page.goto(SUBMIT);
  await page.getByLabel('arXiv id or address').fill(`https://arxiv.org/abs/${NEW}v1`);
  await page.getByRole('button', { name: 'Submit it for today' }).click();
  await page.waitForURL(`**/papers/${NEW}`);
  assert.match(await page.locator('main').innerText(), /Submitted by\s+@ada/);
  await page.goto('/');
  assert.match(await page.locator(`[id="p-${NEW}"]`).innerText(), /submitted by\s+@ada/i);
});

storyWithArxiv(
  'a paper that is refused is told why, and what was typed is still there',
  async ({ page, site }) => {
    await site.signIn(page.context(), 'ada@lab.example');
    await page.goto(SUBMIT);
    const field = page.getByLabel('arXiv id or address');
    await field.fill('attention is all you need');
    await page.keyboard.press('Enter');
    await page.getByText(/is not an arXiv id or address/).waitFor();
    assert.equal(await field.inputValue(), 'attention is all you need');
    await field.fill('2309.00002');
    await page.keyboard.press('Enter');
    await page.getByText(/too old/).waitFor();
    assert.equal(await field.inputValue(), '2309.00002');
    const unknown = NEW.replace(/\d+$/, '09999');
    await field.fill(unknown);
    await page.keyboard.press('Enter');
    await page.getByText(`arXiv has no paper ${unknown}`).waitFor(); // once, and not in the list of what waits as well
    assert.equal(await field.inputValue(), unknown);
  },
  { allow: /422/ },
);

storyWithArxiv('a paper that takes its time is being fetched, and is found when it is here', async ({ page, site }) => {
  const { id: userId } = await site.signIn(page.context(), 'ada@lab.example');
  // As the form leaves it that has waited long enough.
  const asked = { paper_id: NEW, user_id: userId, asked_at: Date.now(), any_age: 0, attempts: 0, problem: null };
  await saveRequest(site.db, { ...asked, next_at: Date.now() + 60_000 });
  await page.goto(SUBMIT);
  await page.getByRole('link', { name: NEW }).click();
  await page.getByRole('heading', { name: `${NEW} is being fetched` }).waitFor();
  assert.match(await page.locator('main').innerText(), /Your submission is kept/);
  await fetchSubmittedNow(site.app, { userId, paperId: NEW }, AbortSignal.timeout(10_000));
  // Without a press of “Look again”: the page looks by itself.
  await page.waitForURL(`**/papers/${NEW}`);
  assert.match(await page.locator('main').innerText(), /Submitted by\s+@ada/);
});

storyWithArxiv('a paper that cannot be fetched says why, and is tried again at a press', async ({ page, site }) => {
  await site.signIn(page.context(), 'ada@lab.example');
  site.arxiv.fail({ kind: 'status', status: 403 }, { service: 'api' });
  await page.goto(SUBMIT);
  await page.getByLabel('arXiv id or address').fill(NEW);
  await page.getByRole('button', { name: 'Submit it for today' }).click();
  await page.getByRole('heading', { name: `${NEW} could not be fetched yet` }).waitFor();
  const said = await page.locator('main').innerText();
  assert.match(said, /arXiv answered with an error \(403\)\. It is tried again in a minute/);
  await page.getByRole('button', { name: 'Try it now' }).click();
  await page.waitForURL(`**/papers/${NEW}`);
  assert.match(await page.locator('main').innerText(), /Submitted by\s+@ada/);
});

test('the pages that submit and moderate are accessible', async () => {
  await using site = await serveSite();
  const context = await (await browser()).newContext({ baseURL: site.url, bypassCSP: true });
  const other = await (await browser()).newContext();
  const { id: userId } = await site.signIn(other, 'eve@lab.example');
  await other.close();
  const by = await site.signIn(context, 'root@lab.example', { role: 'admin' });
  const said = { reason: 'An advertisement, in fact', now: Date.now() };
  const moderating = { ...said, by };
  await report(site.db, { kind: 'paper', id: PAPER, userId, ...said });
  await setHidden(site.db, { kind: 'paper', id: '2310.02541' }, true, moderating);
  await setBanned(site.db, userId, true, moderating);
  const page = await context.newPage();
  for (const path of [
    SUBMIT,
    `${PATH}/links`,
    `/report?kind=paper&id=${PAPER}`,
    '/report/sent',
    '/moderation',
    `/moderation/act?kind=paper&id=${PAPER}`,
    '/moderation/log',
    '/moderation/people',
    '/moderation/people?name=eve',
    '/users/eve',
  ]) {
    await page.goto(path);
    for (const summary of await page.locator('#moderate summary').all()) await summary.click();
    await assertPageAccessible(page);
  }
  await context.close();
});
