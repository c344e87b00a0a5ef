/** `broadsheet digest …`, as a process, with a mail server at the other end. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addDays, epochToDay } from '#platform/day.ts';
import { savePapers } from '#papers/save.ts';
import { rankDue } from '#ranking/rank-due.ts';
import { suppress } from '#subscriptions/suppress.ts';
import type { Db } from '#schema.ts';
import { openTestDatabase } from '../database.ts';
import { makeDraft } from '../drafts.ts';
import { runProgram } from '../program.ts';
import { openSink, parse } from '../smtp-sink.ts';
import { addSubscriber } from '../subscribers.ts';

const DAY = 86_400_000;
const ANN = 'ann@example.org';
const BOB = 'bob@example.org';

/** Days before today that have an edition: programs have a clock of their own. */
async function print(db: Db, days: readonly string[]): Promise<void> {
  const drafts = days.map((day, at) => makeDraft(at + 1, { announcedOn: day, publishedOn: day }));
  await db.transaction().execute(async (trx) => await savePapers(trx, drafts, Date.now() - DAY));
  await rankDue({ db, now: Date.now() });
}

async function openPress() {
  const database = await openTestDatabase('sqlite');
  const sink = await openSink();
  const today = epochToDay(Date.now());
  const [newest, older] = [addDays(today, -2), addDays(today, -5)];
  await print(database.db, [newest, older]);
  const env = { ...database.settings, SMTP_URL: sink.url, PUBLIC_URL: 'https://papers.example' };
  return {
    ...{ db: database.db, sink, today, newest, older },
    status: async (more: Record<string, string> = {}) => (await runProgram(['status'], { ...env, ...more })).out,
    digest: async (...args: string[]) => await runProgram(['digest', ...args], env),
    mails: async () => await database.db.selectFrom('digest_mails').select(['edition', 'state']).execute(),
    async [Symbol.asyncDispose]() {
      await sink[Symbol.asyncDispose]();
      await database[Symbol.asyncDispose]();
    },
  };
}

test('a dry run shows what is due and writes nothing; without it, it is sent, once', async () => {
  await using press = await openPress();
  const { db, sink, digest, mails, newest } = press;
  await addSubscriber(db, { email: ANN, now: Date.now() - 2 * DAY });
  await addSubscriber(db, { email: BOB, now: Date.now() + DAY });
  const shown = await digest('--dry-run');
  assert.deepEqual([shown.code, shown.err], [0, '1 mail would be sent; nothing was written.\n']);
  assert.match(shown.out, new RegExp(`^ann@example\\.org\t${newest}\t1\tPaper number 1 — \\w+, \\w+ \\d+\n$`));
  assert.deepEqual([sink.taken.length, await mails()], [0, []]);
  const sent = await digest();
  assert.deepEqual([sent.code, sent.out], [0, '1 sent, 0 failed, 0 skipped, 0 to be tried again\n']);
  assert.deepEqual(
    sink.taken.map(({ to }) => to),
    [ANN],
  );
  assert.match((await digest('--dry-run')).err, /^0 mails would be sent/);
  assert.match((await digest()).out, /^0 sent/);
});

test('an edition is sent to all who have not had it; one that is none is an error that names the nearest', async () => {
  await using press = await openPress();
  const { db, sink, digest, mails, newest, older, today } = press;
  await addSubscriber(db, { email: ANN, now: Date.now() + DAY });
  await addSubscriber(db, { email: BOB, now: Date.now() + DAY });
  const wrong: [string, string][] = [
    [addDays(newest, -1), newest],
    [addDays(older, 1), older],
    [addDays(today, 400), newest],
    ['1991-08-14', older],
  ];
  for (const [day, nearest] of wrong)
    for (const dry of [['--dry-run'], []]) {
      const { code, out, err } = await digest(...dry, '--edition', day);
      assert.deepEqual([code, out], [2, ''], day);
      assert.match(err, new RegExp(`There is no edition of ${day}: nothing is sent\\.\nThe nearest is ${nearest} \\(`));
    }
  const week = await digest('--edition', '2019-W05');
  assert.equal(week.code, 2);
  assert.match(week.err, /There is no edition of 2019-W05: nothing is sent\.\nThe nearest is \d{4}-W\d\d\./);
  const nonsense = await digest('--edition', 'yesterday');
  assert.equal(nonsense.code, 2);
  assert.match(nonsense.err, /“yesterday” is neither a day nor a week\.\nA day looks like/);
  assert.deepEqual([sink.taken.length, await mails()], [0, []]);
  assert.match((await digest('--dry-run', '--edition', older)).err, /^2 mails would be sent/);
  assert.match((await digest('--edition', older)).out, /^2 sent/);
  assert.deepEqual(sink.taken.map(({ to }) => to).toSorted(), [ANN, BOB]);
  assert.deepEqual(
    (await mails()).map(({ edition }) => edition),
    [older, older],
  );
  assert.match((await digest('--edition', older)).out, /^0 sent/, 'each once');
});

