/** What a reader does with the front page, told to a real browser with JavaScript on and off. */

import assert from 'node:assert/strict';
import { indexDue } from '#search/index-due.ts';
import { makeDraft, save } from '../drafts.ts';
import { stories } from './browser.ts';
import { serveSite } from './served-site.ts';

const story = stories(serveSite);

story('a reader scans the front page, opens a paper and comes back', async ({ page }) => {
  await page.goto('/');
  assert.equal(await page.locator('h1').count(), 1);
  assert.match(await page.locator('h1').innerText(), /Tuesday, January 6, 2026/);
  const first = page.locator('article.card').first();
  const title = await first.locator('h2').innerText();
  await first.locator('h2 a').click();
  await page.waitForURL('**/papers/2310.02541');
  assert.equal(await page.locator('h1').innerText(), title);
  await page.goBack();
  await page.waitForURL(/\/$/);
});

story('an abstract opens in place', async ({ page }) => {
  await page.goto('/');
  const card = page.locator('article.card').nth(1);
  const abstract = card.locator('.abstract');
  const clamped = (await abstract.boundingBox())?.height ?? 0;
  await card.locator('summary').click();
  const open = (await abstract.boundingBox())?.height ?? 0;
  assert.ok(clamped > 0 && open > clamped * 1.5, `${clamped} px, then ${open} px`);
});

story('all 57 papers of the edition can be reached', async ({ page, scripts }) => {
  await page.goto('/');
  if (scripts) {
    await page.locator('article.card').last().scrollIntoViewIfNeeded();
    await page.locator('article.card').nth(56).waitFor();
    assert.equal(await page.locator('article.card').count(), 57);
    assert.equal(await page.locator('a[rel=next]', { hasText: 'More' }).count(), 0);
    return;
  }
  assert.equal(await page.locator('article.card').count(), 50);
  await page.locator('a[rel=next]', { hasText: 'More' }).click();
  await page.waitForURL(/after=/);
  assert.equal(await page.locator('article.card').count(), 7);
});

story(
  'when the network fails, the plain link still leads on',
  async ({ page }) => {
    await page.goto('/');
    await page.route(/after=/, async (route) => await route.abort(), { times: 1 });
    await page.locator('article.card').last().scrollIntoViewIfNeeded();
    const link = page.locator('a[rel=next]', { hasText: 'More' });
    await page.waitForTimeout(300);
    await link.click();
    await page.waitForFunction(
      "document.querySelectorAll('article.card').length === 57 || location.search.includes('after=')",
    );
  },
  { scripts: 'on', allow: /net::ERR_FAILED/ },
);

story('a searcher finds a paper by its words', async ({ page }) => {
  await page.goto('/');
  await page.locator('input[type=search]').first().fill('grokking xor');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/search\?q=grokking/);
  assert.match(await page.locator('article.card h2').first().innerText(), /Benign Overfitting and Grokking/);
});

story('the date picker and the neighbours lead from edition to edition', async ({ page, site }) => {
  await save(site.db, makeDraft(1, { announcedOn: '2025-12-29' }));
  await page.goto('/');
  await page.locator('a[rel=prev]').first().click();
  await page.waitForURL('**/papers/date/2025-12-29');
  await page.locator('input[type=date]').fill('2026-01-06');
  await page.locator('form:has(input[type=date]) button').click();
  await page.waitForURL('**/papers/date/2026-01-06');
  assert.ok((await page.locator('article.card').count()) >= 50);
});

story('hostile titles and formulas show inert', async ({ page, site }) => {
  const title = 'A <img src=x onerror="document.title=1"> title with $\\sum_{i=1}^n x_i^2$ and \u202Ereversed';
  await save(site.db, makeDraft(1, { title, abstract: `${title} `.repeat(50), announcedOn: '2026-01-07' }));
  await indexDue(site.db);
  for (const path of ['/papers/date/2026-01-07', '/papers/2601.00001', '/search?q=hostile+title']) {
    await page.goto(path);
    assert.equal(await page.locator('main img').count(), 0);
    assert.match(await page.locator('main').innerText(), /<img src=x/);
    assert.ok((await page.locator('main math').count()) > 0);
  }
});

