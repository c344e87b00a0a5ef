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

onEachDatabase('side by side', (open, dialect) => {
  test('digest on the command line beside serve: each mail is sent by one of them', TIMEOUT, async () => {
    await using database = await open();
    const emails = await addReaders(database, 220);
    let begun: (() => void) | undefined;
    const someTaken = new Promise<void>((resolve) => (begun = resolve));
    await using sink = await openSink({ answerMs: 20, onTaken: () => void (sink.taken.length === 5 && begun?.()) });
    const env = { ...database.settings, SMTP_URL: sink.url, PUBLIC_URL: 'https://papers.example' };
    const server = start(['serve'], env);
    await Promise.race([someTaken, server.finished.then(({ err }) => assert.fail(err))]);
    const { code, out } = await runProgram(['digest'], env);
    assert.equal(code, 0);
    const own = sentBy(out);
    assert.ok(own > 0 && own < emails.length, `the command sent ${own}`);
    for (let wait = 0; wait < 600 && sink.taken.length < emails.length; wait += 1)
      await new Promise((resolve) => setTimeout(resolve, 50));
    server.kill('SIGTERM');
    assert.equal((await server.finished).code, 0);
    assertEachOnce(sink, emails);
    const rows = await database.db.selectFrom('digest_mails').select('state').execute();
    assert.ok(rows.every(({ state }) => state === 'sent'));
  });

  test('two processes together are as fast as DIGESTS_PER_MINUTE says', TIMEOUT, async () => {
    await using database = await open();
    const emails = await addReaders(database, 130);
    const times: number[] = [];
    await using sink = await openSink({ onTaken: () => void times.push(performance.now()) });
    // One each 20 ms. A hundred are held by one of them, so that the other has some as well.
    const env = { ...database.settings, SMTP_URL: sink.url, DIGESTS_PER_MINUTE: '3000' };
    const runs = await Promise.all([runProgram(['digest'], env), runProgram(['digest'], env)]);
    assert.equal(
      runs.reduce((sum, { out }) => sum + sentBy(out), 0),
      emails.length,
    );
    assertEachOnce(sink, emails);
    const took = (times.at(-1) ?? 0) - (times[0] ?? 0);
    // Turns are instants; a mail may be a little after its own, so the first one too.
    assert.ok(took >= 129 * 20 - 300, `130 mails in ${took.toFixed(0)} ms`);
  });

  for (const atOnce of [1, 4])
    test(`the mail server owes us ${atOnce} answers at most with DIGESTS_AT_ONCE=${atOnce}`, async () => {
      const settings = { DIGESTS_AT_ONCE: String(atOnce) };
      await using post = await openPost({ dialect, settings, answerMs: 10 });
      for (let number = 0; number < 40; number += 1) await post.subscribe({ email: `reader-${number}@example.org` });
      await post.print(paperOf('2026-01-06', 1));
      assert.equal((await post.runAt('2026-01-06T07:00:00Z')).sent, 40);
      assert.equal(post.sink.mostOwed(), atOnce);
    });
});
