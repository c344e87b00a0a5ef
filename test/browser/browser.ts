/** Browser stories: each is told twice to a real Chromium, with JavaScript and without. */

import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { chromium } from 'playwright-core';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';

/** What a story is told about: an own site for each telling, so that stories do not see each other's votes. */
export interface Site extends AsyncDisposable {
  /** Where it listens: http://127.0.0.1:PORT. */
  url: string;
}

export interface Telling<S extends Site> {
  page: Page;
  site: S;
  /** Whether JavaScript is on. */
  scripts: boolean;
}

export interface StoryOptions {
  /** Tell it only once, for what is about scripts alone. */
  scripts?: 'on' | 'off';
  /** Console errors that belong to the story: a page that answers 404 logs one. */
  allow?: RegExp;
  context?: BrowserContextOptions;
}

export type Story<S extends Site> = (
  name: string,
  tell: (telling: Telling<S>) => Promise<void>,
  options?: StoryOptions,
) => void;

/** Nothing that a browser does by itself: no updates, no calls home. */
const QUIET = ['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'];
const STILL = ['--disable-component-update', '--disable-sync', '--disable-default-apps'];
/** Each reader has a process of their own anyway; without this one has another for the empty page that comes first. */
const FEW = ['--renderer-process-limit=1'];

/** Long enough for a slow machine, short enough to say what was missing before the test itself times out. */
const PATIENCE_MS = 10_000;

export async function launch(): Promise<Browser> {
  const executablePath = process.env['CHROMIUM_PATH'] ?? '';
  if (executablePath === '')
    throw new Error('Set CHROMIUM_PATH to a Chromium, or run the stories with npm test, which does.');
  // Chromium's sandbox does not work for root, which is what containers run as.
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return await chromium.launch({ executablePath, args: [...sandbox, ...QUIET, ...STILL, ...FEW] });
}

let shared: { browser?: Promise<Browser> } | undefined;

/** The one browser of a test file, for a call at its top: it opens when it is first asked for, and closes after the tests. */
export function sharedBrowser(): () => Promise<Browser> {
  const mine = (shared ??= closedAfterwards());
  return async () => await (mine.browser ??= launch());
}

function closedAfterwards(): { browser?: Promise<Browser> } {
  const opened: { browser?: Promise<Browser> } = {};
  after(async () => {
    shared = undefined; // another file in this process opens its own
    await (await opened.browser)?.close();
  });
  return opened;
}

/** Call at the top of a test file; what it returns declares stories, which share one browser. */
export function stories<S extends Site>(openSite: () => Promise<S>): Story<S> {
  const browser = sharedBrowser();
  return (name, tell, options = {}) => {
    describe(name, () => {
      for (const scripts of [true, false]) {
        const mode = scripts ? 'on' : 'off';
        if (options.scripts !== undefined && options.scripts !== mode) continue;
        test(`JavaScript ${mode}`, async () => {
          await using site = await openSite();
          await tellOnce({ browser: await browser(), site, scripts, tell, options, title: `${name}-${mode}` });
        });
      }
    });
  };
}

interface Once<S extends Site> {
  browser: Browser;
  site: S;
  scripts: boolean;
  tell: (telling: Telling<S>) => Promise<void>;
  options: StoryOptions;
  title: string;
}

/** Rejects with all that went wrong and a picture of the page. */
export async function tellOnce<S extends Site>({
  browser,
  site,
  scripts,
  tell,
  options,
  title,
}: Once<S>): Promise<void> {
  const context = await browser.newContext({ baseURL: site.url, javaScriptEnabled: scripts, ...options.context });
  context.setDefaultTimeout(PATIENCE_MS);
  const complaints = await listen(context, site.url, options.allow);
  const page = await context.newPage();
  try {
    await tell({ page, site, scripts });
    if (complaints.length > 0) throw new Error(`The story came to its end, but:\n${complaints.join('\n')}`);
  } catch (error) {
    throw await withPicture(error, page, title, complaints);
  } finally {
    await context.close();
  }
}

/** Whatever a reader's console would show in red, and every request that leaves the site (which is refused). */
async function listen(context: BrowserContext, origin: string, allow: RegExp | undefined): Promise<string[]> {
  const complaints: string[] = [];
  const complain = (text: string) => {
    if (allow === undefined || !allow.test(text)) complaints.push(text);
  };
  // Violations of the content security policy are console errors too.
  context.on('console', (message) => {
    if (message.type() === 'error') complain(`console: ${message.text()} (${message.location().url})`);
  });
  context.on('weberror', (error) => complain(`script: ${error.error().stack ?? error.error().message}`));
  await context.route(
    (url) => url.origin !== new URL(origin).origin,
    async (route) => {
      complain(`request to another site: ${route.request().url()}`);
      await route.abort();
    },
  );
  return complaints;
}

async function withPicture(cause: unknown, page: Page, title: string, complaints: string[]): Promise<Error> {
  const folder = process.env['TEST_SCREENSHOTS'] ?? join(tmpdir(), 'broadsheet-screenshots');
  const picture = join(folder, `${title.replaceAll(/[^\w-]+/g, '-').slice(0, 100)}.png`);
  const seen = await mkdir(folder, { recursive: true })
    .then(async () => await page.screenshot({ path: picture, fullPage: true }))
    .then(
      () => `Picture: ${picture}`,
      (error: unknown) => `No picture: ${String(error)}`,
    );
  const reason = cause instanceof Error ? cause.message : String(cause);
  const known = complaints.filter((complaint) => !reason.includes(complaint));
  const error = new Error([reason, `Page: ${page.url()}`, seen, ...known].join('\n'), { cause });
  if (cause instanceof Error && cause.stack !== undefined)
    error.stack = `${error.message}\n${cause.stack.slice(cause.stack.indexOf('\n    at ') + 1)}`;
  return error;
}
