/** Pictures of the real product with its starter edition: `npm run screenshots [FOLDER]`. */

import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { launch } from './browser/browser.ts';
import { requireChromium } from './chromium.ts';
import { start, temporaryFolder } from './program.ts';

/** What the README shows; a folder named on the command line gets every picture instead. */
const DOCS = fileURLToPath(new URL('../docs/screenshots/', import.meta.url));

interface Picture {
  name: string;
  path: string;
  width: number;
  height: number;
  dark?: true;
  print?: true;
  /** Into the search box. */
  typed?: string;
  /** Whether the repository keeps it. */
  kept?: true;
}

const DESKTOP = { width: 1200, height: 1000 };
const PHONE = { width: 390, height: 844 };
const SMALL_PHONE = { width: 360, height: 740 };
/** A4 at 96 dots an inch. */
const SHEET = { width: 794, height: 1123 };
/** What a mail program leaves to a mail. */
const MAIL = { width: 680, height: 900 };
/** With room for what hangs beside the column. */
const WIDE = { width: 1280, height: 1000 };
const PAPER = '/papers/2509.21043';
const SEARCH = '/search?q=generalization+of+behavior';

const PICTURES: readonly Picture[] = [
  { name: 'front-page', path: '/', ...DESKTOP, kept: true },
  { name: 'front-page-phone-dark', path: '/', ...PHONE, dark: true, kept: true },
  { name: 'paper', path: PAPER, ...DESKTOP, kept: true },
  { name: 'front-page-dark', path: '/', ...DESKTOP, dark: true },
  { name: 'front-page-phone', path: '/', ...PHONE },
  { name: 'front-page-small-phone', path: '/', ...SMALL_PHONE },
  { name: 'front-page-print', path: '/', ...SHEET, print: true },
  { name: 'paper-phone', path: PAPER, ...PHONE },
  { name: 'paper-dark', path: PAPER, ...DESKTOP, dark: true },
  { name: 'paper-print', path: PAPER, ...SHEET, print: true },
  { name: 'search', path: SEARCH, ...WIDE, kept: true },
  { name: 'search-dark', path: SEARCH, ...WIDE, dark: true },
  { name: 'search-phone', path: SEARCH, ...PHONE },
  { name: 'search-small-phone', path: `${SEARCH}+category:cs.LG+after:yesterday`, ...SMALL_PHONE },
  { name: 'search-print', path: SEARCH, ...SHEET, print: true },
  { name: 'search-help', path: '/search', ...DESKTOP },
  { name: 'search-offers', path: '/about', ...DESKTOP, typed: 'learn' },
  { name: 'search-offers-phone', path: '/', ...SMALL_PHONE, typed: 'learn' },
  { name: 'similar', path: `/similar?id=2310.02541&id=${PAPER.split('/').at(-1)}`, ...DESKTOP },
  { name: 'similar-form', path: '/similar', ...PHONE },
  { name: 'trending', path: '/papers/trending', ...DESKTOP },
  { name: 'trending-dark', path: '/papers/trending?sort=upvotes&period=week', ...DESKTOP, dark: true },
  { name: 'trending-small-phone', path: '/papers/trending', ...SMALL_PHONE },
  { name: 'ranking', path: '/about/ranking', ...DESKTOP },
  { name: 'digest', path: '/subscribe/preview', ...MAIL, kept: true },
  { name: 'digest-phone-dark', path: '/subscribe/preview', ...PHONE, dark: true },
  { name: 'subscribe', path: '/subscribe', ...DESKTOP },
  { name: 'subscribe-small-phone', path: '/subscribe', ...SMALL_PHONE },
  { name: 'empty-edition', path: '/papers/date/2020-01-01', ...DESKTOP },
  { name: 'not-found', path: '/papers/2401.99999', ...PHONE },
  { name: 'about', path: '/about', ...DESKTOP },
];

const [named] = process.argv.slice(2);
const folder = named === undefined ? DOCS : resolve(named);
const pictures = PICTURES.filter((picture) => named !== undefined || picture.kept);
process.env['CHROMIUM_PATH'] = requireChromium();
await mkdir(folder, { recursive: true });
await using data = await temporaryFolder();
const product = start(['serve'], { DATA_DIR: data.path, LOG_LEVEL: 'error' });
try {
  const [url] = await product.saw(/http:\/\/\S+/);
  const browser = await launch();
  for (const picture of pictures) {
    await take(browser, url, picture);
    process.stdout.write(`${join(folder, picture.name)}.png\n`);
  }
  await browser.close();
} finally {
  product.kill('SIGTERM');
  await product.finished;
}

async function take(browser: Browser, url: string, picture: Picture): Promise<void> {
  const { name, path, width, height, dark, print, typed } = picture;
  const isPhone = width < 500;
  const options: BrowserContextOptions = {
    viewport: { width, height },
    colorScheme: dark ? 'dark' : 'light',
    locale: 'en-US',
    isMobile: isPhone,
    hasTouch: isPhone,
  };
  const context = await browser.newContext(options);
  const page = await context.newPage();
  if (print) await page.emulateMedia({ media: 'print' });
  await page.goto(url + path, { waitUntil: 'networkidle' });
  if (typed !== undefined) {
    await page.locator('.top input').pressSequentially(typed);
    await page.locator('[role=option]').first().waitFor();
    await page.keyboard.press('ArrowDown');
  }
  await page.screenshot({ path: join(folder, `${name}.png`) });
  await context.close();
}
