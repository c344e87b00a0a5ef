import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { onEachDatabase } from '../../../test/database.ts';
import type { TestDatabase } from '../../../test/database.ts';
import { prepared } from './prepared.ts';

onEachDatabase('a query that is put together once', (open) => {
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
});