test('one address gets its own, whatever its hour; a stranger a sample; a suppressed one nothing', async () => {
  await using press = await openPress();
  const { db, sink, digest, mails, older, newest } = press;
  await addSubscriber(db, { email: ANN, now: Date.now() + DAY });
  await suppress(db, { email: BOB, reason: 'bounced', detail: '550 no such user' }, Date.now());
  assert.match((await digest('--dry-run', '--to', 'ANN@example.org')).out, new RegExp(`^ann@example\\.org\t${newest}`));
  assert.match((await digest('--to', ANN)).out, /^1 sent/);
  const again = await digest('--to', ANN);
  assert.deepEqual([again.code, again.out], [0, '']);
  assert.match(again.err, /has had this edition, or there is nothing new in it: nothing was sent/);
  assert.match((await digest('--to', ANN, '--edition', older)).out, /^1 sent/);
  assert.equal((await mails()).length, 2);
  const shown = await digest('--dry-run', '--to', 'new@example.org');
  assert.match(shown.out, /^new@example\.org\tsample\t1\tPaper number 1 — /);
  assert.match(shown.err, /has no subscription: a sample would be sent; nothing was written/);
  const sample = await digest('--to', 'new@example.org');
  assert.equal(sample.code, 0);
  assert.match(sample.err, /new@example\.org has no subscription: this was a sample/);
  const [mail] = sink.to('new@example.org');
  assert.ok(mail);
  const { subject = '', text = '' } = await parse(mail);
  assert.match(subject, /^Paper number 1/);
  assert.match(text, /This is a sample/);
  assert.doesNotMatch(text, /Unsubscribe:/, 'there is nothing to end');
  assert.equal((await mails()).length, 2, 'a sample is not written down');
  assert.equal((await digest('--to', 'new@example.org', '--edition', '2019-02-03')).code, 2);
  for (const [to, why] of [
    [BOB, /Nothing is sent to bob@example\.org: bounced\. 550 no such user/],
    ['nobody', /“nobody” is no mail address/],
  ] as const) {
    const refused = await digest('--to', to);
    assert.equal(refused.code, 2);
    assert.match(refused.err, why);
  }
  assert.equal(sink.taken.length, 3);
});

test('what waits is told by hand and in the status, and mail without an address of the site is warned of', async () => {
  await using press = await openPress();
  const { db, digest, status } = press;
  await addSubscriber(db, { email: ANN, now: Date.now() - 2 * DAY });
  await addSubscriber(db, { email: BOB, now: Date.now() - 2 * DAY, topics: [{ kind: 'category', id: 'cs.RO' }] });
  await digest();
  assert.match(await status(), /0 waiting; of the last seven days 1 sent, 0 failed, 0 skipped, 1 times nothing new\n/);
  const held = Date.parse('2999-01-02T03:04:05Z');
  await db.updateTable('digest_mails').set({ state: 'waiting', due_at: held }).where('state', '=', 'sent').execute();
  const again = await digest();
  assert.match(again.out, /^0 sent/);
  assert.equal(again.err, '1 mail waits, the next until 2999-01-02 03:04 UTC.\n');
  assert.doesNotMatch(await status({ CONTACT: 'ops@papers.example' }), /Warning/);
  assert.match(
    await status(),
    /^Warning: CONTACT is empty: mails about a deleted account or a changed address name nobody to write to/,
  );
  assert.match(await status({ PUBLIC_URL: '' }), /^Warning: SMTP_URL is set and PUBLIC_URL is not/);
});
