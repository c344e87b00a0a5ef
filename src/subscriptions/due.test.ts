/** What is due, found and moved on. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { onEachDatabase } from '../../test/database.ts';
import { ANN, CATEGORY, DAY, PLAIN, START, openSubscribing } from '../../test/subscribing.ts';
import { pause } from './change.ts';
import { countDue, findDue, moveOn } from './due.ts';
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
    for (const due of await findDue(db, START + DAY, 10)) await moveOn(db, due, nextDue(due, START + 365 * DAY));
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
    const due = await findDue(db, now, 10);
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
    assert.equal((await findDue(db, now, 10)).length, 2);
    assert.equal((await findDue(db, now + DAY, 1)).length, 1);
  });
});
