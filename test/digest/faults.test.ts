/** A mail server that drops, stalls and refuses at random: what can be delivered is, and nothing goes where it may not. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runDigests } from '#digest/run.ts';
import { messageWriter } from '#platform/mail/compose.ts';
import type { Mail } from '#platform/mail/mail.ts';
import { mailToServer } from '#platform/mail/smtp.ts';
import { findSuppression } from '#subscriptions/suppress.ts';
import { onEachDatabase } from '../database.ts';
import { openPost, paperOf } from '../post.ts';
import type { Fault } from '../smtp-sink.ts';
import { messageIdIn } from '../smtp-sink.ts';

const READERS = Array.from({ length: 60 }, (_, number) => `reader-${number}@example.org`);
const CLOSED = Array.from({ length: 8 }, (_, number) => `closed-${number}@example.org`);
const PATIENCE = { endTimeout: 1_000, socketTimeout: 10_000, greetingTimeout: 5_000 };
const MINUTE = 60_000;

/** The same numbers each time (mulberry32), so that a failure can be looked at. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function patientMail(url: string): Mail {
  const write = messageWriter('Daily Papers <papers@papers.example>');
  return { ...mailToServer({ url, write, patience: PATIENCE }), place: undefined };
}

onEachDatabase('a mail server with faults', (_open, dialect) => {
  test(
    'all that can be delivered is delivered, and a suppressed address is left alone',
    { timeout: 240_000 },
    async () => {
      const random = randomFrom(11);
      const asked = new Map<string, number>();
      /** Mails that the server took and then said nothing of. */
      const unanswered = new Map<string, number>();
      const faults: Fault[] = [
        { kind: 'hang up' },
        { kind: 'hang up after the end' },
        { kind: 'say nothing' },
        { kind: 'take and say nothing' },
        { kind: 'refuse recipient', code: 421 },
        { kind: 'refuse recipient', code: 450 },
        { kind: 'refuse message', code: 451 },
      ];
      await using post = await openPost({
        dialect,
        fault(to) {
          asked.set(to, (asked.get(to) ?? 0) + 1);
          if (CLOSED.includes(to)) return { kind: 'refuse recipient', code: 550, text: 'No such user here' };
          const made = random() < 0.3 ? faults[Math.floor(random() * faults.length)] : undefined;
          // A mail is given up for sent where its end is never answered; that is another test.
          const isUnsure = made?.kind !== 'hang up' && made !== undefined && !('code' in made);
          const before = unanswered.get(to) ?? 0;
          if (isUnsure && before === 2) return undefined;
          if (isUnsure) unanswered.set(to, before + 1);
          return made;
        },
      });
      const { site, sink } = post;
      for (const email of [...READERS, ...CLOSED]) await post.subscribe({ email });
      await post.print(paperOf('2026-01-06', 1));
      const mail = patientMail(sink.url);
      const press = { ...site.app, mail, url: 'https://papers.example' };
      const runUntilDone = async (instant: string) => {
        site.clock.advance(Date.parse(instant) - site.clock.now());
        for (let round = 0; round < 100; round += 1) {
          await runDigests(press);
          const waiting = await site.db
            .selectFrom('digest_mails')
            .select('id')
            .where('state', '=', 'waiting')
            .execute();
          if (waiting.length === 0) return;
          site.clock.advance(20 * MINUTE);
        }
        assert.fail('mails still wait');
      };
      await runUntilDone('2026-01-06T07:00:00Z');
      for (const email of READERS) {
        const ids = sink.to(email).map(messageIdIn);
        assert.ok(ids.length > 0, `${email} has nothing`);
        assert.equal(new Set(ids).size, 1);
        const faulty = unanswered.get(email) ?? 0;
        assert.ok(ids.length <= 1 + faulty, `${email} has ${ids.length} copies for ${faulty} faults`);
      }
      for (const email of CLOSED) {
        assert.equal(sink.to(email).length, 0);
        assert.match((await findSuppression(site.db, email))?.detail ?? '', /No such user here/);
        assert.equal(asked.get(email), 1, `${email} was tried again`);
      }
      await post.print(paperOf('2026-01-07', 2));
      await runUntilDone('2026-01-07T07:00:00Z');
      for (const email of READERS) assert.equal(new Set(sink.to(email).map(messageIdIn)).size, 2, email);
      for (const email of CLOSED) assert.equal(asked.get(email), 1, `${email} was tried again`);
      mail.close();
    },
  );

  test('a server that is down costs no mail its tries, and all go when it is back', async () => {
    await using post = await openPost({ dialect });
    for (const email of READERS) await post.subscribe({ email });
    await post.print(paperOf('2026-01-06', 1));
    const press = { ...post.site.app, url: 'https://papers.example' };
    const down = patientMail('smtp://127.0.0.1:1');
    post.site.clock.advance(Date.parse('2026-01-06T07:00:00Z') - post.site.clock.now());
    const counts = await runDigests({ ...press, mail: down });
    assert.deepEqual([counts.sent, counts.failed], [0, 0]);
    assert.ok(counts.postponed < READERS.length / 2, `${counts.postponed} were tried`);
    post.site.clock.advance(5 * MINUTE);
    await runDigests(press);
    assert.equal(post.sink.taken.length, READERS.length);
  });

  test('a full mailbox is given up with the third mail, and no sooner', async () => {
    await using post = await openPost({
      dialect,
      fault: () => ({ kind: 'refuse recipient', code: 552, text: '5.2.2 Mailbox full' }),
    });
    await post.subscribe({ email: 'full@example.org' });
    for (const [at, day] of ['2026-01-06', '2026-01-07', '2026-01-08'].entries()) {
      await post.print(paperOf(day, at + 1));
      const counts = await post.runAt(`${day}T07:00:00Z`);
      assert.deepEqual([counts.failed, counts.suppressed], [1, at === 2 ? 1 : 0]);
    }
    assert.equal((await findSuppression(post.site.db, 'full@example.org'))?.reason, 'refused');
  });

  test('a server that never answers the end of a mail gets three copies at most, an hour apart', async () => {
    await using post = await openPost({ dialect, fault: () => ({ kind: 'take and say nothing' }) });
    await post.subscribe({ email: 'ann@example.org' });
    await post.print(paperOf('2026-01-06', 1));
    const mail = patientMail(post.sink.url);
    const press = { ...post.site.app, mail, url: 'https://papers.example' };
    post.site.clock.advance(Date.parse('2026-01-06T07:00:00Z') - post.site.clock.now());
    const copies: number[] = [];
    for (let minute = 0; minute < 5 * 60; minute += 30) {
      await runDigests(press);
      copies.push(post.sink.taken.length);
      post.site.clock.advance(30 * MINUTE);
    }
    mail.close();
    assert.deepEqual(copies, [1, 1, 2, 2, 3, 3, 3, 3, 3, 3]);
    assert.equal(new Set(post.sink.taken.map(messageIdIn)).size, 1);
    const row = await post.site.db.selectFrom('digest_mails').selectAll().executeTakeFirstOrThrow();
    assert.deepEqual([row.state, row.unanswered], ['sent', 3]);
    assert.match(row.last_error ?? '', /never said whether it took the mail/);
  });

  test('a server that has something against us costs no address anything', async () => {
    const refusals: Fault[] = [
      {
        kind: 'refuse recipient',
        code: 550,
        text: '5.1.0 <no-reply@papers.example>: Sender address rejected: User unknown',
      },
      { kind: 'refuse recipient', code: 550, text: 'no' },
      { kind: 'refuse recipient', code: 550, text: '5.1.1 no such user' },
      { kind: 'refuse message', code: 554, text: '5.7.1 looks like an advertisement' },
    ];
    for (const refusal of refusals) {
      let isRefusing = true;
      let asked = 0;
      await using post = await openPost({
        dialect,
        fault() {
          asked += 1;
          return isRefusing ? refusal : undefined;
        },
      });
      for (const email of READERS) await post.subscribe({ email });
      await post.print(paperOf('2026-01-06', 1));
      const failure = await post.runAt('2026-01-06T07:00:00Z').catch((error: unknown) => error);
      if (refusal !== refusals[0]) assert.match(String(failure), /something against us/);
      assert.ok(asked < 25, `${asked} were tried`);
      for (const email of READERS) assert.equal(await findSuppression(post.site.db, email), undefined);
      assert.equal((await post.site.db.selectFrom('mail_bounces').selectAll().execute()).length, 0);
      isRefusing = false;
      await post.runAt('2026-01-06T09:00:00Z');
      assert.equal(post.sink.taken.length, READERS.length);
    }
  });

  test('a bad minute of the server costs a small site no address, and one that is gone is known by the second try', async () => {
    let isBad = true;
    await using post = await openPost({
      dialect,
      fault: (to) =>
        isBad || to === CLOSED[0] ? { kind: 'refuse recipient', code: 550, text: '5.1.1 no such user' } : undefined,
    });
    for (const email of [...READERS.slice(0, 4), CLOSED[0] ?? '']) await post.subscribe({ email });
    await post.print(paperOf('2026-01-06', 1));
    const counts = await post.runAt('2026-01-06T07:00:00Z');
    assert.deepEqual([counts.sent, counts.suppressed, counts.postponed], [0, 0, 5]);
    isBad = false;
    await post.runAt('2026-01-06T07:05:00Z');
    assert.equal(post.sink.taken.length, 4);
    for (const email of READERS.slice(0, 4)) assert.equal(await findSuppression(post.site.db, email), undefined);
    assert.equal((await findSuppression(post.site.db, CLOSED[0] ?? ''))?.reason, 'refused');
  });

  test('a database that is away when the server has a mail: it is written down later, and sent once', async () => {
    await using post = await openPost({ dialect });
    for (const email of READERS.slice(0, 10)) await post.subscribe({ email });
    await post.print(paperOf('2026-01-06', 1));
    post.site.clock.advance(Date.parse('2026-01-06T07:00:00Z') - post.site.clock.now());
    let failures = 0;
    const { db } = post.site;
    const hiccup = db.withPlugin({
      transformQuery({ node }) {
        const isNote = node.kind === 'UpdateQueryNode' && JSON.stringify(node).includes('"sent_at"');
        if (isNote && failures < 5) {
          failures += 1;
          throw new Error('the connection was closed');
        }
        return node;
      },
      transformResult: async ({ result }) => result,
    });
    const counts = await runDigests({ ...post.site.app, db: hiccup, url: 'https://papers.example' });
    assert.deepEqual([failures, counts.sent], [5, 10]);
    post.site.clock.advance(60 * MINUTE);
    await post.runAt('2026-01-06T09:00:00Z');
    assert.equal(post.sink.taken.length, 10);
  });

  test('a mail that another process has taken over meanwhile is not ended', async () => {
    await using post = await openPost({ dialect });
    await post.subscribe({ email: 'ann@example.org' });
    await post.print(paperOf('2026-01-06', 1));
    post.site.clock.advance(Date.parse('2026-01-06T07:00:00Z') - post.site.clock.now());
    const { app, clock, db } = post.site;
    const press = { ...app, url: 'https://papers.example' };
    let others: Promise<unknown> | undefined;
    const slow: Mail = {
      ...app.mail,
      async send(message, signal, beforeEnd) {
        clock.advance(6 * MINUTE); // longer than it is held
        others ??= runDigests(press);
        await others;
        await app.mail.send(message, signal, beforeEnd);
      },
    };
    const counts = await runDigests({ ...press, mail: slow });
    assert.deepEqual([counts.sent, counts.postponed, counts.failed], [0, 0, 0]);
    assert.equal(post.sink.taken.length, 1);
    const { state } = await db.selectFrom('digest_mails').select('state').executeTakeFirstOrThrow();
    assert.equal(state, 'sent');
  });
});
