/** What an installation of before keeps when reasons become readable and names lose their `@`; on SQLite. */

import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { sql } from 'kysely';
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
