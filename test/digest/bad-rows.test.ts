/** Rows that say what none can: each is logged and left out, and everybody else has their mail. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runDigests } from '#digest/run.ts';
import { sendDue } from '#digest/send-mails.ts';
import { writeDue } from '#digest/write-mails.ts';
import { onEachDatabase } from '../database.ts';
import { openPost, paperOf } from '../post.ts';
import type { Post } from '../post.ts';

const ANN = 'ann@example.org';
const BOB = 'bob@example.org';
const DAY = 86_400_000;
const SEVEN = '2026-01-06T07:00:00Z';

onEachDatabase('a row that cannot be read', (_open, dialect) => {
  test('of a subscription is logged each day, and comes back when it is set right', async () => {
    await using post = await openPost({ dialect });
    await post.subscribe({ email: ANN });
    const bob = await post.subscribe({ email: BOB });
    const cat = await post.subscribe({ email: 'cat@example.org' });
    const { app, db, clock } = post.site;
    const setBob = async (topics: string) =>
      await db.updateTable('subscriptions').set({ topics }).where('id', '=', bob.subscriptionId).execute();
    await setBob('[{"kind":"nonsense"}]');
    await db.updateTable('subscribers').set({ time_zone: 'Mars/Base' }).where('id', '=', cat.subscriberId).execute();
    const told: string[] = [];
    const log = Object.assign(Object.create(app.log) as typeof app.log, {
      error: (facts: { subscription?: string }) => void told.push(facts.subscription ?? 'something else'),
    });
    const runAt = async (instant: string) => {
      clock.advance(Date.parse(instant) - clock.now());
      return await runDigests({ ...app, log, url: 'https://papers.example' });
    };
    await post.print(paperOf('2026-01-06', 1));
    assert.equal((await runAt(SEVEN)).sent, 1);
    assert.deepEqual(new Set(told), new Set([bob.subscriptionId, cat.subscriptionId]));
    assert.equal((await runAt('2026-01-06T08:00:00Z')).sent, 0);
    assert.equal(told.length, 2, 'not every half minute');
    await setBob('[{"kind":"everything"}]');
    await post.print(paperOf('2026-01-07', 2));
    assert.equal((await runAt('2026-01-07T07:00:00Z')).sent, 2);
    assert.equal(post.sink.to(BOB).length, 1);
    assert.equal(told.length, 3);
  });

  test('a mail of the outbox that cannot be read holds up no other', async () => {
    await using post = await openPost({ dialect });
    const { press, subscriptionId } = await writeTwo(post);
    await post.site.db
      .updateTable('digest_mails')
      .set({ papers: '{' })
      .where('subscription_id', '=', subscriptionId)
      .execute();
    const counts = await sendDue(press);
    assert.deepEqual([counts.sent, counts.failed], [1, 1]);
  });

  test('of what was sent before stops nobody’s next mail', async () => {
    await using post = await openPost({ dialect });
    await post.subscribe({ email: ANN });
    await post.subscribe({ email: BOB });
    await post.print(paperOf('2026-01-06', 1));
    await post.runAt(SEVEN);
    await post.site.db.updateTable('digest_mails').set({ papers: 'null' }).execute();
    await post.print(paperOf('2026-01-07', 2));
    assert.equal((await post.runAt('2026-01-07T07:00:00Z')).sent, 2);
  });

  test('of a subscription whose mail waits already gives that one mail up', async () => {
    await using post = await openPost({ dialect });
    const { press, subscriptionId } = await writeTwo(post);
    const broken = { topics: '{', next_at: post.site.clock.now() + DAY };
    await post.site.db.updateTable('subscriptions').set(broken).where('id', '=', subscriptionId).execute();
    const counts = await sendDue(press);
    assert.deepEqual([counts.sent, counts.failed], [1, 1]);
    assert.equal(post.sink.to(ANN).length, 1);
  });
});

/** Ann's mail and Bob's stand in the outbox; the subscription is Bob's. */
async function writeTwo(post: Post) {
  await post.subscribe({ email: ANN });
  const { subscriptionId } = await post.subscribe({ email: BOB });
  await post.print(paperOf('2026-01-06', 1));
  post.site.clock.advance(Date.parse(SEVEN) - post.site.clock.now());
  const press = { ...post.site.app, url: 'https://papers.example' };
  await writeDue(press);
  return { press, subscriptionId };
}
