/** Makes vectors of the papers that have none yet: what is due is a query, so it can be run at any time. */

import { dialectOf } from '#platform/db/open.ts';
import type { Db, Trx } from '#schema.ts';
import type { Embedder } from '../embedder.ts';
import { hashText } from '../read-papers.ts';
import { packVector } from './pack.ts';
import { deleteEmbeddings, saveEmbeddings } from './store.ts';
import type { NewEmbedding } from './store.ts';

/**
 * Papers a transaction. With a thousand their texts outlive the first rounds of V8's garbage collection, and an import
 * takes 40 MB more; with a hundred the queries begin to count. A stop loses the batch at hand.
 */
const BATCH = 250;
const PREFIX = 'embeddings:';

export interface EmbedOptions {
  db: Db;
  embedder: Embedder;
  signal?: AbortSignal | undefined;
}

/**
 * Returns how many papers were seen to. Idempotent, also in two processes at once; stopping it loses at most one batch.
 * No transaction is open while the model works. Throws what the embedder throws, with what was done before kept.
 */
export async function embedDue({ db, embedder, signal }: EmbedOptions): Promise<number> {
  let total = 0;
  while (!signal?.aborted) {
    // In a transaction, for a while: what was just written stands in the writer's cache, and need not fill the reader's.
    const batch = await db.transaction().execute(async (trx) => await readBatch(trx, embedder));
    if (batch === undefined) break;
    const embeddings = await embed(embedder, batch.papers, signal);
    const isOurs = await db.transaction().execute(async (trx) => {
      if ((await lockWatermark(trx, embedder.name)) !== batch.after) return false;
      await saveEmbeddings(trx, embedder.name, embeddings);
      await setWatermark(trx, embedder.name, batch.last);
      return true;
    });
    // Another process was faster: what it did is not done again, the next batch begins where it stopped.
    if (isOurs) total += batch.papers.length;
  }
  return total;
}

/** How many papers wait for a vector of this model. */
export async function countUnembedded(db: Db, model: string): Promise<number> {
  const row = await db
    .selectFrom('papers')
    .select((e) => e.fn.countAll<number>().as('due'))
    .where('change_no', '>', await readWatermark(db, model))
    .executeTakeFirstOrThrow();
  return row.due;
}

/** Names of the embedders that have made vectors, finished or not. */
export async function listEmbeddedModels(db: Db): Promise<string[]> {
  const rows = await db
    .selectFrom('search_watermarks')
    .select('name')
    .where('name', 'like', `${PREFIX}%`)
    .orderBy('name')
    .execute();
  return rows.map(({ name }) => name.slice(PREFIX.length));
}

/**
 * Deletes all vectors of a model, which nobody may be embedding meanwhile; returns how many there were. Stopped on the
 * way, the model counts as one that has not begun.
 */
export async function dropEmbeddings(db: Db, model: string): Promise<number> {
  await db.transaction().execute(async (trx) => {
    await lockWatermark(trx, model);
    await setWatermark(trx, model, 0);
  });
  const dropped = await deleteEmbeddings(db, model);
  await db
    .deleteFrom('search_watermarks')
    .where('name', '=', PREFIX + model)
    .execute();
  return dropped;
}

interface DuePaper {
  seq: number;
  change_no: number;
  title: string;
  abstract: string;
  /** Of the text of which it has a vector. */
  text_hash: number | null;
}

async function readBatch(
  trx: Trx,
  { name: model, batch = BATCH }: Embedder,
): Promise<{ after: number; last: number; papers: DuePaper[] } | undefined> {
  const after = await readWatermark(trx, model);
  const papers = await trx
    .selectFrom('papers')
    .leftJoin('embeddings', (join) => join.onRef('embeddings.seq', '=', 'papers.seq').on('model', '=', model))
    .select(['papers.seq', 'papers.change_no', 'title', 'abstract', 'text_hash'])
    .where('papers.change_no', '>', after)
    .orderBy('papers.change_no')
    .limit(batch)
    .execute();
  const last = papers.at(-1)?.change_no;
  return last === undefined ? undefined : { after, last, papers };
}

/** Of those whose text is not the one that was embedded before. */
async function embed(
  embedder: Embedder,
  papers: readonly DuePaper[],
  signal: AbortSignal | undefined,
): Promise<NewEmbedding[]> {
  const hashes = new Map(papers.map((paper) => [paper.seq, hashText(paper)]));
  const changed = papers.filter(({ seq, text_hash }) => hashes.get(seq) !== text_hash);
  if (changed.length === 0) return [];
  const vectors = await embedder.encode(changed, signal);
  if (vectors.length !== changed.length) {
    throw new Error(`${embedder.name} made ${vectors.length} vectors of ${changed.length} papers.`);
  }
  return changed.map(({ seq, change_no: changeNo }, at) => ({
    seq,
    changeNo,
    textHash: hashes.get(seq) ?? 0,
    vector: packVector(vectors[at] ?? new Float32Array(0)),
  }));
}

async function readWatermark(db: Db, model: string): Promise<number> {
  const row = await db
    .selectFrom('search_watermarks')
    .select('change_no')
    .where('name', '=', PREFIX + model)
    .executeTakeFirst();
  return row?.change_no ?? 0;
}

/** Until the transaction ends nobody else moves it. */
export async function lockWatermark(trx: Trx, model: string): Promise<number> {
  const name = PREFIX + model;
  await trx
    .insertInto('search_watermarks')
    .values({ name, change_no: 0 })
    .onConflict((c) => c.doNothing())
    .execute();
  if (dialectOf(trx) === 'postgres') {
    await trx.selectFrom('search_watermarks').select('name').where('name', '=', name).forUpdate().execute();
  }
  return await readWatermark(trx, model);
}

export async function setWatermark(trx: Trx, model: string, change_no: number): Promise<void> {
  await trx
    .updateTable('search_watermarks')
    .set({ change_no })
    .where('name', '=', PREFIX + model)
    .execute();
}
