/** The stories themselves are tested: they must fail on what a reader would never report but should not have to bear. */

import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import { assertAccessible } from './accessibility.ts';
import { launch, stories, tellOnce } from './browser.ts';
import type { Site, StoryOptions, Telling } from './browser.ts';

/** Address -> body, under a policy that allows no inline script. */
const PAGES: Record<string, string> = {
  '/': '<h1>Fine</h1><noscript>plain</noscript><script src="/script.js"></script>',
  '/script.js': "document.querySelector('h1').textContent = 'Scripted';",
  '/inline': '<h1>Inline</h1><script>1</script>',
  '/throws': '<script src="/throws.js"></script>',
  '/throws.js': "throw new Error('broken script');",
  '/tracker': '<img alt="" src="http://127.0.0.1:9/pixel.png">',
  '/unreadable': '<p style="color: #ddd">Grey on white</p><img src="/x.png">',
};

async function openSite(): Promise<Site> {
  const server = createServer(({ url = '' }, response) => {
    const body = PAGES[url];
    const type = url.endsWith('.js') ? 'text/javascript' : 'text/html';
    const policy = url === '/tracker' ? 'img-src *' : "script-src 'self'";
    response.writeHead(body === undefined ? 404 : 200, { 'Content-Type': type, 'Content-Security-Policy': policy });
    response.end(
      type === 'text/html'
        ? `<!doctype html><html lang="en"><title>t</title><link rel="icon" href="data:,"><main>${body ?? 'nothing'}</main></html>`
        : body,
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const story = stories(openSite);

story('a page changes by script only where scripts run', async ({ page, scripts }) => {
  await page.goto('/');
  assert.equal(await page.textContent('h1'), scripts ? 'Scripted' : 'Fine');
});

story('an expected console error is allowed', async ({ page }) => void (await page.goto('/nothing')), {
  allow: /status of 404/,
});

describe('a story fails', () => {
  let browser: Browser;
  let pictures: string;
  before(async () => {
    browser = await launch();
    pictures = await mkdtemp(join(tmpdir(), 'broadsheet-expected-'));
    process.env['TEST_SCREENSHOTS'] = pictures;
  });
  after(async () => {
    await browser.close();
    await rm(pictures, { recursive: true });
  });

  async function failureOf(
    tell: (telling: Telling<Site>) => Promise<void>,
    scripts = true,
    options: StoryOptions = {},
  ) {
    await using site = await openSite();
    let message = '';
    await tellOnce({ browser, site, scripts, tell, options, title: 'expected failure' }).catch(
      (error: Error) => (message = error.message),
    );
    return message;
  }

  test('when its own assertion does, with the address and a picture', async () => {
    const message = await failureOf(async ({ page }) => {
      await page.goto('/');
      assert.equal(await page.title(), 'another');
    });
    assert.match(message, /'another'[^]*Page: http:\/\/127\.0\.0\.1:\d+\/\n/);
    assert.ok(existsSync(/^Picture: (.*)$/m.exec(message)?.[1] ?? ''), message);
  });

  for (const scripts of [true, false]) {
    test(`when the page asks another site (JavaScript ${scripts ? 'on' : 'off'})`, async () => {
      assert.match(
        await failureOf(async ({ page }) => void (await page.goto('/tracker')), scripts),
        /another site: http:\/\/127\.0\.0\.1:9\/pixel/,
      );
    });
  }

  test('when the page breaks the policy', async () => {
    assert.match(await failureOf(async ({ page }) => void (await page.goto('/inline'))), /Content Security Policy/);
  });

  test('when a script throws', async () => {
    assert.match(await failureOf(async ({ page }) => void (await page.goto('/throws'))), /broken script/);
  });

  test('when a page is missing', async () => {
    assert.match(await failureOf(async ({ page }) => void (await page.goto('/nothing'))), /status of 404/);
  });

  test('when axe finds what some readers cannot read', async () => {
    await using site = await openSite();
    await assert.rejects(assertAccessible(browser, `${site.url}/unreadable`), /color-contrast[^]*image-alt/);
    await assertAccessible(browser, `${site.url}/`);
  });
});
