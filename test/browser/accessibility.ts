/** Asks axe-core whether a page meets WCAG 2.2 AA, as far as a machine can tell. */

import assert from 'node:assert/strict';
import axe from 'axe-core';
import type { AxeResults } from 'axe-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Fails with each violated rule and where. axe runs as a script in the page, which the site's policy forbids: it is lifted here, and only here. */
export async function assertAccessible(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<void> {
  const context = await browser.newContext({ ...options, bypassCSP: true });
  try {
    const page = await context.newPage();
    await page.goto(url);
    await assertPageAccessible(page);
  } finally {
    await context.close();
  }
}

/** The same of a page as it stands now, in a context that was opened with `bypassCSP`. */
export async function assertPageAccessible(page: Page): Promise<void> {
  await page.evaluate(axe.source);
  const run = `axe.run(document, { runOnly: ${JSON.stringify(TAGS)}, resultTypes: ['violations'] })`;
  const { violations } = await page.evaluate<AxeResults>(run);
  const found = violations.flatMap(({ id, help, nodes }) => nodes.map((node) => `${id}: ${help}: ${node.html}`));
  assert.deepEqual(found, [], `${page.url()} is not accessible`);
}
