/** What is due, found and moved on. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { onEachDatabase } from '../../test/database.ts';
import { ANN, CATEGORY, DAY, PLAIN, START, openSubscribing } from '../../test/subscribing.ts';
import { pause } from './change.ts';
import { countDue, findDue, findWanted, moveOn } from './due.ts';
import { nextDue } from './next-due.ts';
import { rescheduleAhead } from './reschedule-ahead.ts';
import { subscribe } from './subscribe.ts';

onEachDatabase('what is due', (database) => {
  test('a clock that was a year ahead puts nothing off by more than a week once it is right again', async () => {
    await using opened = await database();
    const { db, clock, consent, context, dueAt } = openSubscribing(opened);
    await subscribe(db, ANN, PLAIN, consent());
    const bob = await subscribe(db, 'bob@example.org', PLAIN, consent());
    await pause(db, bob.id, 300, clock.now());
    const right = await dueAt();
    assert.equal(await rescheduleAhead(context, clock.now()), 0, 'a pause is no mistake');
    for (const due of (await findDue(db, START + DAY, 10)).due) await moveOn(db, due, nextDue(due, START + 365 * DAY));
    assert.notDeepEqual(await dueAt(), right);
    assert.equal(await rescheduleAhead(context, clock.now()), 1);
    assert.deepEqual(await dueAt(), right);
  });

  test('what is due is found in order, and moved on once', async () => {
    await using opened = await database();
    const { db, consent } = openSubscribing(opened);
    for (const [email, zone] of [
      [ANN, 'Europe/Berlin'],
      ['bob@example.org', 'Asia/Kathmandu'],
      ['cat@example.org', 'America/New_York'],
    ] as const)
      await subscribe(db, email, { ...CATEGORY, timeZone: zone }, consent());
    const now = Date.parse('2026-01-09T12:00:00Z');
    const { due } = await findDue(db, now, 10);
    assert.deepEqual(
      due.map(({ subscriber }) => subscriber.email),
      ['cat@example.org', 'bob@example.org', ANN],
    );
    assert.equal(await countDue(db, now), 3);
    const [, bob] = due;
    assert.ok(bob);
    assert.deepEqual(bob.topics, [{ kind: 'category', id: 'cs.LG' }]);
    assert.deepEqual([bob.timeZone, bob.most, bob.repeats, bob.evenIfEmpty], ['Asia/Kathmandu', 10, false, false]);
    const moves = await Promise.all([1, 2, 3].map(async () => await moveOn(db, bob, nextDue(bob, now))));
    assert.equal(moves.filter(Boolean).length, 1);
    assert.equal((await findDue(db, now, 10)).due.length, 2);
    assert.equal((await findDue(db, now + DAY, 1)).due.length, 1);
  });

  for (const [what, broken] of [
    ['topics', { topics: '[{"kind":"nonsense"}]' }],
    ['topics that are no JSON', { topics: '{' }],
    ['a weekday that never comes', { frequency: 'weekly' as const, weekday: 9 }],
    ['an hour that no clock shows', { hour: 25 }],
  ] as const)
    test(`a row with ${what} is told apart, and holds up no other`, async () => {
      await using opened = await database();
      const { db, context, consent, clock } = openSubscribing(opened);
      await subscribe(db, ANN, PLAIN, consent());
      const bob = await subscribe(db, 'bob@example.org', PLAIN, consent());
      await db.updateTable('subscriptions').set(broken).where('subscriber_id', '=', bob.id).execute();
      const { due, unreadable } = await findDue(db, START + DAY, 10);
      assert.deepEqual(
        due.map(({ subscriber }) => subscriber.email),
        [ANN],
      );
      const [bad] = unreadable;
      assert.ok(bad?.error instanceof Error);
      const wanted = await findWanted(db, [bad.id, due[0]?.id ?? ''], START);
      assert.ok(wanted.get(bad.id) instanceof Error);
      assert.ok(!(wanted.get(due[0]?.id ?? '') instanceof Error));
      // Nor where a clock was ahead.
      await db
        .updateTable('subscriptions')
        .set({ next_at: START + 300 * DAY })
        .execute();
      await rescheduleAhead(context, clock.now());
      assert.equal((await findDue(db, START + 2 * DAY, 10)).due.length, 1);
    });

  test('a zone that is none is told apart as well', async () => {
    await using opened = await database();
    const { db, consent } = openSubscribing(opened);
    const ann = await subscribe(db, ANN, PLAIN, consent());
    await db.updateTable('subscribers').set({ time_zone: 'Mars/Base' }).where('id', '=', ann.id).execute();
    const { due, unreadable } = await findDue(db, START + DAY, 10);
    assert.equal(due.length, 0);
    assert.match(unreadable[0]?.error.message ?? '', /Mars\/Base/);
  });
});
