/** The box that offers papers and authors while one types, told to a real browser; where it is about order, with answers made to wait. */

import assert from 'node:assert/strict';
import type { Page, Route } from 'playwright-core';
import { assertPageAccessible } from './accessibility.ts';
import { stories } from './browser.ts';
import { serveSite } from './served-site.ts';

const story = stories(serveSite);

const BOX = '.top input[type=search]';
const OFFERS = '[role=option]';

/** Answers each question with papers whose titles name it; `hold` may keep an answer back. */
async function answer(page: Page, hold: (text: string) => Promise<void> = async () => undefined): Promise<string[]> {
  const asked: string[] = [];
  await page.route('**/search/suggest*', async (route: Route) => {
    const text = new URL(route.request().url()).searchParams.get('q') ?? '';
    asked.push(text);
    await hold(text);
    const papers = [1, 2].map((number) => ({ id: `2601.0000${number}`, title: `${text} and paper ${number}` }));
    const authors = [{ slug: 'yixiao-huang', name: `Yixiao ${text}`, papers: 3 }];
    await route.fulfill({ json: { papers, authors } }).catch(() => undefined); // cancelled by then
  });
  return asked;
}

const active = async (page: Page) =>
  await page.evaluate(
    `document.getElementById(document.querySelector(${JSON.stringify(BOX)}).getAttribute('aria-activedescendant') ?? '')?.textContent`,
  );

story(
  'without JavaScript the box is a form',
  async ({ page }) => {
    await page.goto('/');
    assert.equal(await page.locator(BOX).getAttribute('role'), null);
    await page.locator(BOX).fill('grokking');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/search?q=grokking');
  },
  { scripts: 'off' },
);

story(
  'a paper of the edition is offered for two words of its title, and opened with two keys',
  async ({ page }) => {
    await page.goto('/');
    await page.locator(BOX).pressSequentially('grokking xor');
    const offer = page.locator(OFFERS, { hasText: 'Benign Overfitting and Grokking' });
    await offer.waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/papers/2310.02541');
  },
  { scripts: 'on' },
);

story(
  'the arrows walk the offers, Enter opens one, Esc closes them and keeps the text',
  async ({ page }) => {
    await answer(page);
    await page.goto('/about');
    const box = page.locator(BOX);
    assert.equal(await box.getAttribute('aria-expanded'), 'false');
    await box.pressSequentially('grok');
    await page.locator(OFFERS).nth(2).waitFor();
    assert.equal(await box.getAttribute('aria-expanded'), 'true');
    assert.equal(await page.locator('.top [role=status]').innerText(), '3 suggestions.');
    assert.equal(await active(page), undefined);
    const walked: unknown[] = [];
    for (const key of ['ArrowDown', 'End', 'ArrowDown', 'ArrowUp', 'Home', 'ArrowUp']) {
      await page.keyboard.press(key);
      walked.push(await active(page));
    }
    const [first, last] = ['grok and paper 1', 'Yixiao grok 3 papers'];
    assert.deepEqual(walked, [first, last, undefined, last, first, undefined]);
    assert.equal(await page.locator('[aria-selected=true]').count(), 0);
    await page.keyboard.press('Escape');
    assert.equal(await page.locator(OFFERS).count(), 0);
    assert.equal(await box.inputValue(), 'grok');
    assert.equal(await box.getAttribute('aria-expanded'), 'false');
    await page.keyboard.press('ArrowDown'); // asks again
    await page.locator(OFFERS).first().waitFor();
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/authors/yixiao-huang');
  },
  { scripts: 'on' },
);

story(
  'Enter without a chosen offer searches for the text',
  async ({ page }) => {
    await answer(page);
    await page.goto('/');
    await page.locator(BOX).pressSequentially('grokking');
    await page.locator(OFFERS).first().waitFor();
    await page.keyboard.press('Enter');
    await page.waitForURL('**/search?q=grokking');
  },
  { scripts: 'on' },
);

