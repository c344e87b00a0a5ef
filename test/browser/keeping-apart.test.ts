/** What somebody was writing is for nobody else who comes to the same browser, told with JavaScript on and off. */

import assert from 'node:assert/strict';
import { stories } from './browser.ts';
import { serveSite } from './served-site.ts';
import { box, HALF, PAPER } from './writing.ts';

const story = stories(serveSite);

story('whoever comes next in a tab finds nothing of what was being written', async ({ page, site }) => {
  await site.signIn(page.context(), 'ada@lab.example');
  await page.goto(PAPER);
  await box(page).fill('A secret of ada');
  await page.locator('details.account summary').click();
  page.once('dialog', (dialog) => void dialog.accept());
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.waitForURL(/\/$/);
  await site.signIn(page.context(), 'bob@lab.example');
  await page.goto('/about');
  await page.goBack();
  await page.goBack();
  await page.waitForURL(`**${PAPER}`);
  assert.equal(await box(page).inputValue(), '');
  assert.ok(!(await page.locator('body').innerText()).includes('A secret of ada'));
});

story(
  'a page that the browser brings back whole from before somebody signed out is loaded anew',
  async ({ page, site }) => {
    await site.signIn(page.context(), 'ada@lab.example');
    await page.goto(PAPER);
    await box(page).fill('A secret of ada');
    const comesBack = "dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))";
    await page.evaluate(comesBack);
    assert.equal(await box(page).inputValue(), 'A secret of ada', 'nobody has left');
    // What signing out does in this tab, on a later page.
    await page.evaluate("sessionStorage.clear(); sessionStorage.setItem('left', String(Date.now()))");
    await site.signIn(page.context(), 'bob@lab.example');
    page.once('dialog', (dialog) => void dialog.accept());
    await Promise.all([page.waitForEvent('load'), page.evaluate(comesBack)]);
    assert.equal(await box(page).inputValue(), '');
    assert.match(await page.locator('details.account summary').innerText(), /bob/);
  },
  { scripts: 'on' },
);

story(
  'a comment is not sent as somebody else who is signed in by now',
  async ({ page, site, scripts }) => {
    await site.signIn(page.context(), 'ada@lab.example');
    await page.goto(PAPER);
    await box(page).fill(HALF);
    await site.signIn(page.context(), 'bob@lab.example'); // in another tab
    await page.locator('#write').getByRole('button', { name: 'Post' }).click();
    await page.getByText('You are signed in as @bob by now').waitFor();
    assert.equal(await page.locator('textarea[readonly]').inputValue(), HALF);
    await page.goto(PAPER);
    assert.equal(await page.locator('.letter').count(), 0);
    assert.equal(await box(page).inputValue(), '');
    await site.signIn(page.context(), 'ada@lab.example');
    await page.goto(PAPER);
    if (scripts) assert.equal(await box(page).inputValue(), HALF, 'it is hers still');
  },
  { allow: /409/ },
);

story(
  'who was signed out while they wrote signs in beside it and sends it',
  async ({ page, site, scripts }) => {
    await site.signIn(page.context(), 'ada@lab.example');
    await page.goto(PAPER);
    await box(page).fill(HALF);
    await page.context().clearCookies();
    await page.locator('#write').getByRole('button', { name: 'Post' }).click();
    const link = page.getByRole('link', { name: 'Sign in in another window' });
    await link.waitFor();
    assert.equal(await link.getAttribute('target'), '_blank');
    assert.equal(await page.locator('textarea').first().inputValue(), HALF);
    await site.signIn(page.context(), 'ada@lab.example');
    await page.getByRole('button', { name: scripts ? 'Post' : 'Send it again' }).click();
    await page.waitForURL(/#c-/);
    assert.match(await page.locator('.letter').innerText(), /Half a thought/);
  },
  { allow: /401/ },
);
