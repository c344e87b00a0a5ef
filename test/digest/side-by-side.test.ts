/** Several that send at once: processes of the program, and mails of one process. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addDays, epochToDay } from '#platform/day.ts';
import { savePapers } from '#papers/save.ts';
import { rankDue } from '#ranking/rank-due.ts';
import { onEachDatabase } from '../database.ts';
import type { TestDatabase } from '../database.ts';
import { makeDraft } from '../drafts.ts';
import { openPost, paperOf } from '../post.ts';
import { runProgram, start } from '../program.ts';
import { messageIdIn, openSink } from '../smtp-sink.ts';
import type { Sink } from '../smtp-sink.ts';
import { addSubscriber } from '../subscribers.ts';

const DAY = 86_400_000;
const TIMEOUT = { timeout: 120_000 };

/** All of them are due, by the clock of programs. */
async function addReaders({ db }: TestDatabase, count: number): Promise<string[]> {
  const now = Date.now();
  const day = addDays(epochToDay(now), -2);
  const draft = makeDraft(1, { announcedOn: day, publishedOn: day });
  await db.transaction().execute(async (trx) => await savePapers(trx, [draft], now - DAY));
  await rankDue({ db, now });
  const emails = Array.from({ length: count }, (_, number) => `reader-${number}@example.org`);
  for (const email of emails) await addSubscriber(db, { email, now: now - 2 * DAY });
  return emails;
}

function assertEachOnce({ taken }: Sink, emails: readonly string[]): void {
  assert.deepEqual(taken.map(({ to }) => to).toSorted(), emails.toSorted());
  assert.equal(new Set(taken.map(messageIdIn)).size, emails.length);
}

const sentBy = (out: string) => Number(/^(\d+) sent, 0 failed, 0 skipped, 0 to be/.exec(out)?.[1]);

/** So many other things are done first. */
async function later(turns: number): Promise<void> {
  for (let turn = 0; turn < turns; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

onEachDatabase('side by side', (open, dialect) => {
  test('digest on the command line beside serve: each mail is sent by one of them', TIMEOUT, async () => {
    await using database = await open();
    const emails = await addReaders(database, 150);
    const [fifth, others, all] = [
      Promise.withResolvers<void>(),
      Promise.withResolvers<void>(),
      Promise.withResolvers<void>(),
    ];
    await using sink = await openSink({
      // The server's fifth mail is held until somebody else has sent one, so both are at work at once.
      hold: () => (sink.taken.length === 5 ? others.promise : undefined),
      onTaken() {
        if (sink.taken.length === 5) fifth.resolve();
        if (sink.taken.length === 6) others.resolve();
        if (sink.taken.length === emails.length) all.resolve();
      },
    });
    const env = { ...database.settings, SMTP_URL: sink.url, PUBLIC_URL: 'https://papers.example' };
    const server = start(['serve'], env);
    await Promise.race([fifth.promise, server.finished.then(({ err }) => assert.fail(err))]);
    const { code, out } = await runProgram(['digest'], env);
    assert.equal(code, 0);
    assert.ok(sentBy(out) > 0, out);
    await all.promise;
    server.kill('SIGTERM');
    assert.equal((await server.finished).code, 0);
    assertEachOnce(sink, emails);
    const rows = await database.db.selectFrom('digest_mails').select('state').execute();
    assert.ok(rows.every(({ state }) => state === 'sent'));
  });

  for (const atOnce of [1, 4])
    test(`the mail server owes us ${atOnce} answers at most with DIGESTS_AT_ONCE=${atOnce}`, async () => {
      const settings = { DIGESTS_AT_ONCE: String(atOnce) };
      await using post = await openPost({ dialect, settings, hold: async () => await later(100) });
      for (let number = 0; number < 40; number += 1) await post.subscribe({ email: `reader-${number}@example.org` });
      await post.print(paperOf('2026-01-06', 1));
      assert.equal((await post.runAt('2026-01-06T07:00:00Z')).sent, 40);
      assert.equal(post.sink.mostOwed(), atOnce);
    });

  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    test(`${signal} lets the mail end whose end is out, and no other; nothing is sent twice`, TIMEOUT, async () => {
      await using database = await open();
      const emails = await addReaders(database, 20);
      const [third, told] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
      await using sink = await openSink({
        hold: () => (sink.taken.length === 3 ? told.promise : undefined),
        onTaken: () => void (sink.taken.length === 3 && third.resolve()),
      });
      const env = { ...database.settings, SMTP_URL: sink.url, PUBLIC_URL: 'https://papers.example' };
      const command = start(['digest'], env);
      await third.promise;
      command.kill(signal);
      // Those that were only begun hang up: then the signal was heard.
      await sink.hungUp(3);
      told.resolve();
      const { code, out, err } = await command.finished;
      assert.deepEqual([code, out], [130, '3 sent, 0 failed, 0 skipped, 0 to be tried again\n']);
      assert.doesNotMatch(err, /cannot be used|nobody knows/);
      assert.equal(sink.taken.length, 3);
      const waiting = await database.db.selectFrom('digest_mails').selectAll().where('state', '=', 'waiting').execute();
      assert.equal(waiting.length, 17);
      assert.ok(
        waiting.every(
          ({ attempts, unanswered, due_at: dueAt }) => attempts + unanswered === 0 && (dueAt ?? 0) <= Date.now(),
        ),
      );
      assert.match((await runProgram(['digest'], env)).out, /^17 sent/);
      assertEachOnce(sink, emails);
    });
});
