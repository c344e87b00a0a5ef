/** Makes vectors of papers while their words are indexed, from the stems that were read for that. */

import type { Trx } from '#schema.ts';
import type { Embedder } from '../embedder.ts';
import type { Stems } from '../stems.ts';
import { hashText, lockWatermark, setWatermark } from './embed-due.ts';
import { packVector } from './pack.ts';
import { saveEmbeddings } from './store.ts';
import type { NewEmbedding } from './store.ts';

/** One that is at hand in this thread. */
export type StemEmbedder = Embedder & Required<Pick<Embedder, 'encodeStems'>>;

export interface Beside {
  /** With the stems of the paper's title and abstract. */
  add(paper: { seq: number; change_no: number; title: string; abstract: string }, stems: Stems): void;
  save(): Promise<void>;
}

/**
 * For the papers whose change number is above `after` and at most `last`, each of which is to be added. Undefined where
 * the vectors have not come as far as the words, or further: then `embedDue` sees to them.
 */
export async function embedBeside(
  trx: Trx,
  embedder: StemEmbedder,
  after: number,
  last: number,
): Promise<Beside | undefined> {
  const model = embedder.name;
  if ((await lockWatermark(trx, model)) !== after) return undefined;
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
  const made: NewEmbedding[] = [];
  return {
    add(paper, stems) {
      const textHash = hashText(paper);
      if (embedded.get(paper.seq) === textHash) return;
      const vector = packVector(embedder.encodeStems(stems));
      made.push({ seq: paper.seq, changeNo: paper.change_no, textHash, vector });
    },
    async save() {
      await saveEmbeddings(trx, model, made);
      await setWatermark(trx, model, last);
    },
  };
}
