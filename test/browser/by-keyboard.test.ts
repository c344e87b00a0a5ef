/** Submitting, reporting and deciding on reports with nothing but a keyboard, with JavaScript on and off. */

import assert from 'node:assert/strict';
import { another, pressOn, typeInto } from './acting.ts';
import { stories } from './browser.ts';
import { NEW, serveWithArxiv } from './submitting-site.ts';

const PAPER = '2509.21043';
const PATH = `/papers/${PAPER}`;

const story = stories(serveWithArxiv);

story(
  'a paper is submitted, after a slip',
  async ({ page, site }) => {
    await site.signIn(page.context(), 'ada@lab.example');
    await page.goto('/about');
    await pressOn(page, 'footer a[href="/papers/submit"]');
    await page.waitForURL('**/papers/submit');
    await page.keyboard.type('attention is all'); // the field has the focus already
    await page.keyboard.press('Enter');
    await page.getByText(/is not an arXiv id or address/).waitFor();
    await page.waitForFunction('document.activeElement?.name === "paper"');
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.type(NEW);
    await pressOn(page, 'form.form button');
    await page.waitForURL(`**/papers/${NEW}`);
    assert.match(await page.locator('main').innerText(), /Submitted by\s+@ada/);
  },
  { allow: /422/ },
);

story(
  'a comment is reported by one reader, and a moderator hides it, closes the discussion and bans its author',
  async ({ page, site, scripts }) => {
    await site.signIn(page.context(), 'ada@lab.example');
    await using eve = await another(page, site, 'eve@lab.example', scripts);
    await using mo = await another(page, site, 'mo@lab.example', scripts, { role: 'moderator' });
    await eve.page.goto(PATH);
    await typeInto(eve.page, '#write textarea', 'Buy cheap stars now');
    await pressOn(eve.page, '#write .main-button');
    await eve.page.waitForURL(/#c-/);

    await page.goto(PATH);
    await pressOn(page, '.letter a[href*="/report?kind=comment"]');
    await page.waitForURL(/report\?kind=comment/);
    await pressOn(page, 'main form button'); // too early: the field is empty
    await page.waitForFunction('document.activeElement?.name === "reason"');
    await page.keyboard.type('An advertisement');
    await pressOn(page, 'main form button');
    await page.getByRole('heading', { name: 'Thank you' }).waitFor();
    await pressOn(page, 'main a.button');
    await page.waitForURL(`**${PATH}`);

    await mo.page.goto('/moderation');
    await pressOn(mo.page, 'main .requests a');
    await mo.page.getByText('“An advertisement”').waitFor();
    const decide = async (button: string, said: string | RegExp) => {
      await typeInto(mo.page, 'textarea[name=reason]', 'Advertising');
      await pressOn(mo.page, `button[value=${button}]`);
      await mo.page.getByText(said).waitFor();
    };
    await decide('hide', 'The comment is hidden. No report waits.');
    await decide('lock', 'The discussion is closed. No report waits.');
    await typeInto(mo.page, 'textarea[name=reason]', 'Advertising');
    await pressOn(mo.page, 'button[value="ask ban"]');
    await mo.page.getByRole('heading', { name: 'Ban @eve?' }).waitFor();
    await pressOn(mo.page, 'button[value=ban]');
    await mo.page.getByText('The account is banned.').waitFor();
    await pressOn(mo.page, 'main nav a[href="/moderation/log"]');
    await mo.page.getByRole('heading', { name: 'Log' }).waitFor();
    assert.match(
      await mo.page.locator('main').innerText(),
      /@mo banned @eve over a comment[\s\S]*@mo closed the discussion of Combinatorial Creativity.* over a comment[\s\S]*@mo hid a comment by @eve on Combinatorial Creativity.*: “Advertising”/,
    );

    await page.goto(PATH);
    const discussion = await page.locator('#comments').innerText();
    assert.match(discussion, /The moderators have closed the discussion of this paper: “Advertising”/);
    assert.doesNotMatch(discussion, /Buy cheap stars/);
    await eve.page.goto('/papers/submit');
    assert.match(await eve.page.locator('body').innerText(), /This account is banned.*“Advertising”/);
  },
);

story(
  'a paper is hidden, and gone from the other browser’s front page',
  async ({ page, site, scripts }) => {
    await site.signIn(page.context(), 'mo@lab.example', { role: 'moderator' });
    await using ada = await another(page, site, 'ada@lab.example', scripts);
    await ada.page.goto('/');
    const card = ada.page.locator('article.card').first();
    const id = ((await card.getAttribute('id')) ?? '').replace(/^p-/, '');
    await page.goto(`/papers/${id}`);
    await pressOn(page, `a[href*="/moderation/act?kind=paper"]`);
    await page.waitForURL(/moderation\/act/);
    await typeInto(page, 'textarea[name=reason]', 'Not a paper');
    await pressOn(page, 'button[value=hide]');
    await page.getByText('It is hidden.').waitFor();
    // Pages are kept for a second.
    await new Promise((resolve) => setTimeout(resolve, 1_200));
    await ada.page.goto('/');
    assert.equal(await ada.page.locator(`[id="p-${id}"]`).count(), 0);
    assert.equal((await ada.page.goto(`/papers/${id}`))?.status(), 404);
    await page.goto(`/papers/${id}`);
    assert.match(await page.locator('main').innerText(), /Hidden from readers\./);
  },
  { allow: /404/ },
);
