/** Brings the entries of the search up to date with the papers: what is due is a query, so it can be run at any time. */

import { dialectOf } from '#platform/db/open.ts';
import type { Db, Trx } from '#schema.ts';
import { writeEntries } from './entries.ts';
import { embedBeside } from './vectors/embed-beside.ts';
import type { StemEmbedder } from './vectors/embed-beside.ts';

const WATERMARK = 'entries';
/**
 * Papers a transaction. With a thousand their texts and vectors outlive the first rounds of V8's garbage collection, and
 * an import takes more memory; with a hundred the queries begin to count. Other writers wait less than 0.1 s.
 */
const BATCH = 250;

/**
 * Returns how many papers were indexed. Idempotent; stopping it anywhere loses nothing. `embedder` makes vectors of the
 * same papers in the same transactions, where it had come as far as the words.
 */
export async function indexDue(db: Db, signal?: AbortSignal, embedder?: StemEmbedder): Promise<number> {
  let total = 0;
  while (!signal?.aborted) {
    const indexed = await db.transaction().execute(async (trx) => await indexBatch(trx, embedder));
    total += indexed;
    if (indexed === 0) break;
  }
  return total;
}

/** How many papers wait to be indexed. */
export async function countDue(db: Db): Promise<number> {
  const row = await db
    .selectFrom('papers')
    .select((e) => e.fn.countAll<number>().as('due'))
    .where('change_no', '>', await readIndexedChange(db))
    .executeTakeFirstOrThrow();
  return row.due;
}

/** Up to which change of papers the search knows them. */
export async function readIndexedChange(db: Db): Promise<number> {
  const row = await db
    .selectFrom('search_watermarks')
    .select('change_no')
    .where('name', '=', WATERMARK)
    .executeTakeFirst();
  return row?.change_no ?? 0;
}

async function indexBatch(trx: Trx, embedder: StemEmbedder | undefined): Promise<number> {
  // Two indexers on PostgreSQL would both insert; the watermark row is what they queue for.
  await trx
    .insertInto('search_watermarks')
    .values({ name: WATERMARK, change_no: 0 })
    .onConflict((c) => c.doNothing())
    .execute();
  if (dialectOf(trx) === 'postgres') {
    await trx.selectFrom('search_watermarks').select('name').where('name', '=', WATERMARK).forUpdate().execute();
  }
  const watermark = await readIndexedChange(trx);
  const batch = await trx
    .selectFrom((e) =>
      e
        .selectFrom('papers')
        .select('change_no')
        .where('change_no', '>', watermark)
        .orderBy('change_no')
        .limit(BATCH)
        .as('due'),
    )
    .select((e) => [e.fn.countAll<number>().as('papers'), e.fn.max('change_no').as('last')])
    .executeTakeFirstOrThrow();
  if (batch.papers === 0) return 0;
  const beside = embedder && (await embedBeside(trx, embedder, watermark, batch.last));
  await writeEntries(trx, watermark, batch.last, beside);
  await beside?.save();
  await trx.updateTable('search_watermarks').set({ change_no: batch.last }).where('name', '=', WATERMARK).execute();
  return batch.papers;
}
