/** Everything that is kept of a person: each folder says its part. A folder that keeps more adds a line. */

import { ownAccountData } from '#accounts/own-data.ts';
import { ownDiscussionData } from '#discussion/own-data.ts';
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
  return parts;
}
