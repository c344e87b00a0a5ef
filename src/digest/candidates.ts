/** The candidates of each topic and edition, read once for all who have them. */

import type { DayRange } from '#platform/day.ts';
import { listNew } from '#feed/new-papers.ts';
import type { NewOrder, NewPaper } from '#feed/new-papers.ts';
import type { Searcher } from '#feed/search.ts';
import { keyOfTopic } from '#subscriptions/topics.ts';
import type { Topic } from '#subscriptions/topics.ts';
import { candidateDays } from './edition.ts';
import type { MailEdition } from './edition.ts';

export interface CandidateLists {
  list(topic: Topic, edition: MailEdition, isAlert: boolean): Promise<readonly NewPaper[]>;
}

/** Papers kept over all lists, some 10 MB: what everybody follows stays, what one person follows is soon read again. */
const KEPT = 50_000;

/** For one run: what comes in meanwhile is for the next one. */
export function openCandidates(searcher: Searcher): CandidateLists {
  const lists = new Map<string, readonly NewPaper[]>();
  let kept = 0;
  return {
    async list(topic, edition, isAlert) {
      const order = orderOf(edition, isAlert);
      const days = candidateDays(edition);
      const key = keyOf(topic, days, order);
      const known = lists.get(key);
      if (known !== undefined) {
        // A Map keeps the order of insertion: what is asked for again moves to the end.
        lists.delete(key);
        lists.set(key, known);
        return known;
      }
      const papers = await listNew(searcher, topic, days, order);
      lists.set(key, papers);
      kept += papers.length + 1;
      for (const [oldest, some] of lists) {
        if (kept <= KEPT || oldest === key) break;
        lists.delete(oldest);
        kept -= some.length + 1;
      }
      return papers;
    },
  };
}

function orderOf({ kind }: MailEdition, isAlert: boolean): NewOrder {
  if (isAlert) return 'newest';
  return kind === 'weekly' ? 'votes' : 'trending';
}

function keyOf(topic: Topic, { first, last }: DayRange, order: NewOrder): string {
  return `${first} ${last} ${order} ${keyOfTopic(topic)}`;
}
