/** What somebody sees who follows a list, or opens a feed in a browser by chance; with JavaScript on and off. */

import assert from 'node:assert/strict';
import { makeDraft, save } from '../drafts.ts';
import { stories } from './browser.ts';
import { serveSite } from './served-site.ts';

const story = stories(serveSite);

for (const extension of ['atom', 'rss'])
  story(`a feed opened in a browser (.${extension}) says what it is for and leads back`, async ({ page, site }) => {
    await page.goto(`/categories/cs.LG.${extension}`);
    assert.match(await page.title(), /^Machine Learning/);
    assert.equal(await page.locator('.note h1, .note h\\:h1').innerText(), 'Machine Learning · Daily Papers');
    assert.match(await page.locator('.note').innerText(), /This address is for feed readers/);
    assert.equal(await page.locator('.address').innerText(), `${site.url}/categories/cs.LG.${extension}`);
    assert.ok(await page.getByText('Evaluating Gemini Robotics Policies in a Veo World Simulator').isVisible());
    for (const [what, expected] of [
      // What is written for programs is not in the way.
      [
        '[...document.querySelectorAll("id, guid, link, content, description, uri")].every((one) => one.getClientRects().length === 0)',
        true,
      ],
      ['document.documentElement.scrollWidth <= innerWidth', true],
      // The sixth author stands for all others, and is not named.
      [
        '[...document.querySelectorAll("creator:nth-of-type(6), author:nth-of-type(6) > name")].every((one) => getComputedStyle(one).fontSize === "0px")',
        true,
      ],
      // A feed without a style sheet is black on white.
      ['getComputedStyle(document.documentElement).backgroundColor', 'rgb(251, 250, 246)'],
    ] as const)
      assert.equal(await page.evaluate(what), expected, what);
    await page.getByText('Read it as a page').click();
    await page.waitForURL('**/categories/cs.LG');
  });

story('no title breaks a feed for a browser, which stops at the first fault', async ({ page, site }) => {
  const title = `Hostile ]]> </title></h:div> <script>alert(1)</script> &nbsp; \u0001\uFFFE\uD800 "x" 'y' end`;
  await save(site.db, makeDraft(1, { title, abstract: title, categories: ['math.AG'] }));
  for (const extension of ['atom', 'rss']) {
    await page.goto(`/categories/math.AG.${extension}`);
    assert.equal(await page.locator('parsererror').count(), 0);
    const shown = page.locator(':is(entry, item) > title');
    assert.equal(await shown.isVisible(), true);
    assert.match(
      (await shown.textContent()) ?? '',
      /^Hostile \]\]> <\/title><\/h:div> <script>alert\(1\)<\/script>.* end$/,
    );
  }
});

story('a search can be followed from its page', async ({ page }) => {
  await page.goto('/search?q=generalization');
  await page.getByRole('link', { name: 'Follow this search' }).click();
  await page.waitForURL('**/search.atom?q=generalization');
  assert.match(await page.locator('.note').innerText(), /Search: generalization/);
  await page.getByText('Read it as a page').click();
  await page.waitForURL('**/search?q=generalization');
});

story('every list names its feeds to readers in its head, and other pages the newest papers', async ({ page }) => {
  for (const [path, feed] of [
    ['/', '/papers.atom'],
    ['/papers/week/2026-W02', '/papers/week/2026-W02.atom'],
    ['/categories/cs.LG', '/categories/cs.LG.atom'],
    ['/search?q=model', '/search.atom?q=model'],
    ['/papers/2310.02541', '/papers/2310.02541/comments.atom'],
    ['/about', '/papers.atom'],
  ] as const) {
    await page.goto(path);
    const links = page.locator('head link[rel=alternate]:is([type*=atom], [type*=rss], [type*=feed])');
    assert.deepEqual(
      await links.evaluateAll((all) => all.map((link) => link.getAttribute('type'))),
      ['application/atom+xml', 'application/rss+xml', 'application/feed+json'],
      path,
    );
    assert.equal(await links.first().getAttribute('href'), feed);
    for (const link of await links.all()) {
      const answer = await page.request.get((await link.getAttribute('href')) ?? '');
      assert.equal(answer.status(), 200);
      assert.match(
        answer.headers()['content-type'] ?? '',
        new RegExp(String(await link.getAttribute('type')).replace('+', '\\+')),
      );
    }
  }
});
