/** Whether somebody banned reads a mailbox is asked of every stranger's address, so it must not cost a look at everybody. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { openTestDatabase } from '../../test/database.ts';
import { isBannedMailbox } from './store.ts';

test('whether a stranger’s mailbox is banned is found by indexes, however many have an account', async () => {
  await using database = await openTestDatabase('sqlite');
  const { db, queries } = database;
  queries.length = 0;
  assert.equal(await isBannedMailbox(db, 'ann@lab.example', ['banned:1', 'banned:2']), false);
  for (const text of [...queries]) {
    const plan = sql<{ detail: string }>`explain query plan ${sql.raw(text.replaceAll('?', "'x'"))}`;
    for (const { detail } of (await plan.execute(db)).rows)
      assert.match(detail, /USING (?:COVERING )?INDEX/, `${text}: ${detail}`);
  }
});
