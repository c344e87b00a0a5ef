/** Saves the vectors that were made of papers while their words were read. */

import type { Trx } from '#schema.ts';
import type { ReadPapers } from '../read-papers.ts';
import { lockWatermark, setWatermark } from './embed-due.ts';
import { saveEmbeddings } from './store.ts';

/** The papers whose change number is above `after` and at most `last`. */
export interface ReadRange {
  after: number;
  last: number;
  papers: readonly { seq: number; change_no: number }[];
}

/**
 * Saves what `model` made of the papers of a range, without those whose text has its vector already. Does nothing where
 * the vectors have not come as far as the words, or further: then `embedDue` sees to them.
 */
export async function saveBeside(
  trx: Trx,
  model: string,
  { after, last, papers }: ReadRange,
  { hashes, vectors }: ReadPapers,
): Promise<void> {
  if ((await lockWatermark(trx, model)) !== after) return;
  // Not a join: SQLite would go through all vectors of the model for it, 0.1 s a batch among a hundred thousand.
  const rows = await trx
    .selectFrom('embeddings')
    .select(['seq', 'text_hash'])
    .where('model', '=', model)
    .where('seq', 'in', (e) =>
      e.selectFrom('papers').select('seq').where('change_no', '>', after).where('change_no', '<=', last),
    )
    .execute();
  const embedded = new Map(rows.map(({ seq, text_hash }) => [seq, text_hash]));
  const length = papers.length === 0 ? 0 : vectors.length / papers.length;
  const made = papers.map(({ seq, change_no: changeNo }, at) => ({
    seq,
    changeNo,
    textHash: hashes[at] as number,
    vector: vectors.subarray(at * length, (at + 1) * length),
  }));
  await saveEmbeddings(
    trx,
    model,
    made.filter(({ seq, textHash }) => embedded.get(seq) !== textHash),
  );
  await setWatermark(trx, model, last);
}
