/** DIGESTS_PER_MINUTE is what is sent in a minute, however few that is, and however many send. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runDigests } from '#digest/run.ts';
import { takeSlot } from '#platform/limits/slots.ts';
import { onEachDatabase } from '../database.ts';
import { openPost, paperOf } from '../post.ts';

const READERS = Array.from({ length: 20 }, (_, number) => `reader-${number}@example.org`);
const MINUTE = 60_000;
const SEVEN = Date.parse('2026-01-06T07:00:00Z');

onEachDatabase('the pace of digests', (open, dialect) => {
  for (const perMinute of [1, 10, 120])
    for (const senders of [1, 3])
      test(`${perMinute} a minute, with ${senders} at work`, async () => {
        await using post = await openPost({ dialect, settings: { DIGESTS_PER_MINUTE: String(perMinute) } });
        for (const email of READERS) await post.subscribe({ email });
        await post.print(paperOf('2026-01-06', 1));
        const { app, clock } = post.site;
        clock.advance(SEVEN - clock.now());
        const run = async () => await runDigests({ ...app, url: 'https://papers.example' });
        await Promise.all(Array.from({ length: senders }, run));
        assert.equal(post.sink.taken.length, READERS.length);
        const took = (clock.now() - SEVEN) / MINUTE;
        // Not faster; slower by what one that finds all slots taken sleeps before it looks again.
        assert.ok(took >= 19 / perMinute - 0.01, `${took} minutes are too few`);
        assert.ok(took <= 19 / perMinute + 1 / perMinute + (senders - 1), `${took} minutes are too many`);
      });

  test('who is told to stop waits for no slot, and what was not sent waits as it did', async () => {
    await using post = await openPost({ dialect, settings: { DIGESTS_PER_MINUTE: '1' } });
    for (const email of READERS) await post.subscribe({ email });
    await post.print(paperOf('2026-01-06', 1));
    const { app, clock } = post.site;
    clock.advance(SEVEN - clock.now());
    const stop = new AbortController();
    // A clock whose sleepers wake only when they are told to stop.
    const held = {
      ...clock,
      sleep: async (_: number, signal?: AbortSignal) =>
        await new Promise<void>((_resolve, reject) => {
          const wake = () => reject(new Error('told to stop'));
          signal?.addEventListener('abort', wake);
          // The server has the first one by then; one whose end is not out yet would be left, too.
          const look = () => (post.sink.taken.length === 0 ? setTimeout(look, 5) : stop.abort());
          look();
        }),
    };
    const { sent } = await runDigests({ ...app, clock: held, url: 'https://papers.example' }, stop.signal);
    assert.equal(sent, 1, 'the first slot is at once');
    const waiting = await post.site.db
      .selectFrom('digest_mails')
      .select('due_at')
      .where('state', '=', 'waiting')
      .execute();
    assert.equal(waiting.length, READERS.length - 1);
    assert.ok(
      waiting.every(({ due_at: dueAt }) => dueAt === SEVEN),
      'put back at once',
    );
  });

  test('slots come one after the other, and none is lost to who cannot wait for it', async () => {
    await using database = await open();
    const limit = { key: 'slots', limit: 7, windowMs: MINUTE };
    const take = async (now: number, latest = now + MINUTE) => await takeSlot(database.db, limit, { now, latest });
    const taken = await Promise.all(Array.from({ length: 5 }, async () => await take(SEVEN)));
    assert.deepEqual(
      taken.map((at) => (at ?? 0) - SEVEN).toSorted((a, b) => a - b),
      [0, 8_572, 17_144, 25_716, 34_288],
    );
    assert.equal(await take(SEVEN, SEVEN + 40_000), undefined);
    assert.equal(await take(SEVEN, SEVEN + 43_000), SEVEN + 42_860);
    assert.equal(await take(SEVEN + 10 * MINUTE), SEVEN + 10 * MINUTE, 'nobody saves slots up');
    await take(SEVEN + 365 * 1440 * MINUTE);
    assert.equal(await take(SEVEN), SEVEN, 'a clock that was ahead holds nobody up');
  });
});
