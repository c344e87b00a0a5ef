/** When mails come: clocks that change, leap days, and a server that slept. */

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { addDays, weekday } from '#platform/day.ts';
import { openPost, paperOf } from '../post.ts';
import type { Post } from '../post.ts';
import { parse } from '../smtp-sink.ts';

const HOUR = 3_600_000;
const ANN = 'ann@example.org';

/** Prints an edition each weekday at 04:00 UTC, and runs what is due every half hour, as a server does. */
async function live(post: Post, from: string, days: number): Promise<string[]> {
  const midnight = Date.parse(`${from}T00:00:00Z`);
  let number = 0;
  for (let step = 0; step < days * 48; step += 1) {
    const at = midnight + (step * HOUR) / 2;
    const day = addDays(from, Math.floor(step / 48));
    if (step % 48 === 8 && weekday(day) !== 0 && weekday(day) !== 6) {
      post.site.clock.advance(at - post.site.clock.now());
      number += 1;
      await post.print(paperOf(day, number));
    }
    await post.runAt(new Date(at).toISOString());
  }
  const mails = await Promise.all(post.sink.to(ANN).map(parse));
  return mails.map(({ date, subject }) => `${date?.toISOString().slice(0, 16)} ${subject?.split(' — ')[1]}`);
}

describe('each edition comes once', () => {
  test('where clocks go forward over the hour, at the end of the gap', async () => {
    await using post = await openPost({ now: '2026-03-26T00:00:00Z' });
    await post.subscribe({ email: ANN, timeZone: 'Europe/Berlin', hour: 6 });
    // Berlin goes from +1 to +2 on Sunday, March 29.
    assert.deepEqual(await live(post, '2026-03-26', 6), [
      '2026-03-26T05:00 Thursday, Mar 26',
      '2026-03-27T05:00 Friday, Mar 27',
      '2026-03-30T04:00 Monday, Mar 30',
      '2026-03-31T04:00 Tuesday, Mar 31',
    ]);
  });

  test('where an hour comes twice', async () => {
    await using post = await openPost({ now: '2026-10-30T00:00:00Z' });
    // New York goes from −4 to −5 on Sunday, November 1, at 2:00.
    await post.subscribe({ email: ANN, timeZone: 'America/New_York', hour: 1 });
    assert.deepEqual(await live(post, '2026-10-30', 5), [
      '2026-10-30T05:00 Friday, Oct 30',
      '2026-11-02T06:00 Monday, Nov 2',
      '2026-11-03T06:00 Tuesday, Nov 3',
    ]);
  });

  test('on a leap day', async () => {
    await using post = await openPost({ now: '2028-02-28T00:00:00Z' });
    await post.subscribe({ email: ANN });
    assert.deepEqual(await live(post, '2028-02-28', 3), [
      '2028-02-28T07:00 Monday, Feb 28',
      '2028-02-29T07:00 Tuesday, Feb 29',
      '2028-03-01T07:00 Wednesday, Mar 1',
    ]);
  });

  test('of a week, whatever clocks do, in any zone', async () => {
    await using post = await openPost({ now: '2026-03-16T00:00:00Z' });
    await post.subscribe({ email: ANN, timeZone: 'Europe/Berlin', frequency: 'weekly', weekday: 2, hour: 1 });
    assert.deepEqual(await live(post, '2026-03-16', 23), [
      // The Monday before each of these Tuesdays is the last day.
      '2026-03-17T00:00 week of Mar 10',
      '2026-03-24T00:00 week of Mar 17',
      '2026-03-30T23:00 week of Mar 24',
      '2026-04-06T23:00 week of Mar 31',
    ]);
  });
});

describe('a server that slept', () => {
  test('through the hour sends when it wakes up, and the next day on time', async () => {
    await using post = await openPost();
    await post.subscribe({ email: ANN });
    await post.print(paperOf('2026-01-06', 1));
    await post.runAt('2026-01-06T15:40:00Z');
    await post.print(paperOf('2026-01-07', 2));
    await post.runAt('2026-01-07T06:59:00Z');
    assert.equal(post.sink.taken.length, 1);
    await post.runAt('2026-01-07T07:00:00Z');
    assert.equal(post.sink.taken.length, 2);
  });

  test('for days sends the newest edition only, which has what came in meanwhile', async () => {
    await using post = await openPost();
    await post.subscribe({ email: ANN });
    await post.subscribe({ email: 'week@example.org', frequency: 'weekly', weekday: 2 });
    await post.print(paperOf('2026-01-06', 1));
    await post.runAt('2026-01-06T07:00:00Z');
    post.site.clock.advance(24 * HOUR);
    for (const [at, day] of ['2026-01-07', '2026-01-08', '2026-01-09', '2026-01-20'].entries())
      await post.print(paperOf(day, at + 2));
    await post.runAt('2026-01-21T09:00:00Z');
    await post.runAt('2026-01-21T09:01:00Z');
    const mails = await Promise.all(post.sink.to(ANN).map(parse));
    assert.deepEqual(
      mails.map(({ subject }) => subject?.split(' — ')[1]),
      ['Tuesday, Jan 6', 'Tuesday, Jan 20'],
    );
    assert.deepEqual((await post.titlesTo(ANN))[1]?.toSorted(), [
      'Paper number 2',
      'Paper number 3',
      'Paper number 4',
      'Paper number 5',
    ]);
    const weekly = await Promise.all(post.sink.to('week@example.org').map(parse));
    assert.deepEqual(
      weekly.map(({ subject }) => subject?.split(' — ')[1]),
      ['week of Jan 13'],
    );
  });

  test('its mail server for four days: the newest edition only, with what the others would have had', async () => {
    let isDown = true;
    await using post = await openPost({ fault: () => (isDown ? { kind: 'hang up' } : undefined) });
    await post.subscribe({ email: ANN });
    for (const [at, day] of ['2026-01-06', '2026-01-07', '2026-01-08', '2026-01-09'].entries()) {
      await post.print(paperOf(day, at + 1));
      if (at === 3) isDown = false;
      // The tries of the first days come to nothing; not all of them are long enough after the edition to give it up.
      for (const hour of ['07', '09', '20']) await post.runAt(`${day}T${hour}:00:00Z`);
    }
    const mails = await Promise.all(post.sink.to(ANN).map(parse));
    assert.deepEqual(
      mails.map(({ subject }) => subject?.split(' — ')[1]),
      ['Friday, Jan 9'],
    );
    assert.deepEqual((await post.titlesTo(ANN)).flat().toSorted(), [
      'Paper number 1',
      'Paper number 2',
      'Paper number 3',
      'Paper number 4',
    ]);
  });

  test('a mail that was given up leaves its papers to the next one', async () => {
    let isDown = true;
    await using post = await openPost({ fault: () => (isDown ? { kind: 'hang up' } : undefined) });
    await post.subscribe({ email: ANN });
    await post.print(paperOf('2026-01-09', 1));
    await post.runAt('2026-01-09T07:00:00Z');
    await post.runAt('2026-01-10T20:00:00Z');
    const { state } = await post.site.db.selectFrom('digest_mails').select('state').executeTakeFirstOrThrow();
    assert.equal(state, 'failed');
    isDown = false;
    await post.print(paperOf('2026-01-12', 2));
    await post.runAt('2026-01-12T07:00:00Z');
    assert.deepEqual(
      (await post.titlesTo(ANN)).map((titles) => titles.toSorted()),
      [['Paper number 1', 'Paper number 2']],
    );
  });
});