story(
  'a printed list stays on its sheet',
  async ({ page, site }) => {
    const names = Array.from({ length: 60 }, (_, number) => ({
      family: `Name${number}`,
      given: 'A.',
      suffix: '',
      affiliation: '',
    }));
    await save(site.db, makeDraft(1, { authors: names, announcedOn: '2026-01-07' }));
    await page.emulateMedia({ media: 'print' });
    for (const path of ['/papers/date/2026-01-06', '/papers/2601.00001']) {
      await page.goto(path);
      const outside = `[...document.querySelectorAll('main *')].filter((one) => {
        const { left, right, width } = one.getBoundingClientRect();
        return width > 1 && (left < 0 || right > innerWidth);
      }).length`;
      assert.equal(await page.evaluate(outside), 0, path);
      assert.equal(await page.locator('#cite:visible, .more:visible').count(), 0);
    }
  },
  // A4 without its margins, at 96 dots an inch.
  { scripts: 'on', context: { viewport: { width: 794, height: 1123 } } },
);

story(
  'nothing is wider than a small phone',
  async ({ page, site }) => {
    await save(
      site.db,
      makeDraft(1, { title: 'Averyverylongwordwithoutanyspaces'.repeat(5), announcedOn: '2026-01-07' }),
    );
    for (const path of [
      '/',
      '/papers/date/2026-01-07',
      '/papers/2601.00001',
      '/papers/2509.21043',
      '/search?q=model',
      '/search?q=model+category%3Acs.LG+after%3Ayesterday',
      `/search?q=${'averyveryverylongword'.repeat(8)}`,
      '/search',
      '/similar',
      `/similar?id=2310.02541&id=${'averyveryverylongid'.repeat(8)}`,
      '/about',
      '/categories',
      '/papers/date/nope',
      '/nope',
    ]) {
      await page.goto(path);
      const width = await page.evaluate('document.documentElement.scrollWidth');
      assert.ok(Number(width) <= 360, `${path} is ${String(width)} px wide`);
    }
  },
  { scripts: 'on', context: { viewport: { width: 360, height: 740 } }, allow: /40[04]/ },
);

story(
  'the keyboard walks the cards, opens one, searches, explains itself',
  async ({ page }) => {
    await page.goto('/');
    const focused = async () =>
      await page.evaluate('document.activeElement?.closest(".card")?.id ?? document.activeElement?.tagName');
    await page.keyboard.press('j');
    assert.equal(await focused(), 'p-2310.02541');
    await page.keyboard.press('j');
    assert.equal(await focused(), 'p-2410.21228');
    await page.keyboard.press('k');
    assert.equal(await focused(), 'p-2310.02541');
    await page.keyboard.press('?');
    await page.locator('dialog[open]').waitFor();
    await page.keyboard.press('Escape');
    await page
      .locator('dialog[open]')
      .waitFor({ state: 'detached' })
      .catch(() => undefined);
    assert.equal(await page.locator('dialog[open]').count(), 0);
    await page.keyboard.press('/');
    await page.keyboard.type('j and k are letters here');
    assert.equal(await page.locator('input[type=search]').first().inputValue(), 'j and k are letters here');
    await page.goto('/');
    await page.keyboard.press('j');
    await page.keyboard.press('o');
    await page.waitForURL('**/papers/2310.02541');
  },
  { scripts: 'on' },
);

story('the BibTeX entry is copied with one press, and downloads without JavaScript', async ({ page, scripts }) => {
  await page.goto('/papers/2310.02541');
  if (scripts) {
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.locator('copy-text button').click();
    assert.match(String(await page.evaluate('navigator.clipboard.readText()')), /^@misc\{/);
  } else {
    assert.equal(await page.locator('copy-text button').count(), 0);
  }
  const [download] = await Promise.all([page.waitForEvent('download'), page.locator('a[href$=".bib"]').last().click()]);
  assert.match(download.suggestedFilename(), /\.bib$/);
});
