/** Everything that is kept of a person: each folder says its part. A folder that keeps more adds a line. */

import { ownAccountData } from '#accounts/own-data.ts';
import { ownDiscussionData } from '#discussion/own-data.ts';
import { isRecord } from '#platform/is-record.ts';
import { ownSubmissionData } from '#papers/own-data.ts';
import { ownSubscriptionData } from '#subscriptions/own-data.ts';
import type { Db } from '#schema.ts';

const PARTS: Record<string, (db: Db, userId: string) => Promise<unknown>> = {
  accounts: ownAccountData,
  papers: ownSubmissionData,
  discussion: ownDiscussionData,
  subscriptions: ownSubscriptionData,
};

/** JSON, for its owner and their programs. */
export async function ownData(db: Db, userId: string): Promise<Record<string, unknown>> {
  const parts: Record<string, unknown> = {};
  for (const [name, read] of Object.entries(PARTS)) parts[name] = await read(db, userId);
  return readable(parts) as Record<string, unknown>;
}

/** Names of what rows hold as 0 or 1. */
const FLAGS = new Set(['email_verified', 'backed_up', 'any_age', 'by_ban', 'repeats', 'even_if_empty', 'everything']);
/** Names of what rows hold as JSON in a text. */
const NESTED = new Set(['topics', 'asked']);

/** As others would write it: instants as ISO 8601 has them, true and false, and no JSON within texts. */
export function readable(value: unknown, name = ''): unknown {
  if (typeof value === 'number' && /^at$|(?:_at|_until|At|Until)$/.test(name)) return new Date(value).toISOString();
  if (typeof value === 'number' && FLAGS.has(name)) return value === 1;
  if (typeof value === 'string' && NESTED.has(name)) return readable(parsed(value));
  if (Array.isArray(value)) return value.map((one) => readable(one));
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, readable(one, key)]));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
