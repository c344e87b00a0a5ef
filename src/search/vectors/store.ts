/** The vectors of papers in the database: written when papers are embedded, read by the index in memory. */

import { sql } from 'kysely';
import { dialectOf } from '#platform/db/open.ts';
import type { Db, Trx } from '#schema.ts';

export interface NewEmbedding {
  seq: number;
  changeNo: number;
  textHash: number;
  /** As `packVector` makes it. */
  vector: Int8Array;
}

/** A paper that has a vector already gets the new one. */
export async function saveEmbeddings(trx: Trx, model: string, embeddings: readonly NewEmbedding[]): Promise<void> {
  if (embeddings.length === 0) return;
  // All vectors travel as one value, cut by the database: bytes would have to be written as text in JSON.
  let start = 1;
  const rows = embeddings.map(({ seq, changeNo, textHash, vector }) => {
    start += vector.length;
    return [seq, changeNo, textHash, start - vector.length, vector.length];
  });
  const bytes = Buffer.concat(embeddings.map(({ vector }) => asBytes(vector)));
  const json = JSON.stringify(rows);
  const isSqlite = dialectOf(trx) === 'sqlite';
  const cut = isSqlite ? sql`substr(bytes` : sql`substring(bytes`;
  const source = isSqlite
    ? sql`json_each(${json}), (select ${bytes} as bytes)`
    : sql`json_array_elements(${json}::json) as rows(value), (select ${bytes}::bytea as bytes) as given`;
  const field = (index: number, type: string) => sql`cast(value ->> ${sql.lit(index)} as ${sql.raw(type)})`;
  await sql`insert into embeddings (model, seq, change_no, text_hash, vector)
    select cast(${model} as text), ${field(0, 'bigint')}, ${field(1, 'bigint')}, ${field(2, 'bigint')},
      ${cut}, ${field(3, 'int')}, ${field(4, 'int')}) from ${source} where true
    on conflict (model, seq) do update set change_no = excluded.change_no, text_hash = excluded.text_hash,
      vector = excluded.vector`.execute(trx);
}

/** Vectors one after another, in no order. */
export interface EmbeddingRun {
  /** The highest change number among them; undefined if there are none. */
  last: number | undefined;
  /** How many were looked at, those of another length included. */
  rows: number;
  seqs: number[];
  /** In the order of `seqs`. */
  vectors: Int8Array;
}

/**
 * The vectors above change number `after`, without those that do not have `dimensions` numbers. The database joins
 * them: 100 000 rows as one value each 1024 take 45 ms on SQLite, as values of their own 150 ms and more.
 */
export async function readEmbeddings(
  db: Db,
  { model, dimensions, after, limit }: { model: string; dimensions: number; after: number; limit: number },
): Promise<EmbeddingRun> {
  const fits = sql`filter (where length(vector) = ${dimensions})`;
  const isSqlite = dialectOf(db) === 'sqlite';
  // Both lists are made row by row, so they have the same order, whatever it is; sorting would double the time.
  const seqs = isSqlite ? sql`json_group_array(seq)` : sql`json_agg(seq)`;
  // SQLite joins bytes as if they were text and never looks into them; the cast says again what they are.
  const vectors = isSqlite
    ? sql`cast(group_concat(vector, '') ${fits} as blob)`
    : sql`string_agg(vector, ''::bytea) ${fits}`;
  const { rows } = await sql<{
    last: number | null;
    rows: number;
    seqs: string | number[] | null;
    vectors: Uint8Array | null;
  }>`
    select max(change_no) as last, count(*) as rows, ${seqs} ${fits} as seqs, ${vectors} as vectors from (
      select seq, change_no, vector from embeddings where model = ${model} and change_no > ${after}
      order by change_no limit ${limit}) as run`.execute(db);
  const [run] = rows;
  const bytes = run?.vectors ?? new Uint8Array(0);
  return {
    last: run?.last ?? undefined,
    rows: run?.rows ?? 0,
    seqs: typeof run?.seqs === 'string' ? (JSON.parse(run.seqs) as number[]) : (run?.seqs ?? []),
    vectors: new Int8Array(bytes.buffer, bytes.byteOffset, bytes.length),
  };
}

/** Vectors looked at to tell how long they are, should a damaged one be among them. */
const SAMPLE = 100;

/** The length that most vectors of a model have; undefined if it has none. */
export async function findDimensions(db: Db, model: string): Promise<number | undefined> {
  const { rows } = await sql<{ dimensions: number }>`select length(vector) as dimensions
    from (select vector from embeddings where model = ${model} order by change_no limit ${SAMPLE}) as sample
    group by length(vector) order by count(*) desc, dimensions desc limit 1`.execute(db);
  return rows[0]?.dimensions;
}

export async function countEmbeddings(db: Db, model: string): Promise<number> {
  const row = await db
    .selectFrom('embeddings')
    .select((e) => e.fn.countAll<number>().as('vectors'))
    .where('model', '=', model)
    .executeTakeFirstOrThrow();
  return row.vectors;
}

/** Rows a transaction: other writers never wait long. */
const DROPPED = 5000;

/** Returns how many there were. */
export async function deleteEmbeddings(db: Db, model: string): Promise<number> {
  let total = 0;
  for (;;) {
    const { numDeletedRows } = await db
      .deleteFrom('embeddings')
      .where('model', '=', model)
      .where('seq', 'in', (e) =>
        e.selectFrom('embeddings').select('seq').where('model', '=', model).orderBy('seq').limit(DROPPED),
      )
      .executeTakeFirst();
    total += Number(numDeletedRows);
    if (numDeletedRows < DROPPED) return total;
  }
}

function asBytes(vector: Int8Array): Uint8Array {
  return new Uint8Array(vector.buffer, vector.byteOffset, vector.length);
}
