/** Mails that wait: who was too slow changes nothing, and what fails holds up no other. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { manualClock } from '#platform/clock.ts';
import { createLog } from '#platform/log.ts';
import { onEachDatabase } from '../../../test/database.ts';
import type { TestDatabase } from '../../../test/database.ts';
import { MailError } from './mail.ts';
import { sendWaiting } from './waiting-mails.ts';
import type { WaitingMail } from './waiting-mails.ts';

const MINUTE = 60_000;
const NOW = Date.parse('2026-01-08T12:00:00Z');

async function openQueue({ db }: TestDatabase, ...ids: string[]) {
  await sql`create table waiting (id text primary key, created_at bigint, due_at bigint, attempts integer, last_error text)`.execute(
    db,
  );
  for (const id of ids) await sql`insert into waiting values (${id}, ${NOW}, ${NOW}, 0, null)`.execute(db);
  const clock = manualClock(NOW);
  const queue = {
    ...{
      db: db as unknown as Kysely<{ waiting: WaitingMail }>,
      clock,
      log: createLog({ level: 'silent', format: 'json' }),
      table: 'waiting' as const,
      what: 'a mail',
    },
    ...{ giveUpMs: 60 * MINUTE, longestRetryMs: 15 * MINUTE },
  };
  const run = async (deliver: (mail: WaitingMail) => Promise<void>) =>
    await sendWaiting({ ...queue, deliver }, new AbortController().signal);
  const rows = async () => (await sql<WaitingMail>`select * from waiting order by id`.execute(db)).rows;
  return { clock, run, rows };
}

onEachDatabase('mails that wait', (open) => {
  test('each is sent by one of several, and is gone', async () => {
    await using database = await open();
    const { run, rows } = await openQueue(database, 'a', 'b', 'c', 'd', 'e');
    const sent: string[] = [];
    const send = async () => await run(async ({ id }) => await Promise.resolve(void sent.push(id)));
    await Promise.all([send(), send(), send()]);
    assert.deepEqual(sent.toSorted(), ['a', 'b', 'c', 'd', 'e']);
    assert.deepEqual(await rows(), []);
  });

  for (const [how, fail] of [
    ['succeeds', undefined],
    ['fails', new Error('the connection was closed')],
    ['is refused for good', new MailError('no such user', true, undefined)],
  ] as const)
    test(`who held one for too long, and then ${how}, says nothing of what another has done with it`, async () => {
      await using database = await open();
      const { clock, run, rows } = await openQueue(database, 'a');
      await run(async () => {
        clock.advance(3 * MINUTE);
        await run(async () => await Promise.reject(new MailError('later, please', false, undefined)));
        if (fail !== undefined) throw fail;
      });
      const [row] = await rows();
      assert.deepEqual([row?.attempts, row?.last_error], [1, 'later, please']);
      assert.equal(row?.due_at, NOW + 3.5 * MINUTE);
    });

  test('what fails is tried again, twice as late each time, and given up at last; the others are sent', async () => {
    await using database = await open();
    const { clock, run, rows } = await openQueue(database, 'bad', 'good');
    const tries: number[] = [];
    const sent: string[] = [];
    for (let half = 0; half < 140; half += 1) {
      await run(async ({ id }) => {
        await Promise.resolve();
        if (id === 'bad') {
          tries.push((clock.now() - NOW) / MINUTE);
          throw new Error('a row that nobody can read');
        }
        sent.push(id);
      });
      clock.advance(MINUTE / 2);
    }
    assert.deepEqual(sent, ['good']);
    assert.deepEqual(tries, [0, 0.5, 1.5, 3.5, 7.5, 15.5, 30.5, 45.5]);
    assert.deepEqual(await rows(), []);
  });
});
