/** Who deletes their account leaves an admin behind, on both databases. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readConfig } from '#platform/config.ts';
import { addPeople } from '../../test/add-people.ts';
import { onEachDatabase } from '../../test/database.ts';
import type { TestDatabase } from '../../test/database.ts';
import { changeRole } from './change-role.ts';
import { deleteAccount } from './delete-account.ts';

const NOW = Date.parse('2026-01-08T12:00:00Z');

async function admins({ db }: TestDatabase): Promise<string[]> {
  const rows = await db
    .selectFrom('users')
    .select('id')
    .where('role', '=', 'admin')
    .where('deleted_at', 'is', null)
    .where('banned_at', 'is', null)
    .execute();
  return rows.map(({ id }) => id);
}

onEachDatabase('an account that ends', (open) => {
  const leave = async (database: TestDatabase, id: string) =>
    await deleteAccount(
      { db: database.db, config: readConfig(database.settings), url: 'https://papers.example' },
      id,
      NOW,
      async () => undefined,
    );

  test('of admins who leave at the same moment one has to stay, as long as there are others', async () => {
    for (let round = 0; round < 5; round += 1) {
      await using database = await open();
      await addPeople(database.db, ['ann']);
      await addPeople(database.db, ['root', 'chief'], { role: 'admin' });
      const done = await Promise.allSettled([leave(database, 'root'), leave(database, 'chief')]);
      assert.deepEqual(done.map(({ status }) => status).toSorted(), ['fulfilled', 'rejected']);
      assert.equal((await admins(database)).length, 1);
    }
  });

  test('one who leaves while the other is demoted', async () => {
    await using database = await open();
    await addPeople(database.db, ['ann']);
    await addPeople(database.db, ['root', 'chief'], { role: 'admin' });
    const demote = database.db
      .transaction()
      .execute(async (trx) => await changeRole(trx, 'chief', { role: 'reader', now: NOW, url: undefined }));
    const done = await Promise.allSettled([demote, leave(database, 'root')]);
    assert.deepEqual(done.map(({ status }) => status).toSorted(), ['fulfilled', 'rejected']);
    assert.equal((await admins(database)).length, 1);
  });

  test('an admin who is banned is none to leave behind, and may leave', async () => {
    await using database = await open();
    await addPeople(database.db, ['root', 'chief'], { role: 'admin' });
    await database.db.updateTable('users').set({ banned_at: NOW }).where('id', '=', 'chief').execute();
    await assert.rejects(leave(database, 'root'), { kind: 'conflict', message: /the only admin/ });
    await leave(database, 'chief');
    await leave(database, 'root');
    assert.deepEqual(await admins(database), []);
  });
});
