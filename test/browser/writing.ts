/** What the stories of writing on a paper's page share. */

import type { Page } from 'playwright-core';

export const PAPER = '/papers/2509.21043';
export const HALF = 'Half a thought, with $x^2$';

export const box = (page: Page) => page.locator('#write textarea');
export const pathOf = (page: Page) => new URL(page.url()).pathname + new URL(page.url()).search;

/** Somebody says something, to be reacted to and answered. */
export async function say(page: Page, text: string): Promise<void> {
  await page.goto(PAPER);
  await box(page).fill(text);
  await page.locator('#write').getByRole('button', { name: 'Post' }).click();
  await page.waitForURL(/#c-/);
}
