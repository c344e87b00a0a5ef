/** One list that somebody subscribes to: what is in it, when it comes, how long it is. */

import { z } from 'zod';
import { keyOfTopic, topicsShape } from './topics.ts';
import type { Topic } from './topics.ts';

/** Longer mails are not read, and Gmail clips them. */
export const MOST_PAPERS = 50;
export const USUAL_PAPERS = 10;
/** Each is a query when the mail is composed. */
export const MOST_TOPICS = 50;
/** Of one subscriber, digests and alerts together. */
export const MOST_LISTS = 20;
/** Monday: what the week before has brought. */
export const USUAL_WEEKDAY = 1;

const listShape = z.object({
  kind: z.enum(['digest', 'alert']),
  topics: topicsShape,
  frequency: z.enum(['daily', 'weekly']),
  /** 1 is Monday. */
  weekday: z.int().min(1).max(7),
  hour: z.int().min(0).max(23),
  most: z.int().min(1).max(MOST_PAPERS),
  repeats: z.boolean(),
  evenIfEmpty: z.boolean(),
});

export type ListSettings = z.output<typeof listShape>;

const askedShape = z.object({
  list: listShape,
  timeZone: z.string(),
  /** Whether only an address was given: nothing else was chosen, so nothing that stands is changed. */
  isPlain: z.boolean(),
  /** Whether nothing is to come, and only the link is wanted to what comes already, if anything does. */
  isForLink: z.boolean().optional(),
});

/** What somebody asked for, until they confirm it. */
export type Asked = z.output<typeof askedShape>;

export function readAsked(json: string): Asked {
  return askedShape.parse(JSON.parse(json));
}

/** What comes where nothing is chosen: what is trending, every morning. `hour` is the site's. */
export function usualList(hour: number): ListSettings {
  return {
    kind: 'digest',
    topics: [{ kind: 'everything' }],
    frequency: 'daily',
    weekday: USUAL_WEEKDAY,
    hour,
    most: USUAL_PAPERS,
    repeats: false,
    evenIfEmpty: false,
  };
}

/** Whether two lists are about the same: then the second one only changes when and how the first comes. */
export function isSameList(
  one: { kind: string; topics: readonly Topic[] },
  other: { kind: string; topics: readonly Topic[] },
): boolean {
  const keys = (topics: readonly Topic[]) => [...new Set(topics.map(keyOfTopic))].toSorted().join('\n');
  return one.kind === other.kind && keys(one.topics) === keys(other.topics);
}
