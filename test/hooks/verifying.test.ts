/** The example in docs/webhooks.md does what it says, with messages as they are really sent. */

import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { rotateSecret, sendTest } from '#hooks/manage.ts';
import { ROOT } from '../program.ts';
import { openHookSite } from './hook-site.ts';

type Verify = (headers: Record<string, unknown>, body: string | Buffer, secret: string, now?: number) => boolean;

let folder: string;
let isFromBroadsheet: Verify;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'broadsheet-example-'));
  const [, code] = /```js\n([\s\S]*?)```/.exec(await readFile(join(ROOT, 'docs/webhooks.md'), 'utf8')) ?? [];
  const file = join(folder, 'verify.mjs');
  await writeFile(file, code ?? '');
  ({ isFromBroadsheet } = (await import(file)) as { isFromBroadsheet: Verify });
});
after(async () => await rm(folder, { recursive: true, force: true }));

test('a message is known as ours, a forged, changed, old or unsigned one is not', async () => {
  await using it = await openHookSite();
  await it.print({ number: 1, title: 'Ünïcode 😀' });
  const hook = await it.add();
  await sendTest(it.context, hook, new AbortController().signal);
  const [got] = it.receiver.got;
  assert.ok(got);
  const now = it.site.clock.now() / 1000;
  const { secret } = hook;
  assert.equal(isFromBroadsheet(got.headers, got.body, secret, now), true);
  assert.equal(isFromBroadsheet(got.headers, Buffer.from(got.body), secret, now), true);
  assert.equal(isFromBroadsheet(got.headers, `${got.body} `, secret, now), false);
  assert.equal(isFromBroadsheet({ ...got.headers, 'webhook-id': 'msg_other' }, got.body, secret, now), false);
  assert.equal(isFromBroadsheet({ ...got.headers, 'webhook-signature': 'v1,' }, got.body, secret, now), false);
  assert.equal(isFromBroadsheet({}, got.body, secret, now), false);
  // Five minutes, in either direction: who has caught a message cannot send it again later, nor change its time.
  assert.equal(isFromBroadsheet(got.headers, got.body, secret, now + 299), true);
  assert.equal(isFromBroadsheet(got.headers, got.body, secret, now + 302), false);
  assert.equal(isFromBroadsheet(got.headers, got.body, secret, now - 302), false);
  const later = { ...got.headers, 'webhook-timestamp': String(Math.floor(now) + 300) };
  assert.equal(isFromBroadsheet(later, got.body, secret, now + 300), false);
  assert.equal(isFromBroadsheet({ ...got.headers, 'webhook-timestamp': 'x' }, got.body, secret, now), false);

  const fresh = await rotateSecret(it.context, hook);
  await sendTest(it.context, await it.hook(hook.id), new AbortController().signal);
  const second = it.receiver.got[1];
  assert.ok(second);
  for (const one of [secret, fresh]) assert.equal(isFromBroadsheet(second.headers, second.body, one, now), true);
});
