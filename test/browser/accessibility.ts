/** Asks axe-core whether a page meets WCAG 2.2 AA in light and dark, as far as a machine can tell. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Browser, Page } from 'playwright-core';

/** The small build: a page reads it twice as fast, and each page has to. */
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
/** Landmarks and the order of headings, among other things. */
const TAGS = [...WCAG, 'best-practice'];
/** What depends on the colour scheme, which sets colours and nothing else (styles/tokens.css). */
const OF_COLOURS = { type: 'rule', values: ['color-contrast', 'link-in-text-block'] };

/** Fails with each violated rule and where. axe runs as a script in the page, which the site's policy forbids: it is lifted here, and only here. */
export async function assertAccessible(browser: Browser, url: string): Promise<void> {
  const context = await browser.newContext({ bypassCSP: true });
  try {
    const page = await context.newPage();
    await page.goto(url);
    await assertPageAccessible(page);
  } finally {
    await context.close();
  }
}

/** The same of a page as it stands now, in a context that was opened with `bypassCSP`. */
export async function assertPageAccessible(page: Page, { isMail = false } = {}): Promise<void> {
  await page.emulateMedia({ colorScheme: 'light' });
  // As an expression without a value, so that nothing of it is sent back.
  await page.evaluate(`${AXE}\n;undefined`);
  // A mail has no landmarks: the program in which it is read has them.
  await assertNone(page, 'in light', isMail ? WCAG : TAGS);
  await page.emulateMedia({ colorScheme: 'dark' });
  await assertNone(page, 'in the dark', OF_COLOURS);
}

async function assertNone(page: Page, looks: string, runOnly: unknown): Promise<void> {
  const run = `axe.run(document, { runOnly: ${JSON.stringify(runOnly)}, resultTypes: ['violations'] })
    .then(({ violations }) => ({ violations }))`;
  const { violations } = await page.evaluate<Pick<AxeResults, 'violations'>>(run);
  const found = violations.flatMap(({ id, help, nodes }) => nodes.map((node) => `${id}: ${help}: ${node.html}`));
  assert.deepEqual(found, [], `${page.url()} is not accessible ${looks}`);
}
