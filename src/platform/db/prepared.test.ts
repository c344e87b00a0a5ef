import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { onEachDatabase } from '../../../test/database.ts';
import type { TestDatabase } from '../../../test/database.ts';
import { prepared } from './prepared.ts';

onEachDatabase('a query that is put together once', (open, dialect) => {
  test('is asked with the values of each call, and put together anew for another database', async () => {
    await using one = await open();
    await using other = await open();
    let built = 0;
    const ask = prepared((db: TestDatabase['db'], first: string, second: string) => {
      built += 1;
      const [a, b] = [sql`cast(${first} as text)`, sql`cast(${second} as text)`];
      return sql<{ said: string }>`select ${b} || cast(${'-'} as text) || ${a} || ${b} as said`.compile(db);
    });
    assert.deepEqual(
      (await ask(one.db, 'a', 'b')).map(({ said }) => said),
      ['b-ab'],
    );
    assert.deepEqual(
      (await ask(one.db, 'c', '')).map(({ said }) => said),
      ['-c'],
    );
    assert.equal(built, 1);
    assert.equal((await ask(other.db, 'd', 'e'))[0]?.said, 'e-de');
    assert.equal(built, 2);
  });

  test('goes on after a column was added, and PostgreSQL keeps its plan and no others', async () => {
    await using opened = await open();
    const { db } = opened;
    await sql`create table things (name text)`.execute(db);
    await sql`insert into things (name) values ('a'), ('b')`.execute(db);
    const ask = prepared((one: TestDatabase['db'], name: string) =>
      sql<{ name: string }>`select name from things where name = ${name}`.compile(one),
    );
    const names = async (name: string) => (await ask(db, name)).map((row) => row.name);
    assert.deepEqual(await names('a'), ['a']);
    await sql`alter table things add column more text`.execute(db);
    assert.deepEqual([await names('b'), await names('c')], [['b'], []]);
    if (dialect !== 'postgres') return;
    const { rows } = await sql<{ statement: string }>`select statement from pg_prepared_statements`.execute(db);
    assert.deepEqual(
      rows.map(({ statement }) => statement),
      ['select name from things where name = $1'],
    );
  });
});
