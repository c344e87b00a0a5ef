/** Searching beyond the first words, told to a real browser with JavaScript on and off. */

import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { indexDue } from '#search/index-due.ts';
import { makeDraft, save } from '../drafts.ts';
import { stories } from './browser.ts';
import { serveSite } from './served-site.ts';

const story = stories(serveSite);

const cards = async (page: Page) => await page.locator('article.card').count();
const ids = async (page: Page) =>
  await page.locator('article.card').evaluateAll((all) => all.map(({ id }) => id.slice('p-'.length)));

story(
  'a searcher narrows the results down, changes their order, and takes the filters away again',
  async ({ page }) => {
    await page.goto('/search?q=generalization');
    const all = await cards(page);
    assert.ok((await page.locator('article.card mark').count()) > 0);
    await page.locator('.facet a', { hasText: 'cs.LG' }).click();
    await page.waitForURL('**/search?q=generalization%20category%3Acs.LG');
    const narrowed = await cards(page);
    assert.ok(narrowed > 0 && narrowed <= all, `${narrowed} of ${all}`);
    assert.equal(await page.locator('h1').innerText(), 'generalization');
    await page.locator('.sorts a', { hasText: 'Newest' }).click();
    await page.waitForURL(/sort%3Anew/);
    const days = await page
      .locator('article.card time')
      .evaluateAll((all) => all.map((one) => one.getAttribute('datetime') ?? ''));
    assert.deepEqual(
      days,
      days.toSorted((a, b) => (a < b ? 1 : -1)),
    );
    await page.locator('.chip', { hasText: 'category:cs.LG' }).click();
    await page.waitForURL('**/search?q=generalization%20sort%3Anew');
    assert.equal(await cards(page), all);
  },
);

story(
  'the line on top stays where it is with and without ways to narrow down; orders and ways to follow fill their lines',
  async ({ page }) => {
    await page.setViewportSize({ width: 1280, height: 900 });
    const placeOf = async (selector: string) => await page.locator(selector).boundingBox();
    await page.goto('/about');
    const [name, box] = [await placeOf('.top-name'), await placeOf('.top input')];
    await page.goto('/search?q=generalization');
    assert.ok(await page.locator('.facets').isVisible());
    assert.deepEqual([await placeOf('.top-name'), await placeOf('.top input')], [name, box]);
    for (const width of [1280, 360]) {
      await page.setViewportSize({ width, height: 900 });
      const [follow, mail] = [await placeOf('.search-tools .feed-link'), await placeOf('.alert')];
      assert.ok(follow && mail && mail.y < follow.y + follow.height && mail.x > follow.x, `${width} px`);
      const [sorts, tips] = [await placeOf('.sorts'), await placeOf('.search-help')];
      assert.ok(sorts && tips && tips.y < sorts.y + sorts.height, `${width} px`);
    }
  },
  { scripts: 'off' },
);

story('a link for the keyboard leads past orders and filters to the results', async ({ page }) => {
  await page.goto('/search?q=generalization');
  await page.locator('main .skip').focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  const [first] = await ids(page);
  assert.equal(await page.evaluate('document.activeElement?.closest("article")?.id'), `p-${first}`);
});

story('the search tips open in place and their examples work', async ({ page }) => {
  await page.goto('/search?q=generalization');
  const example = page.locator('.search-help a', { hasText: 'category:cs.LG' });
  assert.equal(await example.isVisible(), false);
  await page.locator('.search-help summary').click();
  await example.click();
  await page.waitForURL('**/search?q=category%3Acs.LG');
  assert.ok((await cards(page)) > 0);
});

story('an abstract begins where its words are, and opens whole', async ({ page, site }) => {
  const filler = 'Nothing to see in this sentence of many words. ';
  await save(site.db, makeDraft(1, { abstract: `${filler.repeat(12)}Here live quokkas. ${filler.repeat(12)}` }));
  await indexDue(site.db);
  await page.goto('/search?q=quokkas');
  const abstract = page.locator('#p-2601\\.00001 .abstract');
  assert.ok(await abstract.locator('mark').isVisible());
  assert.equal(await abstract.locator('.before').isVisible(), false);
  await page.locator('#p-2601\\.00001 summary').click();
  assert.ok(await abstract.locator('.before').isVisible());
});

