/** What subscribers change, pause and end, and what becomes of it with their account. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { onEachDatabase } from '../../test/database.ts';
import { ALERT, ANN, CATEGORY, DAY, HOUR, PLAIN, START, openSubscribing } from '../../test/subscribing.ts';
import { moveSubscriber } from './account-address.ts';
import { changeList, endAll, endLinks, endList, pause, resume, setTimeZone } from './change.ts';
import { findDue, findWanted, moveOn } from './due.ts';
import { nextDue } from './next-due.ts';
import { findSubscriberByEmail, listLists } from './store.ts';
import { subscribe } from './subscribe.ts';

onEachDatabase('changing a subscription', (database) => {
  test('a pause moves what is due to its end; who resumes gets the next one', async () => {
    await using opened = await database();
    const { db, clock, consent, dueAt } = openSubscribing(opened);
    const ann = await subscribe(db, ANN, PLAIN, consent());
    await pause(db, ann.id, 7, clock.now());
    assert.deepEqual(await dueAt(), ['2026-01-16T07:00']);
    const [list] = await listLists(db, ann.id);
    assert.equal((await findWanted(db, [list?.id ?? ''], clock.now())).size, 0);
    await resume(db, ann.id, clock.now());
    assert.deepEqual(await dueAt(), ['2026-01-09T07:00']);
    assert.deepEqual([...(await findWanted(db, [list?.id ?? '', 'nothing'], clock.now())).keys()], [list?.id]);
  });

  test('another hour, zone or weekday is due anew; nobody changes somebody else’s list', async () => {
    await using opened = await database();
    const { db, clock, consent, dueAt } = openSubscribing(opened);
    const ann = await subscribe(db, ANN, PLAIN, consent());
    const [list] = await listLists(db, ann.id);
    assert.ok(list);
    await setTimeZone(db, ann.id, 'Asia/Kathmandu', clock.now());
    assert.deepEqual(await dueAt(), ['2026-01-09T02:15']);
    const weekly = { ...PLAIN.list, frequency: 'weekly' as const, weekday: 7, hour: 20 };
    assert.equal(await changeList(db, ann.id, list.id, weekly, clock.now()), true);
    assert.deepEqual(await dueAt(), ['2026-01-11T14:15']);
    const bob = await subscribe(db, 'bob@example.org', PLAIN, consent());
    assert.equal(await changeList(db, bob.id, list.id, PLAIN.list, clock.now()), false);
    assert.equal((await listLists(db, ann.id))[0]?.hour, 20);
  });

  test('who changes a setting while a mail is overdue still gets it, unless they pause', async () => {
    await using opened = await database();
    const { db, clock, consent, dueAt } = openSubscribing(opened);
    const ann = await subscribe(db, ANN, PLAIN, consent());
    const overdue = await dueAt();
    clock.advance(DAY);
    await setTimeZone(db, ann.id, 'Asia/Kathmandu', clock.now());
    await subscribe(db, ANN, { ...PLAIN, list: { ...PLAIN.list, most: 5 }, isPlain: false }, consent());
    assert.deepEqual(await dueAt(), overdue);
    const {
      due: [due],
    } = await findDue(db, clock.now(), 1);
    assert.ok(due);
    await moveOn(db, due, nextDue(due, clock.now()));
    assert.deepEqual(await dueAt(), ['2026-01-10T07:00']);
    clock.advance(DAY);
    await pause(db, ann.id, 1, clock.now());
    assert.deepEqual(await dueAt(), ['2026-01-12T07:00']);
  });

  test('a list that is changed into another one takes its place', async () => {
    await using opened = await database();
    const { db, clock, consent } = openSubscribing(opened);
    const ann = await subscribe(db, ANN, PLAIN, consent());
    clock.advance(1);
    await subscribe(db, ANN, CATEGORY, consent());
    const [first] = await listLists(db, ann.id);
    await changeList(db, ann.id, first?.id ?? '', { ...CATEGORY.list, most: 5 }, clock.now());
    assert.deepEqual(
      (await listLists(db, ann.id)).map(({ id, most }) => [id, most]),
      [[first?.id, 5]],
    );
  });

  test('the last list that ends ends everything, also when two end at once; again changes nothing', async () => {
    await using opened = await database();
    const { db, clock, consent, dueAt } = openSubscribing(opened);
    await subscribe(db, ANN, PLAIN, consent());
    const ann = await subscribe(db, ANN, CATEGORY, consent());
    const [one, two] = await listLists(db, ann.id);
    await Promise.all([endList(db, one?.id ?? '', clock.now()), endList(db, two?.id ?? '', clock.now())]);
    assert.equal((await findSubscriberByEmail(db, ANN))?.endedAt, START);
    assert.deepEqual(await dueAt(), [null, null]);
    clock.advance(HOUR);
    await endList(db, one?.id ?? '', clock.now());
    await endAll(db, ann.id, clock.now());
    await endList(db, 'no list', clock.now());
    assert.equal((await findSubscriberByEmail(db, ANN))?.endedAt, START);
  });

  test('who comes back has new links and a new consent', async () => {
    await using opened = await database();
    const { db, clock, consent } = openSubscribing(opened);
    const ann = await subscribe(db, ANN, PLAIN, consent());
    await endAll(db, ann.id, clock.now());
    clock.advance(DAY);
    await subscribe(db, ANN, PLAIN, consent());
    const again = await findSubscriberByEmail(db, ANN);
    assert.deepEqual([again?.endedAt, again?.confirmedAt], [null, START + DAY]);
    assert.notEqual(again?.linkKey, ann.linkKey);
    await endLinks(db, ann.id);
    assert.notEqual((await findSubscriberByEmail(db, ANN))?.linkKey, again?.linkKey);
  });

  test('with a new address of the account all lists come there, each once', async () => {
    await using opened = await database();
    const { db, consent, ask, press, token } = openSubscribing(opened);
    const to = 'lee@example.org';
    const moved: { from: string; to: string }[] = [];
    const moveMails = async (_: unknown, subscribers: { from: string; to: string }) =>
      await Promise.resolve(void moved.push(subscribers));
    const ann = await subscribe(db, ANN, PLAIN, consent());
    await ask(ANN, ALERT);
    const link = token();
    const lee = await subscribe(db, to, PLAIN, consent());
    await subscribe(db, to, CATEGORY, consent());
    const move = async (from: string, target: string) =>
      await db
        .transaction()
        .execute(async (trx) => await moveSubscriber(trx, { from, to: target, consent: consent(), moveMails }));
    await move(ANN, to);
    assert.equal(await findSubscriberByEmail(db, ANN), undefined);
    assert.equal((await findSubscriberByEmail(db, to))?.id, ann.id);
    assert.deepEqual(moved, [{ from: lee.id, to: ann.id }], 'what was mailed to either is remembered');
    assert.notEqual((await findSubscriberByEmail(db, to))?.linkKey, ann.linkKey, 'the old mailbox has links');
    assert.deepEqual(await press(link), { refused: 'unknown' }, 'those that confirm as well');
    assert.equal((await listLists(db, ann.id)).length, 2);
    assert.equal((await findDue(db, START + DAY, 10)).due.length, 2);
    await ask('bob@example.org');
    await move('bob@example.org', 'bobby@example.org');
    assert.deepEqual(await press(), { refused: 'unknown' }, 'what was not confirmed is not taken along');
    await move('nobody@example.org', 'x@example.org');
  });
});
