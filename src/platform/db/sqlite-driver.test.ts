import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { insertRows } from './insert-rows.ts';
import { openDatabase } from './open.ts';

interface Notes {
  notes: { id: number; text: string };
}

let folder: string;
let file: string;
let db: Kysely<Notes>;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'broadsheet-driver-'));
  file = join(folder, 'notes.db');
  db = await openDatabase<Notes>({ databaseUrl: '', file });
  await sql`create table notes (id integer primary key, text text not null)`.execute(db);
});
beforeEach(async () => {
  await db.deleteFrom('notes').execute();
});
after(async () => {
  await db.destroy();
  await rm(folder, { recursive: true });
});

const add = (to: Kysely<Notes>, id: number) =>
  to
    .insertInto('notes')
    .values({ id, text: `note ${id}` })
    .execute();
const count = async () => (await db.selectFrom('notes').select('id').execute()).length;

test('nobody but its owner reads the database and the files beside it', async () => {
  await add(db, 1);
  const modes = await Promise.all(
    (await readdir(folder)).map(async (name) => [name, ((await stat(join(folder, name))).mode & 0o777).toString(8)]),
  );
  assert.ok(modes.length > 1, 'with a write-ahead log');
  assert.deepEqual(new Set(modes.map(([, mode]) => mode)), new Set(['600']));
});

test('readers see the last commit while a transaction is open', async () => {
  await db.transaction().execute(async (trx) => {
    await add(trx, 1);
    assert.equal(await count(), 0, 'not committed yet');
    assert.equal((await trx.selectFrom('notes').select('id').execute()).length, 1, 'visible inside');
  });
  assert.equal(await count(), 1);
});

test('a failed transaction leaves nothing and the next one works', async () => {
  const failing = db.transaction().execute(async (trx) => {
    await add(trx, 1);
    throw new Error('no');
  });
  await assert.rejects(failing, /no/);
  assert.equal(await count(), 0);
  await add(db, 2);
  assert.equal(await count(), 1);
});

test('writers in one process take turns', async () => {
  const order: number[] = [];
  const slow = (id: number) =>
    db.transaction().execute(async (trx) => {
      await add(trx, id);
      await delay(5);
      order.push(id);
    });
  await Promise.all([slow(1), slow(2), slow(3), add(db, 4)]);
  assert.deepEqual(order, [1, 2, 3]);
  assert.equal(await count(), 4);
});

test('waiting for another process does not stop the event loop', async () => {
  const other = new DatabaseSync(file);
  other.exec('begin immediate');
  let ticks = 0;
  const timer = setInterval(() => (ticks += 1), 5);
  const waiting = add(db, 1);
  await delay(60);
  other.exec('commit');
  other.close();
  await waiting;
  clearInterval(timer);
  assert.ok(ticks >= 5, `only ${ticks} ticks`);
  assert.equal(await count(), 1);
});

test('savepoints undo a part', async () => {
  const trx = await db.startTransaction().execute();
  await add(trx, 1);
  const after = await trx.savepoint('part').execute();
  await add(after, 2);
  await after.rollbackToSavepoint('part').execute();
  await trx.commit().execute();
  assert.equal(await count(), 1);
});

test('many rows are inserted by one statement, and none if one of them cannot be', async () => {
  const columns = { id: 'bigint', text: 'text' } as const;
  const conflict = sql`(id) do update set text = excluded.text`;
  const insert = async (...rows: { id: number; text: string }[]) =>
    await insertRows(db, { table: 'notes', columns, rows, conflict });
  await insert({ id: 1, text: 'one' }, { id: 2, text: 'two' });
  await insert({ id: 2, text: 'zwei' }, { id: 3, text: '"drei", \\ \u{1F600}' });
  await insert();
  const texts = async () => (await db.selectFrom('notes').selectAll().orderBy('id').execute()).map(({ text }) => text);
  assert.deepEqual(await texts(), ['one', 'zwei', '"drei", \\ \u{1F600}']);
  await assert.rejects(insert({ id: 4, text: 'four' }, { id: 5, text: null as unknown as string }), /NOT NULL/);
  assert.equal(await count(), 3);
});