story(
  'a search goes on beyond its first page, without repeats or gaps, while papers arrive',
  async ({ page, site, scripts }) => {
    const drafts = Array.from({ length: 25 }, (_, at) => makeDraft(at + 1, { title: `Weather report ${at + 1}` }));
    await save(site.db, ...drafts);
    await indexDue(site.db);
    await page.goto('/search?q=weather');
    const more = page.locator('a[rel=next]', { hasText: 'More' });
    const seen = scripts ? [] : await ids(page);
    for (let number = 100; (await more.count()) > 0; number++) {
      // Each moves the scores of all others.
      await save(site.db, makeDraft(number, { title: 'Weather, and the report of weather' }));
      await indexDue(site.db);
      const before = page.url();
      const shown = await cards(page);
      if (scripts) {
        await page.locator('article.card').last().scrollIntoViewIfNeeded();
        await page.locator('article.card').nth(shown).waitFor();
      } else {
        await more.click();
        await page.waitForURL((url) => url.href !== before);
        seen.push(...(await ids(page)));
      }
    }
    if (scripts) seen.push(...(await ids(page)));
    assert.equal(new Set(seen).size, seen.length, 'nothing repeats');
    assert.deepEqual(
      drafts.map(({ id }) => id).filter((id) => !seen.includes(id)),
      [],
      'nothing is lost',
    );
  },
);

story('papers like one, then like two, then like one and a text of one’s own', async ({ page }) => {
  await page.goto('/papers/2310.02541');
  assert.ok((await page.locator('#similar li').count()) >= 5);
  await page.locator('#similar .button').click();
  await page.waitForURL('**/similar?id=2310.02541');
  await page.locator('#like input[name=id]:not([type=hidden])').fill('https://arxiv.org/abs/2509.21043v2');
  await page.locator('#like button').click();
  await page.waitForURL('**/similar?id=2310.02541&id=2509.21043');
  assert.equal(await page.locator('.chip').count(), 2);
  await page.locator('.chip', { hasText: 'Benign' }).click();
  await page.waitForURL('**/similar?id=2509.21043');
  await page
    .locator('#like textarea')
    .fill('How networks learn modular addition, and grokking long after overfitting. '.repeat(60));
  await page.locator('#like button').click();
  await page.waitForURL('**/similar');
  assert.ok((await ids(page)).includes('2310.02541'));
  const chips = page.locator('.chip');
  assert.equal(await chips.count(), 2);
  await page.locator('.sorts button', { hasText: 'Newest' }).click();
  await page.locator('.sorts [aria-current]', { hasText: 'Newest' }).waitFor();
  await chips.first().click();
  await page.locator('h1', { hasText: 'Papers like this text' }).waitFor();
  assert.equal(await page.locator('.sorts [aria-current]').innerText(), 'Newest');
  await chips.click();
  await page.locator('h1', { hasText: 'some you know' }).waitFor();
});

story('with the keyboard alone: search, narrow down, open', async ({ page }) => {
  await page.goto('/');
  for (const key of ['Tab', 'Tab']) await page.keyboard.press(key); // past the link to the content
  await page.keyboard.type('generalization');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/search?q=generalization');
  const inFocus = async () => String(await page.evaluate('document.activeElement.textContent')).trim();
  const tabTo = async (label: RegExp) => {
    for (let presses = 0; presses < 40; presses += 1) {
      await page.keyboard.press('Tab');
      if (label.test(await inFocus())) return;
    }
    throw new Error(`no way to ${String(label)}`);
  };
  await tabTo(/^cs\.LG/);
  await page.keyboard.press('Enter');
  await page.waitForURL(/category/);
  await tabTo(/^Newest/);
  await page.keyboard.press('Enter');
  await page.waitForURL(/sort/);
  await tabTo(/^Remove category:cs\.LG/);
  await page.keyboard.press('Enter');
  await page.waitForURL('**/search?q=generalization%20sort%3Anew');
});
