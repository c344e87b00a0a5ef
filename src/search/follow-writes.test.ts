import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { dialectOf } from '#platform/db/open.ts';
import { onEachDatabase } from '../../test/database.ts';
import type { TestDatabase } from '../../test/database.ts';
import { makeDraft, save } from '../../test/drafts.ts';
import { followWrites } from './follow-writes.ts';

onEachDatabase('what follows the database', (open) => {
  let opened: TestDatabase;
  before(async () => (opened = await open()));
  after(async () => await opened[Symbol.asyncDispose]());

  test('is read again after each write, and on SQLite only then', async () => {
    let reads = 0;
    const upToDate = followWrites(opened.db, async () => await Promise.resolve().then(() => void reads++));
    await upToDate();
    await upToDate();
    assert.equal(reads, dialectOf(opened.db) === 'sqlite' ? 1 : 2);
    const before = reads;
    await save(opened.db, makeDraft(1));
    await upToDate();
    assert.equal(reads, before + 1);
  });

  test('who comes after a write while it is being read has it read once more, together with all who wait', async () => {
    let reads = 0;
    const { promise, resolve } = Promise.withResolvers<void>();
    const upToDate = followWrites(opened.db, async () => {
      reads++;
      await promise;
    });
    const first = upToDate();
    await save(opened.db, makeDraft(2));
    const later = [upToDate(), upToDate()];
    resolve();
    await first;
    await Promise.all(later);
    assert.equal(reads, 2);
  });

  test('a reading that fails is tried again', async () => {
    let reads = 0;
    const upToDate = followWrites(opened.db, async () => {
      reads++;
      if (reads === 1) throw new Error('away');
    });
    await assert.rejects(upToDate(), /away/);
    await upToDate();
    assert.equal(reads, 2);
  });
});
