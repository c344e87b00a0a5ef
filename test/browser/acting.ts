/** What several stories do: another person comes in, somebody uses the keyboard alone. */

import type { Page } from 'playwright-core';
import type { PersonOptions } from '../people.ts';
import type { ServedSite } from './served-site.ts';

export interface Another extends AsyncDisposable {
  page: Page;
}

/** Another person in a browser of their own, with scripts or without like the first. */
export async function another(
  page: Page,
  site: ServedSite,
  email: string,
  scripts: boolean,
  options: PersonOptions = {},
): Promise<Another> {
  const browser = page.context().browser();
  if (!browser) throw new Error('no browser');
  const context = await browser.newContext({ baseURL: site.url, javaScriptEnabled: scripts });
  context.setDefaultTimeout(10_000);
  await site.signIn(context, email, options);
  return { page: await context.newPage(), [Symbol.asyncDispose]: async () => await context.close() };
}

/** Presses Tab until the first that `selector` (CSS) finds has the focus. */
export async function tabTo(page: Page, selector: string): Promise<void> {
  for (let presses = 0; presses < 150; presses += 1) {
    await page.keyboard.press('Tab');
    // A locator would ask the browser three times, after each of a hundred presses.
    if (await page.evaluate(`document.activeElement === document.querySelector(${JSON.stringify(selector)})`)) return;
  }
  throw new Error(`Tab does not lead to ${selector}`);
}

/** By keyboard: goes to it, and presses it. */
export async function pressOn(page: Page, selector: string): Promise<void> {
  await tabTo(page, selector);
  await page.keyboard.press('Enter');
}

/** By keyboard: goes to it, and types. */
export async function typeInto(page: Page, selector: string, text: string): Promise<void> {
  await tabTo(page, selector);
  await page.keyboard.type(text);
}