story(
  'an answer never stands under a newer text, however late it comes',
  async ({ page }) => {
    let release = (): void => undefined;
    const late = new Promise<void>((resolve) => (release = resolve));
    const asked = await answer(page, async (text) => (text === 'alpha' ? await late : undefined));
    await page.goto('/about');
    const box = page.locator(BOX);
    const first = page.waitForRequest(/q=alpha/);
    await box.fill('alpha');
    await first; // and its answer waits
    await box.fill('beta');
    await page.locator(OFFERS, { hasText: 'beta and paper 1' }).waitFor();
    release();
    await page.waitForTimeout(100);
    assert.deepEqual(asked, ['alpha', 'beta']);
    assert.equal(await page.locator(OFFERS, { hasText: 'alpha' }).count(), 0);
    await box.fill('gamma');
    assert.equal(await page.locator(OFFERS, { hasText: 'beta' }).count(), 0, 'gone with its text');
  },
  { scripts: 'on' },
);

story(
  'typing fast asks once, and offers that still hold stay while it is asked',
  async ({ page }) => {
    const never = new Promise<void>(() => undefined);
    const asked = await answer(page, async (text) => (text === 'paper' ? undefined : await never));
    await page.clock.install({ time: '2026-01-06T08:00:00Z' });
    await page.goto('/about');
    await page.clock.pauseAt('2026-01-06T09:00:00Z'); // typing takes no time
    const box = page.locator(BOX);
    await box.pressSequentially('paper');
    assert.deepEqual(asked, []);
    await page.clock.runFor(200);
    await page.locator(OFFERS).nth(2).waitFor();
    assert.deepEqual(asked, ['paper']);
    await box.pressSequentially(' 2');
    assert.deepEqual(await page.locator(OFFERS).allInnerTexts(), ['paper and paper 2']);
    await page.clock.runFor(200);
    assert.deepEqual(await page.locator(OFFERS).allInnerTexts(), ['paper and paper 2']);
  },
  { scripts: 'on' },
);

story(
  'offers open on a tap, close on leaving the box, move nothing, and are all large enough',
  async ({ page }) => {
    await answer(page);
    await page.goto('/');
    const box = page.locator(BOX);
    const before = await page.locator('h1').boundingBox();
    await box.tap();
    await box.pressSequentially('grok');
    await page.locator(OFFERS).first().waitFor();
    assert.deepEqual(await page.locator('h1').boundingBox(), before);
    for (const offer of await page.locator(OFFERS).all()) {
      const { x, width, height } = (await offer.boundingBox()) ?? { x: -1, width: 0, height: 0 };
      assert.ok(height >= 44, `${height} px high`);
      assert.ok(x >= 0 && x + width <= 360, `from ${x} px, ${width} px wide`);
    }
    await box.blur();
    assert.equal(await page.locator(OFFERS).count(), 0);
    await box.tap();
    await box.pressSequentially('k');
    await page.locator(OFFERS).last().tap();
    await page.waitForURL('**/authors/yixiao-huang');
  },
  { scripts: 'on', context: { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true } },
);

story(
  'open offers are accessible, light and dark',
  async ({ page }) => {
    await answer(page);
    await page.goto('/about');
    await page.locator(BOX).pressSequentially('grok');
    await page.locator(OFFERS).first().waitFor();
    await page.keyboard.press('ArrowDown');
    await assertPageAccessible(page);
  },
  { scripts: 'on', context: { bypassCSP: true } },
);

story(
  'when the site cannot answer, the box goes on as a form',
  async ({ page }) => {
    await page.route('**/search/suggest*', async (route) => await route.abort());
    await page.goto('/');
    await page.locator(BOX).pressSequentially('grokking');
    await page.waitForTimeout(250);
    assert.equal(await page.locator(OFFERS).count(), 0);
    await page.keyboard.press('Enter');
    await page.waitForURL('**/search?q=grokking');
  },
  { scripts: 'on', allow: /net::ERR_FAILED/ },
);
