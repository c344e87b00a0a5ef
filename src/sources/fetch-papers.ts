/** Brings in single papers that somebody names: those of a reading list, or one that cannot wait. */

import { parseArxivId } from '#papers/ids.ts';
import type { PaperId } from '#papers/paper.ts';
import { savePapers } from '#papers/save.ts';
import { epochToDay } from '#platform/day.ts';
import { invalid } from '#platform/errors.ts';
import { fetchPaper } from './arxiv/api.ts';
import type { SourceContext } from './context.ts';
import { datedIfNew } from './news.ts';

export interface FetchedPaper {
  id: PaperId;
  outcome: 'new' | 'changed' | 'unchanged' | 'unknown';
  /** Empty if arXiv does not know the paper. */
  title: string;
}

/**
 * Asks arXiv for each paper in turn, and saves it before the next is asked for. Ids may come in any spelling, twice
 * too; where one is none, throws an AppError before anything is asked. Old papers get no day in the archive.
 */
export async function* fetchPapers(
  context: SourceContext,
  asked: readonly string[],
  signal?: AbortSignal,
): AsyncGenerator<FetchedPaper> {
  const { db, clock } = context;
  for (const id of new Set(asked.map(readId))) {
    const draft = await fetchPaper(context, id, signal);
    if (draft === undefined) {
      yield { id, outcome: 'unknown', title: '' };
      continue;
    }
    const paper = datedIfNew(draft, epochToDay(clock.now()));
    const { added, changed } = await db
      .transaction()
      .execute(async (trx) => await savePapers(trx, [paper], clock.now()));
    yield { id, outcome: added > 0 ? 'new' : changed > 0 ? 'changed' : 'unchanged', title: paper.title };
  }
}

function readId(text: string): PaperId {
  const found = parseArxivId(text);
  if (found) return found.id;
  throw invalid(`“${text.slice(0, 60)}” is not an arXiv id.`, 'An arXiv id looks like 2310.02541 or hep-th/9110025.');
}
