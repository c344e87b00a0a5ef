/** How papers come in and how the site is kept clean, told to a real browser with JavaScript on and off. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { report } from '#discussion/moderation/report.ts';
import { setBanned, setHidden } from '#discussion/moderation/moderate.ts';
import { fetchSubmitted } from '#sources/fetch-submitted.ts';
import { manyPapers, startArxiv } from '../arxiv-server.ts';
import { assertPageAccessible } from './accessibility.ts';
import { launch, stories } from './browser.ts';
import { serveSite } from './served-site.ts';
import type { ServedSite } from './served-site.ts';

const PAPER = '2509.21043';
const PATH = `/papers/${PAPER}`;
const SUBMIT = '/papers/submit';
/** New by the clock of this machine, as submissions have to be. */
const NOW = new Date().toISOString();
const NEW = `${NOW.slice(2, 4)}${NOW.slice(5, 7)}.00077`;

const story = stories(serveSite);
const storyWithArxiv = stories(async () => {
  const papers = manyPapers(1, { id: NEW, versions: [{ at: NOW }], datestamp: NOW.slice(0, 10) });
  const arxiv = await startArxiv({ papers });
  const site = await serveSite({ settings: arxiv.settings });
  return {
    ...site,
    arxiv,
    async [Symbol.asyncDispose]() {
      await site[Symbol.asyncDispose]();
      await arxiv[Symbol.asyncDispose]();
    },
  };
});

/** Another person in a browser of their own. */
async function another(page: Page, site: ServedSite, email: string, scripts: boolean, role: 'reader' | 'moderator') {
  const browser = page.context().browser();
  if (!browser) throw new Error('no browser');
  const context = await browser.newContext({ baseURL: site.url, javaScriptEnabled: scripts });
  await site.signIn(context, email, { role });
  return { page: await context.newPage(), [Symbol.asyncDispose]: async () => await context.close() };
}

async function tabTo(page: Page, selector: string): Promise<void> {
  for (let presses = 0; presses < 150; presses += 1) {
    await page.keyboard.press('Tab');
    const target = page.locator(selector).first();
    if (await target.evaluate((element) => element === element.ownerDocument.activeElement)) return;
  }
  throw new Error(`Tab does not lead to ${selector}`);
}

story(
  'a comment is reported, decided on and hidden from everybody else, and the log says why',
  async ({ page, site, scripts }) => {
    await site.signIn(page.context(), 'ada@lab.example');
    await using eve = await another(page, site, 'eve@lab.example', scripts, 'reader');
    await using mo = await another(page, site, 'mo@lab.example', scripts, 'moderator');
    await eve.page.goto(PATH);
    await eve.page.locator('#write textarea').fill('Buy cheap stars now');
    await eve.page.locator('#write').getByRole('button', { name: 'Post' }).click();
    await eve.page.waitForURL(/#c-/);

    await page.goto(PATH);
    await page.locator('.letter').getByRole('link', { name: 'Report' }).click();
    await page.getByLabel('What is wrong with it?').fill('An advertisement');
    await page.getByRole('button', { name: 'Tell the moderators' }).click();
    await page.getByRole('heading', { name: 'Thank you' }).waitFor();

    await mo.page.goto('/moderation');
    assert.match(await mo.page.locator('main').innerText(), /A comment on 2509\.21043: “An advertisement”/);
    await mo.page.locator('main').getByRole('link', { name: 'A comment on' }).click();
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
    assert.match(await mo.page.locator('main').innerText(), /@mo hid a comment on 2509\.21043 by @eve: “Advertising”/);
  },
);

story(
  'a paper is hidden with the keyboard alone, and gone from the other browser’s front page',
  async ({ page, site, scripts }) => {
    await site.signIn(page.context(), 'mo@lab.example', { role: 'moderator' });
    await using ada = await another(page, site, 'ada@lab.example', scripts, 'reader');
    await ada.page.goto('/');
    const card = ada.page.locator('article.card').first();
    const id = ((await card.getAttribute('id')) ?? '').replace(/^p-/, '');
    await page.goto(`/papers/${id}`);
    await tabTo(page, `a[href*="/moderation/act?kind=paper"]`);
    await page.keyboard.press('Enter');
    await page.waitForURL(/moderation\/act/);
    await tabTo(page, 'textarea[name=reason]');
    await page.keyboard.type('Not a paper');
    await tabTo(page, 'button[value=hide]');
    await page.keyboard.press('Enter');
    await page.getByText('It is hidden.').waitFor();
    // Pages are kept for a second.
    await new Promise((resolve) => setTimeout(resolve, 1_200));
    await ada.page.goto('/');
    assert.equal(await ada.page.locator(`[id="p-${id}"]`).count(), 0);
    assert.equal((await ada.page.goto(`/papers/${id}`))?.status(), 404);
    await page.goto(`/papers/${id}`);
    assert.match(await page.locator('main').innerText(), /Hidden from readers\./);
  },
  { allow: /404/ },
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
  await site.signIn(page.context(), 'ada@lab.example');
  site.arxiv.fail({ kind: 'status', status: 403 }, { service: 'api' });
  await page.goto(SUBMIT);
  await page.getByLabel('arXiv id or address').fill(NEW);
  await page.getByRole('button', { name: 'Submit it for today' }).click();
  await page.getByRole('heading', { name: `${NEW} is being fetched` }).waitFor();
  assert.match(await page.locator('main').innerText(), /Your submission is kept[\s\S]*One try has failed/);
  await site.db.updateTable('submission_requests').set({ next_at: 0 }).execute();
  await fetchSubmitted(site.app);
  // Without a press of “Look again”: the page looks by itself.
  await page.waitForURL(`**/papers/${NEW}`);
  assert.match(await page.locator('main').innerText(), /Submitted by\s+@ada/);
});

let browser: Browser;
before(async () => void (browser = await launch()));
after(async () => await browser.close());

for (const colorScheme of ['light', 'dark'] as const) {
  test(`the pages that submit and moderate are accessible (${colorScheme})`, async () => {
    await using site = await serveSite();
    const context = await browser.newContext({ baseURL: site.url, colorScheme, bypassCSP: true });
    const other = await browser.newContext();
    const { id: userId } = await site.signIn(other, 'eve@lab.example');
    await other.close();
    const by = await site.signIn(context, 'root@lab.example', { role: 'admin' });
    const said = { reason: 'An advertisement, in fact', now: Date.now() };
    const moderating = { ...said, by };
    await report(site.db, { kind: 'paper', id: PAPER, userId, ...said });
    await setHidden(site.db, { kind: 'paper', id: '2310.02541' }, true, moderating);
    await setBanned(site.db, userId, true, moderating);
    const page = await context.newPage();
    const folder = process.env['TEST_PICTURES'];
    for (const path of [
      SUBMIT,
      `${PATH}/links`,
      `/report?kind=paper&id=${PAPER}`,
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
      if (folder === undefined) continue;
      for (const width of [360, 1200]) {
        await page.setViewportSize({ width, height: 760 });
        await page.screenshot({ path: `${folder}/${path.replaceAll(/\W+/g, '-')}-${width}-${colorScheme}.png` });
      }
    }
    await context.close();
  });
}
