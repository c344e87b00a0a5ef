/** What a mail holds: which papers, in which order, and for which topic each. Settled when its row is written. */

import { z } from 'zod';
import type { PaperId } from '#papers/paper.ts';
import { readTopics } from '#subscriptions/topics.ts';
import type { Topic } from '#subscriptions/topics.ts';

export interface ChosenPaper {
  id: PaperId;
  topic: Topic;
}

const shape = z.object({ topics: z.array(z.unknown()), papers: z.array(z.tuple([z.string(), z.int()])) });

/** `{"topics":[…],"papers":[["2601.00001",0],…]}`: each topic once. */
export function writeContents(picks: readonly ChosenPaper[]): string {
  const topics = [...new Set(picks.map(({ topic }) => topic))];
  return JSON.stringify({ topics, papers: picks.map(({ id, topic }) => [id, topics.indexOf(topic)]) });
}

export function readContents(json: string): ChosenPaper[] {
  const { topics: raw, papers } = shape.parse(JSON.parse(json));
  const topics = raw.length === 0 ? [] : readTopics(JSON.stringify(raw));
  return papers.flatMap(([id, at]) => {
    const topic = topics[at];
    return topic === undefined ? [] : [{ id, topic }];
  });
}

/** Only the ids, without reading what else there is: for many mails at once. Of a row that cannot be read none. */
export function paperIdsOf(json: string): PaperId[] {
  try {
    const { papers } = JSON.parse(json) as { papers: [PaperId, number][] };
    return papers.map(([id]) => id);
  } catch {
    return [];
  }
}
