/** What an installation of before keeps when its database changes; on SQLite. */

import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { sql } from 'kysely';
import { saveReport } from '#discussion/moderation/store.ts';
import { migrate } from '#platform/db/migrate.ts';
import { openDatabase } from '#platform/db/open.ts';
import type { Schema } from '#schema.ts';
import { migrations } from '#migrations/index.ts';

test('names that looked like that of an address go, reasons stay in the log, and submissions of the banned wait', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'broadsheet-upgrade-'));
  const db = await openDatabase<Schema>({ databaseUrl: '', file: join(folder, 'broadsheet.db') });
  const before = Object.fromEntries(Object.entries(migrations).filter(([name]) => name < '0020'));
  await migrate(db, before);
  for (const [id, name] of Object.entries({ ann: 'Ann Lee', eve: 'Root (@root)', kim: 'root ＠root' }))
    await sql`insert into users (id, name, full_name, email, email_verified, role, created_at, updated_at)
      values (${id}, ${id}, ${name}, ${`${id}@lab.example`}, 1, 'reader', 0, 0)`.execute(db);
  await sql`insert into moderation_log (at, moderator_id, action, kind, target_id, reason)
    values (1, 'mo', 'lock', 'paper', 'p', 'A secret one')`.execute(db);
  for (const [id, problem] of Object.entries({ a: 'The account was banned: spam', b: 'arXiv has no such paper.' }))
    await sql`insert into submission_requests (paper_id, user_id, asked_at, any_age, next_at, attempts, problem)
      values (${id}, 'ann', 1, 0, null, 0, ${problem})`.execute(db);
  await migrate(db, migrations);
  const names = await db.selectFrom('users').select('full_name').orderBy('id').execute();
  assert.deepEqual(
    names.map((row) => row.full_name),
    ['Ann Lee', null, null],
  );
  assert.equal((await db.selectFrom('moderation_log').select('is_told').executeTakeFirst())?.is_told, 0);
  const waiting = await db.selectFrom('submission_requests').select('paper_id').where('by_ban', '=', 1).execute();
  assert.deepEqual(
    waiting.map((row) => row.paper_id),
    ['a'],
  );
  await db.destroy();
  await rm(folder, { recursive: true });
});

test('reports of before stay, and one that waits is still changed by who made it, not made again', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'broadsheet-upgrade-'));
  const db = await openDatabase<Schema>({ databaseUrl: '', file: join(folder, 'broadsheet.db') });
  await migrate(db, Object.fromEntries(Object.entries(migrations).filter(([name]) => name < '0022')));
  const { rows: columns } = await sql<{ name: string; type: string }>`select name, type from pragma_table_info('papers')
    where "notnull" = 1 and dflt_value is null and pk = 0`.execute(db);
  const value = ({ name, type }: { name: string; type: string }) =>
    name === 'id' ? sql`'p'` : type.toLowerCase() === 'text' ? sql`''` : sql`1`;
  await sql`insert into papers (${sql.join(columns.map(({ name }) => sql.ref(name)))})
    values (${sql.join(columns.map(value))})`.execute(db);
  for (const [id, settled] of Object.entries({ ann: 5, eve: null }))
    await sql`insert into reports (kind, target_id, user_id, paper_id, reason, reported_at, settled_at, told_at, log_number)
      values ('paper', 'p', ${id}, 'p', 'Wrong', 3, ${settled}, 4, ${settled})`.execute(db);
  const before = await db.selectFrom('reports').selectAll().orderBy('user_id').execute();
  await migrate(db, migrations);
  assert.deepEqual(await db.selectFrom('reports').selectAll().orderBy('user_id').execute(), before);
  for (const user_id of ['ann', 'eve'])
    await db.transaction().execute(async (trx) => {
      const report = { kind: 'paper', target_id: 'p', user_id, paper_id: 'p', reason: 'Anew', reported_at: 9 } as const;
      await saveReport(trx, report);
    });
  const after = await db
    .selectFrom('reports')
    .select(['user_id', 'reason', 'reported_at'])
    .orderBy('user_id')
    .execute();
  assert.deepEqual(
    after.map((row) => [row.user_id, row.reason, row.reported_at]),
    [
      ['ann', 'Wrong', 3],
      ['ann', 'Anew', 9],
      ['eve', 'Anew', 3],
    ],
  );
  await db.destroy();
  await rm(folder, { recursive: true });
});
