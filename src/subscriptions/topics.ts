/** What a subscription is about. */

import { z } from 'zod';

const topic = z.discriminatedUnion('kind', [
  /** What is trending, of everything. */
  z.object({ kind: z.literal('everything') }),
  /** `id`: `cs.CL`. */
  z.object({ kind: z.literal('category'), id: z.string() }),
  /** `slug` as in the author's address, `name` as papers have it. */
  z.object({ kind: z.literal('author'), slug: z.string(), name: z.string() }),
  z.object({ kind: z.literal('organization'), slug: z.string(), name: z.string() }),
  /** `q` as it was typed into the search. */
  z.object({ kind: z.literal('search'), q: z.string() }),
]);

export type Topic = z.output<typeof topic>;

const topics = z.array(topic).min(1);

/** Reads what `JSON.stringify` made of topics. Throws if a row says anything else, which only a hand can have done. */
export function readTopics(json: string): Topic[] {
  return topics.parse(JSON.parse(json));
}

/** The same text for the same topic, whatever its name is at the time. */
export function keyOfTopic(one: Topic): string {
  if (one.kind === 'everything') return one.kind;
  if (one.kind === 'category') return `category ${one.id}`;
  return one.kind === 'search' ? `search ${one.q}` : `${one.kind} ${one.slug}`;
}
