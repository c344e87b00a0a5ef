import assert from 'node:assert/strict';
import { join } from 'node:path';
import { it } from 'node:test';
import { openDatabase } from '#platform/db/open.ts';
import { AppError } from '#platform/errors.ts';
import { onEachDatabase } from '../../../test/database.ts';
import { takeInProcesses } from '../../../test/limits-process.ts';
import { demand } from './demand.ts';
import { forgetIdle, take } from './store.ts';
import type { LimitsTables } from './table.ts';

const NOW = Date.parse('2026-01-06T12:00:00Z');
const MINUTE = 60_000;

onEachDatabase('rate limits', (open) => {
  it('let through as many as allowed, and say when the next one is', async () => {
    await using database = await open();
    const limit = { key: 'vote account 1', limit: 3, windowMs: MINUTE };
    for (let count = 0; count < 3; count += 1) assert.deepEqual(await take(database.db, limit, NOW), { allowed: true });
    assert.deepEqual(await take(database.db, limit, NOW), { allowed: false, retryAfterMs: 20_000 });
    assert.deepEqual(await take(database.db, limit, NOW + 19_999), { allowed: false, retryAfterMs: 1 });
    assert.deepEqual(await take(database.db, limit, NOW + 20_000), { allowed: true });
    assert.deepEqual(await take(database.db, { ...limit, key: 'vote account 2' }, NOW), { allowed: true });
  });

  it('take any text for a key, and keep none of it', async () => {
    await using database = await open();
    const keys = ['mail a@example.org', 'mail \u0000', 'mail \ud800', `mail ${'x'.repeat(100_000)}`, "mail '; --"];
    for (const key of keys) {
      assert.ok((await take(database.db, { key, limit: 1, windowMs: MINUTE }, NOW)).allowed);
      assert.ok(!(await take(database.db, { key, limit: 1, windowMs: MINUTE }, NOW)).allowed);
    }
    const rows = await database.db.selectFrom('rate_limits').selectAll().execute();
    assert.equal(rows.length, keys.length);
    assert.doesNotMatch(JSON.stringify(rows), /example|mail/);
  });

  it('are exact between connections that race', async () => {
    await using database = await open();
    const { DATABASE_URL: databaseUrl, DATA_DIR } = database.settings;
    const other = await openDatabase<LimitsTables>({ databaseUrl, file: join(DATA_DIR, 'broadsheet.db') });
    const limit = { key: 'race', limit: 25, windowMs: MINUTE };
    const taken = await Promise.all(
      Array.from({ length: 100 }, async (_, index) => await take(index % 2 ? database.db : other, limit, NOW)),
    );
    assert.equal(taken.filter(({ allowed }) => allowed).length, 25);
    assert.ok(taken.every((one) => one.allowed || one.retryAfterMs === MINUTE / 25));
    await other.destroy();
  });

  it('are exact between processes that race', { timeout: 60_000 }, async () => {
    await using database = await open();
    const counts = await takeInProcesses(database.settings, { processes: 2, tries: 60, limit: 40, now: NOW });
    assert.equal(
      counts.reduce((sum, count) => sum + count, 0),
      40,
      counts.join(' + '),
    );
  });

  it('are not held up by a row from a clock that was wrong', async () => {
    await using database = await open();
    const limit = { key: 'clock', limit: 2, windowMs: MINUTE };
    await take(database.db, limit, NOW + 365 * 86_400_000);
    assert.ok((await take(database.db, limit, NOW)).allowed);
    assert.ok((await take(database.db, limit, NOW)).allowed);
    assert.deepEqual(await take(database.db, limit, NOW), { allowed: false, retryAfterMs: 30_000 });
    // One of another machine that is a little behind is no way round the limit.
    assert.ok(!(await take(database.db, limit, NOW - 5_000)).allowed);
  });

  it('forget what no longer counts', async () => {
    await using database = await open();
    await take(database.db, { key: 'a', limit: 2, windowMs: MINUTE }, NOW);
    await take(database.db, { key: 'b', limit: 2, windowMs: 10 * MINUTE }, NOW);
    assert.equal(await forgetIdle(database.db, NOW + MINUTE), 1);
    assert.equal(await forgetIdle(database.db, NOW + 5 * MINUTE), 1);
    assert.equal(await forgetIdle(database.db, NOW + 5 * MINUTE), 0);
  });

  it('refuse in words, with the time', async () => {
    await using database = await open();
    const limits = [
      { key: 'account', limit: 5, windowMs: MINUTE },
      { key: 'address', limit: 1, windowMs: MINUTE },
    ];
    await demand(database.db, limits, NOW);
    await assert.rejects(demand(database.db, limits, NOW), (error) => {
      assert.ok(error instanceof AppError);
      assert.equal(error.kind, 'rate-limited');
      assert.equal(error.retryAfterMs, MINUTE);
      assert.match(error.hint ?? '', /again in 60 seconds/);
      return true;
    });
  });
});
