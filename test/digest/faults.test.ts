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
const PATIENCE = { endTimeout: 150, socketTimeout: 1_000, greetingTimeout: 1_000 };
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
      const faults: Fault[] = [
        { kind: 'hang up' },
        { kind: 'hang up after the end' },
        { kind: 'say nothing' },
        { kind: 'refuse recipient', code: 421 },
        { kind: 'refuse recipient', code: 450 },
        { kind: 'refuse message', code: 451 },
      ];
      await using post = await openPost({
        dialect,
        fault(to) {
          asked.set(to, (asked.get(to) ?? 0) + 1);
          if (CLOSED.includes(to)) return { kind: 'refuse recipient', code: 550, text: 'No such user here' };
          return random() < 0.3 ? faults[Math.floor(random() * faults.length)] : undefined;
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
});
