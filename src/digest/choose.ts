/** Chooses the papers of one mail from the candidates of its topics. Pure. */

import type { NewPaper } from '#feed/new-papers.ts';
import type { PaperId } from '#papers/paper.ts';
import type { Topic } from '#subscriptions/topics.ts';
import type { ChosenPaper } from './contents.ts';
import { isNewTo } from './edition.ts';
import type { MailEdition } from './edition.ts';

export interface Candidates {
  topic: Topic;
  /** In the order of the mail. */
  papers: readonly NewPaper[];
}

export interface Wish {
  edition: MailEdition;
  isAlert: boolean;
  most: number;
  /** Papers that must not come again. */
  sent: ReadonlySet<PaperId>;
  /** Epoch ms of the mail before this one; undefined for the first. */
  lastMailAt: number | undefined;
}

/** A paper that several topics have is told for the most particular of them. */
const PARTICULAR: Record<Topic['kind'], number> = { search: 0, author: 1, organization: 2, category: 3, everything: 4 };

/** Each paper once; digests of a day in trending order, of a week most upvotes first, alerts newest first. */
export function choose(lists: readonly Candidates[], wish: Wish): ChosenPaper[] {
  const { edition, isAlert, most, sent } = wish;
  const chosen = new Map<PaperId, { paper: NewPaper; topic: Topic }>();
  for (const { topic, papers } of lists.toSorted((a, b) => PARTICULAR[a.topic.kind] - PARTICULAR[b.topic.kind])) {
    let taken = 0;
    for (const paper of papers) {
      // The lists are in order: what comes later in one of them cannot be among the first of all.
      if (taken >= most) break;
      if (sent.has(paper.id) || !isNewTo(paper, edition, wish)) continue;
      taken += 1;
      if (!chosen.has(paper.id)) chosen.set(paper.id, { paper, topic });
    }
  }
  const before = isAlert ? newestFirst : edition.kind === 'weekly' ? mostVotesFirst : inTrendingOrder;
  return [...chosen.values()]
    .toSorted((a, b) => before(a.paper, b.paper))
    .slice(0, most)
    .map(({ paper, topic }) => ({ id: paper.id, topic }));
}

function inTrendingOrder(a: NewPaper, b: NewPaper): number {
  return b.standsAt - a.standsAt || b.seq - a.seq;
}

function mostVotesFirst(a: NewPaper, b: NewPaper): number {
  return b.votes - a.votes || inTrendingOrder(a, b);
}

function newestFirst(a: NewPaper, b: NewPaper): number {
  return a.day === b.day ? inTrendingOrder(a, b) : a.day < b.day ? 1 : -1;
}
