/** From asking to ending: what is mailed, to whom, and when something is due. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { manualClock } from '#platform/clock.ts';
import { readConfig } from '#platform/config.ts';
import { createLater } from '#platform/later.ts';
import { createLog } from '#platform/log.ts';
import { MailError } from '#platform/mail/mail.ts';
import type { Message } from '#platform/mail/mail.ts';
import { onEachDatabase } from '../../test/database.ts';
import type { TestDatabase } from '../../test/database.ts';
import { moveSubscriber } from './account-address.ts';
import { changeList, endAll, endLinks, endList, forget, pause, resume, setTimeZone } from './change.ts';
import { confirm } from './confirm.ts';
import { countSubscribers } from './counts.ts';
import { countDue, findDue, findWanted, moveOn } from './due.ts';
import { forgetOld } from './forget.ts';
import { usualList } from './list.ts';
import type { Asked } from './list.ts';
import { nextDue } from './next-due.ts';
import { requestSubscription } from './request.ts';
import { rescheduleAhead } from './reschedule-ahead.ts';
import { sendQuestions } from './send-questions.ts';
import { findSubscriberByEmail, listLists } from './store.ts';
import { subscribe } from './subscribe.ts';
import { isSuppressed, suppress, unsuppress } from './suppress.ts';
import type { Topic } from './topics.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const START = Date.parse('2026-01-08T12:00:00Z');
const ANN = 'ann@example.org';
const PLAIN: Asked = { list: usualList(8), timeZone: 'Europe/Berlin', isPlain: true };
const about = (...topics: Topic[]): Asked => ({ ...PLAIN, list: { ...PLAIN.list, topics }, isPlain: false });
const CATEGORY = about({ kind: 'category', id: 'cs.LG' });
const ALERT = { ...about({ kind: 'search', q: 'BUY NOW http://evil.example' }), isPlain: false };
ALERT.list.kind = 'alert';

function open({ db, settings }: TestDatabase) {
  const clock = manualClock(START);
  const log = createLog({ level: 'silent', format: 'json' });
  const sent: Message[] = [];
  const post = { fails: undefined as MailError | undefined };
  const context = {
    db,
    clock,
    log,
    config: readConfig(settings),
    url: 'https://papers.example',
    secret: () => 's'.repeat(32),
    later: createLater(log),
    mail: {
      place: undefined,
      close: () => undefined,
      async send(message: Message) {
        await Promise.resolve();
        if (post.fails !== undefined) throw post.fails;
        sent.push(message);
      },
    },
  };
  const consent = () => ({ now: clock.now(), from: '192.0.2.1' });
  const ask = async (email: string, asked: Asked = PLAIN) => {
    await requestSubscription(context, email, asked);
    await context.later.settled();
  };
  const token = () => /token=([\w-]+)/.exec(sent.at(-1)?.text ?? '')?.[1] ?? '';
  const press = async (text = token()) => await confirm(db, text, consent());
  const dueAt = async () =>
    (await db.selectFrom('subscriptions').select('next_at').orderBy('created_at').orderBy('next_at').execute()).map(
      ({ next_at: at }) => at && new Date(at).toISOString().slice(0, 16),
    );
  const send = async () => await sendQuestions(context, new AbortController().signal);
  return { db, clock, sent, post, consent, ask, token, press, dueAt, send, context };
}

onEachDatabase('subscriptions', (database) => {
  test('nothing is due until the link is pressed, which works once', async () => {
    await using opened = await database();
    const { db, ask, sent, press, token, dueAt } = open(opened);
    await ask(ANN);
    assert.equal(sent.length, 1);
    assert.match(sent[0]?.text ?? '', /every day at 8:00 \(Europe\/Berlin\):\n\n {2}What is trending\n/);
    assert.deepEqual(await findDue(db, START + 30 * DAY, 10), []);
    const link = token();
    const confirmed = await press();
    assert.ok('subscriber' in confirmed);
    assert.equal(confirmed.subscriber.confirmedAt, START);
    assert.deepEqual(await dueAt(), ['2026-01-09T07:00']);
    assert.deepEqual(await press(link), { refused: 'used' });
    assert.deepEqual(await press('anything'), { refused: 'unknown' });
    assert.equal(
      JSON.stringify(await db.selectFrom('subscription_requests').selectAll().execute()).includes(link),
      false,
    );
  });

  test('of two who press at once one confirms, and there is one list', async () => {
    await using opened = await database();
    const { db, ask, press } = open(opened);
    await ask(ANN);
    const outcomes = await Promise.all([press(), press(), press()]);
    assert.equal(outcomes.filter((one) => 'subscriber' in one).length, 1);
    assert.equal((await db.selectFrom('subscriptions').selectAll().execute()).length, 1);
  });

  test('two links for the same, pressed at once, make one list', async () => {
    await using opened = await database();
    const { db, ask, press, token } = open(opened);
    await ask(ANN);
    const first = token();
    await ask(ANN);
    await Promise.all([press(first), press()]);
    assert.equal((await db.selectFrom('subscriptions').selectAll().execute()).length, 1);
  });

  test('a link works for 48 hours', async () => {
    await using opened = await database();
    const { clock, ask, press } = open(opened);
    await ask(ANN);
    clock.advance(48 * HOUR);
    assert.deepEqual(await press(), { refused: 'expired' });
    await ask('bob@example.org');
    clock.advance(48 * HOUR - 1);
    assert.ok('subscriber' in (await press()));
  });

  test('who has it already is told so and is changed nothing; other topics are another list', async () => {
    await using opened = await database();
    const { db, ask, sent, press } = open(opened);
    await ask(ANN);
    await press();
    const ann = await findSubscriberByEmail(db, ANN);
    assert.ok(ann);
    await ask(ANN);
    assert.match(sent.at(-1)?.text ?? '', /mails to you already/);
    await ask(ANN, CATEGORY);
    await press();
    assert.equal((await listLists(db, ann.id)).length, 2);
  });

  test('an address gets three questions a day, whatever stands after its plus', async () => {
    await using opened = await database();
    const { clock, ask, sent } = open(opened);
    for (let index = 0; index < 5; index++) await ask(`ann+${index}@example.org`);
    assert.equal(sent.length, 3);
    await ask('bob@example.org');
    assert.equal(sent.length, 4);
    clock.advance(DAY);
    await ask(ANN);
    assert.equal(sent.length, 5);
  });

  test('nobody can mail words of theirs to others', async () => {
    await using opened = await database();
    const { ask, sent } = open(opened);
    await ask(ANN, ALERT);
    await ask(ANN, about({ kind: 'everything' }, { kind: 'search', q: 'BUY NOW' }));
    await ask(ANN, about({ kind: 'search', q: 'BUY NOW' }, { kind: 'search', q: 'evil.example' }));
    assert.equal(sent.length, 3);
    for (const { text, subject } of sent) assert.doesNotMatch(text + subject, /BUY|evil/);
    assert.match(sent[1]?.text ?? '', /What is trending, and 1 search; the link shows which/);
    assert.match(sent[2]?.text ?? '', /match 2 searches/);
  });

  test('a question that a server refuses for now is asked later, once; one refused for good is not', async () => {
    await using opened = await database();
    const { db, clock, ask, sent, post, send } = open(opened);
    post.fails = new MailError('later, please', false, undefined);
    await ask(ANN);
    post.fails = undefined;
    await send();
    assert.equal(sent.length, 0, 'not at once');
    clock.advance(HOUR);
    await Promise.all([send(), send(), send()]);
    assert.equal(sent.length, 1);
    post.fails = new MailError('no such user', true, undefined);
    await ask(ANN);
    assert.deepEqual(await db.selectFrom('subscription_mails').selectAll().execute(), []);
  });

  test('a pause moves what is due to its end; who resumes gets the next one', async () => {
    await using opened = await database();
    const { db, clock, consent, dueAt } = open(opened);
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
    const { db, clock, consent, dueAt } = open(opened);
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
    const { db, clock, consent, dueAt } = open(opened);
    const ann = await subscribe(db, ANN, PLAIN, consent());
    const overdue = await dueAt();
    clock.advance(DAY);
    await setTimeZone(db, ann.id, 'Asia/Kathmandu', clock.now());
    await subscribe(db, ANN, { ...PLAIN, list: { ...PLAIN.list, most: 5 }, isPlain: false }, consent());
    assert.deepEqual(await dueAt(), overdue);
    const [due] = await findDue(db, clock.now(), 1);
    assert.ok(due);
    await moveOn(db, due, nextDue(due, clock.now()));
    assert.deepEqual(await dueAt(), ['2026-01-10T07:00']);
    clock.advance(DAY);
    await pause(db, ann.id, 1, clock.now());
    assert.deepEqual(await dueAt(), ['2026-01-12T07:00']);
  });

  test('a clock that was a year ahead puts nothing off by more than a week once it is right again', async () => {
    await using opened = await database();
    const { db, clock, consent, context, dueAt } = open(opened);
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

  test('a list that is changed into another one takes its place', async () => {
    await using opened = await database();
    const { db, clock, consent } = open(opened);
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
    const { db, clock, consent, dueAt } = open(opened);
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
    const { db, clock, consent } = open(opened);
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

  test('what is due is found in order, and moved on once', async () => {
    await using opened = await database();
    const { db, consent } = open(opened);
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

  test('a suppressed address has nothing due and is not asked; lifting it brings back what was', async () => {
    await using opened = await database();
    const { db, clock, sent, ask, press, consent, dueAt } = open(opened);
    await subscribe(db, ANN, CATEGORY, consent());
    const bounce = { email: ANN, reason: 'bounced' as const, detail: `550 no\0${'!'.repeat(1000)}` };
    await suppress(db, bounce, clock.now());
    assert.deepEqual(await dueAt(), [null]);
    await ask(ANN);
    assert.equal(sent.length, 0);
    assert.equal(await isSuppressed(db, ANN), true);
    assert.equal(await unsuppress(db, ANN, clock.now()), true);
    assert.equal(await unsuppress(db, ANN, clock.now()), false);
    assert.deepEqual(await dueAt(), ['2026-01-09T07:00']);
    await suppress(db, bounce, clock.now());
    clock.advance(30 * DAY);
    await ask(ANN);
    assert.equal(sent.length, 1, 'after a month its owner can ask again');
    await press();
    assert.equal(await isSuppressed(db, ANN), false);
    assert.deepEqual(await dueAt(), ['2026-02-08T07:00', '2026-02-08T07:00']);
  });

  test('who complained is never asked by the form; what the operator said stands for all', async () => {
    await using opened = await database();
    const { db, clock, sent, ask, consent } = open(opened);
    await suppress(db, { email: ANN, reason: 'complained', detail: '' }, clock.now());
    await suppress(db, { email: ANN, reason: 'bounced', detail: '' }, clock.now());
    clock.advance(400 * DAY);
    await ask(ANN);
    assert.equal(sent.length, 0);
    await subscribe(db, ANN, PLAIN, consent());
    assert.equal(await isSuppressed(db, ANN), false, 'signed in, she may');
    await suppress(db, { email: ANN, reason: 'operator', detail: '' }, clock.now());
    await assert.rejects(subscribe(db, ANN, PLAIN, consent()), /No mail is sent to this address/);
  });

  test('twenty lists are the most', async () => {
    await using opened = await database();
    const { db, consent } = open(opened);
    for (let index = 0; index < 20; index++)
      await subscribe(db, ANN, about({ kind: 'category', id: `cs.${index}` }), consent());
    await assert.rejects(subscribe(db, ANN, PLAIN, consent()), /20 lists/);
    await subscribe(db, ANN, about({ kind: 'category', id: 'cs.3' }), consent());
  });

  test('with a new address of the account all lists come there, each once', async () => {
    await using opened = await database();
    const { db, consent, ask, press, token } = open(opened);
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
    assert.equal((await findDue(db, START + DAY, 10)).length, 2);
    await ask('bob@example.org');
    await move('bob@example.org', 'bobby@example.org');
    assert.deepEqual(await press(), { refused: 'unknown' }, 'what was not confirmed is not taken along');
    await move('nobody@example.org', 'x@example.org');
  });

  test('what was never confirmed is forgotten, and what ended long ago', async () => {
    await using opened = await database();
    const { db, clock, ask, press, consent } = open(opened);
    await ask(ANN);
    await ask('bob@example.org');
    const bob = await press();
    assert.ok('subscriber' in bob);
    assert.deepEqual(await countSubscribers(db, clock.now()), { active: 1, unconfirmed: 1, paused: 0, suppressed: 0 });
    clock.advance(8 * DAY);
    await forgetOld(db, clock.now());
    assert.equal((await countSubscribers(db, clock.now())).unconfirmed, 1, 'the link still says that it has expired');
    clock.advance(DAY);
    await forgetOld(db, clock.now());
    assert.equal(await findSubscriberByEmail(db, ANN), undefined);
    await subscribe(db, 'bob@example.org', CATEGORY, consent());
    await pause(db, bob.subscriber.id, 3, clock.now());
    await suppress(db, { email: 'x@example.org', reason: 'operator', detail: '' }, clock.now());
    assert.deepEqual(await countSubscribers(db, clock.now()), { active: 0, unconfirmed: 0, paused: 1, suppressed: 1 });
    await endAll(db, bob.subscriber.id, clock.now());
    clock.advance(90 * DAY);
    await forgetOld(db, clock.now());
    assert.deepEqual(await db.selectFrom('subscriptions').selectAll().execute(), []);
    const cat = await subscribe(db, 'cat@example.org', PLAIN, consent());
    await forget(db, cat.id);
    assert.deepEqual(await db.selectFrom('subscribers').selectAll().execute(), []);
  });
});
