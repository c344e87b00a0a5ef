/** Who reads a mailbox is asked of every stranger's address, so it must not cost a look at everybody. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { openTestDatabase } from '../../test/database.ts';
import { findUserOfMailbox, hasMark } from './store.ts';

test('whether a stranger’s mailbox has an account, or is banned, is found by indexes, however many have one', async () => {
  await using database = await openTestDatabase('sqlite');
  const { db, queries } = database;
  queries.length = 0;
  assert.equal(await findUserOfMailbox(db, 'ann@lab.example'), undefined);
  assert.equal(await hasMark(db, ['banned:1', 'banned:2']), false);
  assert.equal(queries.length, 2);
  for (const text of [...queries]) {
    const plan = sql<{ detail: string }>`explain query plan ${sql.raw(text.replaceAll('?', "'x'"))}`;
    const details = (await plan.execute(db)).rows.map(({ detail }) => detail);
    assert.ok(
      details.some((detail) => /USING (?:COVERING )?INDEX/.test(detail)),
      details.join('; '),
    );
    for (const detail of details) assert.doesNotMatch(detail, /SCAN/, text);
  }
});
