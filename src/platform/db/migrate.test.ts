import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { migrations } from '#migrations/index.ts';
import { onEachDatabase } from '../../../test/database.ts';
import { migrate } from './migrate.ts';

onEachDatabase('migrate', (open) => {
  test('running again does nothing', async () => {
    await using opened = await open();
    assert.deepEqual(await migrate(opened.db, migrations), []);
  });

  test('several processes that start at once agree', async () => {
    await using opened = await open();
    const more = {
      ...migrations,
      '9000_once': { up: async (db: typeof opened.db) => void (await sql`create table once (a int)`.execute(db)) },
    };
    const done = await Promise.all([migrate(opened.db, more), migrate(opened.db, more), migrate(opened.db, more)]);
    assert.deepEqual(done.flat(), ['9000_once']);
  });

  test('a database from a newer version is refused and left alone', async () => {
    await using opened = await open();
    await opened.db
      .insertInto('kysely_migration' as never)
      .values({ name: '0099_future', timestamp: 'now' } as never)
      .execute();
    await assert.rejects(migrate(opened.db, migrations), (error: Error & { hint?: string }) => {
      assert.match(error.message, /newer Broadsheet.*0099_future/);
      assert.match(error.hint ?? '', /newer version|backup/);
      return true;
    });
  });

  test('a database of another program is refused', async () => {
    await using opened = await open();
    await sql`drop table kysely_migration`.execute(opened.db);
    await assert.rejects(migrate(opened.db, migrations), /another program/);
  });

  test('a migration that fails leaves no trace', async () => {
    await using opened = await open();
    const broken = {
      ...migrations,
      '9001_broken': {
        up: async (db: typeof opened.db) => {
          await sql`create table half (a int)`.execute(db);
          throw new Error('power cut');
        },
      },
    };
    await assert.rejects(migrate(opened.db, broken), /power cut/);
    await assert.rejects(sql`select * from half`.execute(opened.db));
  });
});
