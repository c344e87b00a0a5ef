/** Two people vote, and the trending papers change places for reasons that the page gives; with JavaScript on and off. */

import assert from 'node:assert/strict';
import { rankDue } from '#ranking/rank-due.ts';
import { assertAccessible } from './accessibility.ts';
import { stories } from './browser.ts';
import { serveSite } from './served-site.ts';

const story = stories(async () => {
  const site = await serveSite();
  await rankDue({ db: site.db, now: Date.now() });
  return site;
});

const LONG_AGO = Date.parse('2020-01-01');

story('two people vote, and the papers change places', async ({ page, site }) => {
  await site.signIn(page.context(), 'ada@lab.example', { createdAt: LONG_AGO });
  const browser = page.context().browser();
  assert.ok(browser);
  const other = await browser.newContext({ baseURL: site.url });
  try {
    await site.signIn(other, 'bob@lab.example', { createdAt: LONG_AGO });
    const second = await other.newPage();

    await page.goto('/papers/trending');
    const titles = async () => await page.locator('.card h2').allInnerTexts();
    const [, , third = '', , fifth = ''] = await titles();
    const vote = async (by: typeof page, title: string) => {
      const card = by.locator('.card', { has: by.getByRole('heading', { name: title, exact: true }) });
      await Promise.all([
        by.waitForResponse((answer) => answer.request().method() === 'POST' && answer.url().endsWith('/upvote')),
        card.getByRole('button', { name: /^Upvote/ }).click(),
      ]);
    };
    await vote(page, fifth);
    await site.app.later.settled();
    await page.goto('/papers/trending');
    assert.equal((await titles())[0], fifth);

    await second.goto('/papers/trending');
    await vote(second, fifth);
    await site.app.later.settled();
    await second.goto('/papers/trending');
    await vote(second, third);
    await site.app.later.settled();
    await page.goto('/papers/trending');
    assert.deepEqual((await titles()).slice(0, 2), [fifth, third]);

    const first = page.locator('.card').first();
    const why = first.getByText(/2 people voted for it\./);
    assert.equal(await why.isVisible(), false);
    await first.getByText('Why is it here?').click();
    assert.equal(await why.isVisible(), true);
    await assertAccessible(browser, `${site.url}/papers/trending`);
    await first.getByRole('link', { name: 'How papers are ranked' }).click();
    await page.waitForURL('**/about/ranking');
    await assertAccessible(browser, `${site.url}/about/ranking`);
  } finally {
    await other.close();
  }
});

story('the orders are links that the keyboard reaches', async ({ page }) => {
  await page.goto('/');
  await page.getByRole('navigation', { name: 'Site' }).getByRole('link', { name: 'Trending' }).press('Enter');
  await page.waitForURL('**/papers/trending');
  const order = page.getByRole('navigation', { name: 'Order' });
  assert.equal(await order.getByRole('link', { name: 'Trending' }).getAttribute('aria-current'), 'page');
  await order.getByRole('link', { name: 'Most discussed' }).press('Enter');
  await page.waitForURL('**/papers/trending?sort=comments');
  await page.getByRole('navigation', { name: 'Period' }).getByRole('link', { name: 'Month' }).press('Enter');
  await page.waitForURL('**/papers/trending?sort=comments&period=month');
  assert.equal(await page.locator('h1').innerText(), 'Most discussed');
});
