/** Brings the entries of the search up to date with the papers: what is due is a query, so it can be run at any time. */

import { dialectOf } from '#platform/db/open.ts';
import type { Db, Trx } from '#schema.ts';
import type { Embedder } from './embedder.ts';
import { writeEntries } from './entries.ts';
import type { EntryPaper } from './entries.ts';
import { readPapers } from './read-papers.ts';
import type { DueText, ReadPapers } from './read-papers.ts';
import { saveBeside } from './vectors/save-beside.ts';

const WATERMARK = 'entries';
/**
 * Papers a transaction. With a thousand their texts and vectors outlive the first rounds of V8's garbage collection, and
 * an import takes more memory; with a hundred the queries begin to count. Other writers wait less than 0.1 s.
 */
const BATCH = 250;
/** Batches that are being read while another one is written: what reads in another thread is not to wait for us. */
const AHEAD = 2;

/** A run over what is due, in steps. Whoever leaves it where it stands loses nothing: what was not written stays due. */
export interface Indexing {
  /** Takes up a batch of what is due, and writes the one that was taken up before the last ones. False if all is done. */
  goOn(): Promise<boolean>;
  /** To the end, or until it is told to stop. Returns how many papers were indexed in all. */
  finish(signal?: AbortSignal): Promise<number>;
}

/** Returns how many papers were indexed. Idempotent, also in two processes at once; stopping it anywhere loses nothing. */
export async function indexDue(db: Db, signal?: AbortSignal, embedder?: Embedder): Promise<number> {
  return await startIndexing(db, embedder).finish(signal);
}

/**
 * `embedder` reads the papers if it can, and its vectors are saved in the transactions of the words, where they had come
 * as far. No transaction is open while papers are read.
 */
export function startIndexing(db: Db, embedder?: Embedder): Indexing {
  const model = embedder?.readPapers && embedder.name;
  const read = embedder?.readPapers ?? (async (papers: readonly DueText[]) => readPapers(papers));
  const ahead: Batch[] = [];
  /** Up to which change papers were taken up; undefined if that is to be looked up. */
  let taken: number | undefined;
  let total = 0;

  async function goOn(): Promise<boolean> {
    const due = await db.transaction().execute(async (trx) => await readDue(trx, taken));
    if (due !== undefined) {
      taken = due.last;
      ahead.push(handOver(due, read));
    }
    const oldest = due === undefined || ahead.length > AHEAD ? ahead.shift() : undefined;
    if (oldest === undefined) return due !== undefined;
    const made = await oldest.made;
    const isOurs = await db.transaction().execute(async (trx) => await writeBatch(trx, oldest, made, model));
    if (isOurs) total += oldest.papers.length;
    else {
      // Another process was faster: what it did is not done again, the next batch begins where it stopped.
      ahead.length = 0;
      taken = undefined;
    }
    return true;
  }

  return {
    goOn,
    async finish(signal) {
      while (!signal?.aborted) if (!(await goOn())) break;
      return total;
    },
  };
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

/** Papers whose change number is above `after` and at most `last`, in that order. */
interface Due {
  after: number;
  last: number;
  papers: (EntryPaper & DueText)[];
}

interface Batch {
  after: number;
  last: number;
  papers: EntryPaper[];
  made: Promise<ReadPapers>;
}

/** A hidden paper has no words and no day: where no day is, no paper is. */
const NOTHING = { title: '', abstract: '', authors: '[]', categories: '', published_on: '', code_url: null };

/** In a transaction, for a while: what was just written stands in the writer's cache, and need not fill the reader's. */
async function readDue(trx: Trx, taken: number | undefined): Promise<Due | undefined> {
  const after = taken ?? (await readIndexedChange(trx));
  const rows = await trx
    .selectFrom('papers')
    .select(['seq', 'change_no', 'title', 'abstract', 'authors', 'categories', 'published_on', 'code_url', 'hidden_at'])
    .where('change_no', '>', after)
    .orderBy('change_no')
    .limit(BATCH)
    .execute();
  const last = rows.at(-1)?.change_no;
  if (last === undefined) return undefined;
  const papers = rows.map((row) => {
    const shown = row.hidden_at === null ? row : { ...row, ...NOTHING };
    return { ...shown, has_code: shown.code_url === null ? 0 : 1 };
  });
  return { after, last, papers };
}

function handOver({ after, last, papers }: Due, read: (papers: readonly DueText[]) => Promise<ReadPapers>): Batch {
  const made = read(
    papers.map(({ title, abstract, authors, categories }) => ({ title, abstract, authors, categories })),
  );
  // Heard where it is waited for; until then nobody listens.
  made.catch(() => undefined);
  const kept = papers.map(({ seq, change_no, published_on, categories, has_code }) => ({
    seq,
    change_no,
    published_on,
    categories,
    has_code,
  }));
  return { after, last, papers: kept, made };
}

/** False if the watermark is no longer where the batch begins. */
async function writeBatch(trx: Trx, batch: Batch, read: ReadPapers, model: string | undefined): Promise<boolean> {
  // Two indexers on PostgreSQL would both insert; the watermark row is what they queue for.
  await trx
    .insertInto('search_watermarks')
    .values({ name: WATERMARK, change_no: 0 })
    .onConflict((c) => c.doNothing())
    .execute();
  if (dialectOf(trx) === 'postgres') {
    await trx.selectFrom('search_watermarks').select('name').where('name', '=', WATERMARK).forUpdate().execute();
  }
  if ((await readIndexedChange(trx)) !== batch.after) return false;
  await writeEntries(trx, batch.papers, read);
  if (model !== undefined) await saveBeside(trx, model, batch, read);
  await trx.updateTable('search_watermarks').set({ change_no: batch.last }).where('name', '=', WATERMARK).execute();
  return true;
}
