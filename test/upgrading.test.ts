/** What an installation of before keeps when its database changes. */

import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { sql } from 'kysely';
import { saveReport } from '#discussion/moderation/store.ts';
import { migrate } from '#platform/db/migrate.ts';
import { openDatabase } from '#platform/db/open.ts';
import type { Db, Schema } from '#schema.ts';
import { migrations } from '#migrations/index.ts';
import { dialects, openTestDatabase } from './database.ts';
import { DATABASE_FILE } from './templates.ts';
import type { Template } from './templates.ts';

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

/** As it was before the migration of that number. */
function before(number: string): Template {
  return {
    name: `before_${number}`,
    async fill({ DATA_DIR, DATABASE_URL }) {
      const db = await openDatabase<Schema>({ databaseUrl: DATABASE_URL, file: join(DATA_DIR, DATABASE_FILE) });
      await migrate(db, Object.fromEntries(Object.entries(migrations).filter(([name]) => name < number)));
      await db.destroy();
    },
  };
}

/** The papers of that time, with nothing in them but what has to be. */
async function addPaper(db: Db, id: string): Promise<void> {
  const table = (await db.introspection.getTables()).find(({ name }) => name === 'papers');
  const needed = table?.columns.filter((c) => !c.isNullable && !c.hasDefaultValue && !c.isAutoIncrementing) ?? [];
  const values = needed.map(({ name, dataType }) =>
    name === 'id' ? sql`${id}` : dataType.toLowerCase() === 'text' ? sql`''` : sql`1`,
  );
  await sql`insert into papers (${sql.join(needed.map(({ name }) => sql.ref(name)))})
    values (${sql.join(values)})`.execute(db);
}

for (const dialect of dialects)
  test(`reports of before stay, and one that waits is changed by who made it, not made again (${dialect})`, async () => {
    await using opened = await openTestDatabase(dialect, before('0022'));
    const { db } = opened;
    await addPaper(db, 'p');
    for (const [id, settled] of Object.entries({ ann: 5, eve: null }))
      await sql`insert into reports
        (kind, target_id, user_id, paper_id, reason, reported_at, settled_at, told_at, log_number)
        values ('paper', 'p', ${id}, 'p', 'Wrong', 3, ${settled}, 4, ${settled})`.execute(db);
    const stored = async () => await db.selectFrom('reports').selectAll().orderBy('user_id').execute();
    const kept = await stored();
    await migrate(db, migrations);
    assert.deepEqual(await stored(), kept);
    const answers: string[] = [];
    for (const user_id of ['ann', 'eve'])
      await db.transaction().execute(async (trx) => {
        const report = {
          kind: 'paper',
          target_id: 'p',
          user_id,
          paper_id: 'p',
          reason: 'Anew',
          reported_at: 9,
        } as const;
        answers.push(await saveReport(trx, report));
      });
    assert.deepEqual(answers, ['new', 'changed']);
    const after = await db.selectFrom('reports').selectAll().orderBy('user_id').orderBy('reported_at').execute();
    assert.deepEqual(
      after.map((row) => [row.user_id, row.reason, row.reported_at]),
      [
        ['ann', 'Wrong', 3],
        ['ann', 'Anew', 9],
        ['eve', 'Anew', 3],
      ],
    );
    // Whoever writes past `saveReport` is stopped by the table itself: nobody has two reports on one thing that wait.
    const again = after.slice(-1).map((row) => ({ ...row, reported_at: 10 }));
    await assert.rejects(async () => await db.insertInto('reports').values(again).execute(), /unique/i);
  });
