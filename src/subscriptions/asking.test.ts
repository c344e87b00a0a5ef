/** Asking, confirming, and what is mailed meanwhile. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MailError } from '#platform/mail/mail.ts';
import { onEachDatabase } from '../../test/database.ts';
import { about, ALERT, ANN, CATEGORY, DAY, HOUR, PLAIN, START, openSubscribing } from '../../test/subscribing.ts';
import { findDue } from './due.ts';
import { findSubscriberByEmail, listLists } from './store.ts';
import { subscribe } from './subscribe.ts';

onEachDatabase('asking for a subscription', (database) => {
  test('nothing is due until the link is pressed, which works once', async () => {
    await using opened = await database();
    const { db, ask, sent, press, token, dueAt } = openSubscribing(opened);
    await ask(ANN);
    assert.equal(sent.length, 1);
    assert.match(sent[0]?.text ?? '', /every day at 8:00 \(Europe\/Berlin\):\n\n {2}What is trending\n/);
    assert.deepEqual(await findDue(db, START + 30 * DAY, 10), { due: [], unreadable: [] });
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
    const { db, ask, press } = openSubscribing(opened);
    await ask(ANN);
    const outcomes = await Promise.all([press(), press(), press()]);
    assert.equal(outcomes.filter((one) => 'subscriber' in one).length, 1);
    assert.equal((await db.selectFrom('subscriptions').selectAll().execute()).length, 1);
  });

  test('two links for the same, pressed at once, make one list', async () => {
    await using opened = await database();
    const { db, ask, press, token } = openSubscribing(opened);
    await ask(ANN);
    const first = token();
    await ask(ANN);
    await Promise.all([press(first), press()]);
    assert.equal((await db.selectFrom('subscriptions').selectAll().execute()).length, 1);
  });

  test('a link works for 48 hours', async () => {
    await using opened = await database();
    const { clock, ask, press } = openSubscribing(opened);
    await ask(ANN);
    clock.advance(48 * HOUR);
    assert.deepEqual(await press(), { refused: 'expired' });
    await ask('bob@example.org');
    clock.advance(48 * HOUR - 1);
    assert.ok('subscriber' in (await press()));
  });

  test('who has it already is told so and is changed nothing; other topics are another list', async () => {
    await using opened = await database();
    const { db, ask, sent, press } = openSubscribing(opened);
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
    const { clock, ask, sent } = openSubscribing(opened);
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
    const { ask, sent } = openSubscribing(opened);
    await ask(ANN, ALERT);
    await ask(ANN, about({ kind: 'everything' }, { kind: 'search', q: 'BUY NOW' }));
    await ask(ANN, about({ kind: 'search', q: 'BUY NOW' }, { kind: 'search', q: 'evil.example' }));
    assert.equal(sent.length, 3);
    for (const { text, subject } of sent) assert.doesNotMatch(text + subject, /BUY|evil/);
    assert.match(
      sent[0]?.text ?? '',
      /asked Daily Papers to look every day at 8:00 .*, and to mail to you when there are:/,
    );
    assert.match(sent[1]?.text ?? '', /What is trending, and 1 search; the link shows which/);
    assert.match(sent[2]?.text ?? '', /match 2 searches/);
  });

  test('a question that a server refuses for now is asked later, once; one refused for good is not', async () => {
    await using opened = await database();
    const { db, clock, ask, sent, post, send } = openSubscribing(opened);
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

  test('twenty lists are the most', async () => {
    await using opened = await database();
    const { db, consent } = openSubscribing(opened);
    for (let index = 0; index < 20; index++)
      await subscribe(db, ANN, about({ kind: 'category', id: `cs.${index}` }), consent());
    await assert.rejects(subscribe(db, ANN, PLAIN, consent()), /20 lists/);
    await subscribe(db, ANN, about({ kind: 'category', id: 'cs.3' }), consent());
  });
});
