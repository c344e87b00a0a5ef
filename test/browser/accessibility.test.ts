/** Every page, light and dark, asked by axe-core. */

import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { makeDraft, save } from '../drafts.ts';
import { assertPageAccessible } from './accessibility.ts';
import { sharedBrowser } from './browser.ts';
import { serveSite } from './served-site.ts';
import type { ServedSite } from './served-site.ts';

const browser = sharedBrowser();
let site: ServedSite;
/** One for all: a process of the browser for each page took as long as asking axe. */
let page: Page;

before(async () => {
  site = await serveSite();
  page = await (await (await browser()).newContext({ bypassCSP: true, baseURL: site.url })).newPage();
  await save(
    site.db,
    makeDraft(1, {
      title: 'Formulas $x^2$',
      abstract: 'With $\\alpha_1$ inside.',
      withdrawn: true,
      announcedOn: '2026-01-07',
    }),
  );
});
after(async () => await site[Symbol.asyncDispose]());

const PAGES = [
  '/papers/date/2026-01-06',
  '/papers/date/2026-01-07',
  '/papers/date/2026-01-08',
  '/papers/week/2026-W02',
  '/papers/2509.21043',
  '/papers/2601.00001',
  '/authors/yixiao-huang',
  '/categories/cs.LG',
  '/categories',
  '/organizations',
  '/organizations/deepmind',
  '/search',
  '/search?q=generalization',
  '/search?q=xylophonology',
  '/search?q=model+category%3Acs.LG+year%3A2025+after%3Ayesterday',
  '/search?q=model+year%3A1999',
  `/search?q=${'word+'.repeat(60)}`,
  '/similar',
  '/similar?id=2310.02541&id=2509.21043&id=nope&text=a+text&sort=date',
  '/about',
  '/subscribe/preview',
  '/papers/9999.99999',
  '/papers/date/nope',
];

for (const path of PAGES) {
  test(path, async () => {
    await page.goto(path);
    await assertPageAccessible(page, { isMail: path === '/subscribe/preview' });
  });
}
