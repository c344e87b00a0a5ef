/** What a subscription is about. */

import { z } from 'zod';
import { categoryName } from '#papers/category-names.ts';

const topicShape = z.discriminatedUnion('kind', [
  /** What is trending, of everything. */
  z.object({ kind: z.literal('everything') }),
  /** `id`: `cs.CL`, or a whole archive: `cs`. */
  z.object({ kind: z.literal('category'), id: z.string() }),
  /** `slug` as in the author's address, `name` as papers have it. */
  z.object({ kind: z.literal('author'), slug: z.string(), name: z.string() }),
  z.object({ kind: z.literal('organization'), slug: z.string(), name: z.string() }),
  /** `q` as it was typed into the search. */
  z.object({ kind: z.literal('search'), q: z.string() }),
]);

export type Topic = z.output<typeof topicShape>;

export const topicsShape = z.array(topicShape).min(1);

/** Reads what `JSON.stringify` made of topics. Throws if a row says anything else, which only a hand can have done. */
export function readTopics(json: string): Topic[] {
  return topicsShape.parse(JSON.parse(json));
}

/** The same text for the same topic, whatever its name is at the time. */
export function keyOfTopic(one: Topic): string {
  if (one.kind === 'everything') return one.kind;
  if (one.kind === 'category') return `category ${one.id}`;
  return one.kind === 'search' ? `search ${one.q}` : `${one.kind} ${one.slug}`;
}

/** As a reader calls it: `What is trending`, `Machine Learning (cs.LG)`, `Papers by Ann Lee`. */
export function nameOfTopic(one: Topic): string {
  switch (one.kind) {
    case 'everything':
      return 'What is trending';
    case 'category': {
      const name = categoryName(one.id);
      return name === undefined ? one.id : `${name} (${one.id})`;
    }
    case 'author':
      return `Papers by ${one.name}`;
    case 'organization':
      return `Papers of ${one.name}`;
    case 'search':
      return `Search: ${one.q}`;
  }
}

/** One or two by their names, of more the first and the number: `What is trending and 2 more`. */
export function nameOfTopics(topics: readonly Topic[]): string {
  return nameSome(topics, topics.length > 2 ? 1 : 2);
}

/** The first five by their names, of the others the number. */
export function nameManyTopics(topics: readonly Topic[]): string {
  return nameSome(topics, topics.length > 6 ? 5 : 6);
}

function nameSome(topics: readonly Topic[], most: number): string {
  const named = topics.slice(0, most).map(nameOfTopic);
  const rest = topics.length - named.length;
  if (rest > 0) return `${named.join(', ')} and ${rest} more`;
  const last = named.pop() ?? 'Nothing';
  return named.length === 0 ? last : `${named.join(', ')} and ${last}`;
}
