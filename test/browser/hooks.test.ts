/** A webhook as its owner sets it up: added, tried, paused, removed; with JavaScript and without. */

import assert from 'node:assert/strict';
import { assertPageAccessible } from './accessibility.ts';
import { stories } from './browser.ts';
import { serveSite } from './served-site.ts';
import type { ServedSite } from './served-site.ts';
import { startReceiver } from '../receiver.ts';
import type { Receiver } from '../receiver.ts';

async function withReceiver(): Promise<ServedSite & { receiver: Receiver }> {
  const receiver = await startReceiver();
  const site = await serveSite({ settings: { WEBHOOK_ALLOW_PRIVATE: '127.0.0.1' } });
  return Object.assign(Object.create(site) as ServedSite, site, {
    receiver,
    async [Symbol.asyncDispose]() {
      await site[Symbol.asyncDispose]();
      await receiver[Symbol.asyncDispose]();
    },
  });
}

const story = stories(withReceiver);

story(
  'a webhook is added, tried, paused and removed from the settings',
  async ({ page, site }) => {
    await site.signIn(page.context(), 'ann@example.org');
    await page.goto('/settings');
    await page.getByRole('link', { name: 'your webhooks' }).click();
    await page.getByLabel('Address').fill('http://169.254.169.254/latest/meta-data/');
    await page.getByRole('button', { name: 'Add' }).click();
    assert.match(await page.getByRole('alert').innerText(), /169\.254\.169\.254 is inside of a network/);
    await page.getByLabel('Address').fill(`${site.receiver.url}/services/T0/B0/x`);
    await page.getByRole('radio', { name: /^Slack/ }).check();
    await page.getByRole('checkbox', { name: /^New match/ }).check();
    await page.getByLabel('Search to follow').fill('"mixture of experts" category:cs.LG');
    await page.getByLabel('The first papers').fill('5');
    await page.getByRole('button', { name: 'Add' }).click();
    const secret = await page.getByRole('status').locator('code').innerText();
    assert.match(secret, /^whsec_/);

    await page.getByRole('button', { name: 'Send a test' }).click();
    await page.getByText('delivered, 204').waitFor();
    assert.match(site.receiver.got[0]?.body ?? '', /A test from Daily Papers/);
    site.receiver.faults.push({ kind: 'status', status: 500 });
    await page.getByRole('button', { name: /^Send again/ }).click();
    await page.getByText(/failed after one try/).waitFor();
    assert.equal(site.receiver.got[1]?.id, site.receiver.got[0]?.id);
    await page.getByRole('button', { name: /^Send again/ }).click();
    await page.getByText('delivered, 204').waitFor();
    assert.equal(await page.getByText(secret).count(), 0, 'it is not shown again');

    await page.getByRole('button', { name: 'Change the secret' }).click();
    assert.notEqual(await page.getByRole('status').locator('code').innerText(), secret);
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByText('It is paused.').waitFor();
    await page.getByRole('button', { name: 'Switch on' }).click();
    await page.getByText('It is on.').waitFor();
    assert.equal(await page.getByLabel('Search to follow').inputValue(), '"mixture of experts" category:cs.LG');
    await page.getByRole('checkbox', { name: /^Daily edition/ }).check();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.goto('/settings/hooks');
    await page.getByRole('link', { name: site.receiver.url }).click();
    assert.equal(await page.getByRole('checkbox', { name: /^Daily edition/ }).isChecked(), true);
    await page.getByRole('button', { name: 'Remove' }).click();
    await page.getByRole('heading', { name: 'Add a webhook' }).waitFor();
    assert.equal(await page.getByRole('link', { name: site.receiver.url }).count(), 0);
  },
  { allow: /422/ },
);

for (const colorScheme of ['light', 'dark'] as const)
  story(
    `the pages can be read by everybody and fit on a phone (${colorScheme})`,
    async ({ page, site }) => {
      const off = { off_at: Date.now(), off_reason: '5 messages in a row failed; the last: answered 502' };
      await site.signIn(page.context(), 'eve@example.org', { role: 'admin' });
      await page.goto('/settings/hooks');
      await page.getByLabel('Address').fill(`${site.receiver.url}/services/${'x'.repeat(100)}`);
      await page.getByRole('button', { name: 'Add' }).click();
      await page.getByRole('button', { name: 'Send a test' }).click();
      site.receiver.faults.push({ kind: 'status', status: 404 });
      await page.getByRole('button', { name: 'Send a test' }).click();
      await site.db.updateTable('hooks').set(off).execute();
      const fits = async () =>
        assert.equal(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), true, page.url());
      await page.reload();
      await page.getByText('5 messages in a row failed').waitFor();
      await assertPageAccessible(page);
      await fits();
      await page.goto('/settings/hooks');
      await assertPageAccessible(page);
      await fits();
    },
    { scripts: 'on', context: { colorScheme, bypassCSP: true, viewport: { width: 360, height: 800 } } },
  );
