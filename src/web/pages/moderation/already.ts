/** What a moderator is told who decides what is so already: by whom, when and why, so that no reason is lost without a word. */

import { findUsers } from '#accounts/store.ts';
import { OPERATOR } from '#discussion/moderation/moderate.ts';
import type { Outcome } from '#discussion/moderation/moderate.ts';
import { exactTime } from '#platform/dates.ts';
import { AppError } from '#platform/errors.ts';
import { accountName } from '../../account-name.ts';
import type { Site } from '../../site.ts';

const SO: Partial<Record<string, string>> = {
  hide: 'It is hidden already',
  unhide: 'Everybody sees it already',
  lock: 'The discussion is closed already',
  unlock: 'The discussion is open already',
  dismiss: 'No report on it waits for a decision',
  ban: 'The account is banned already',
  unban: 'The account is not banned',
};

/** Throws an AppError of kind 'conflict' unless it was done. */
export async function demandDone(site: Site, wanted: string, { done, before }: Outcome): Promise<void> {
  if (done) return;
  const so = SO[wanted] ?? 'The account has this role already';
  if (before === undefined) throw new AppError('conflict', `${so}.`, { hint: 'Nothing was changed.' });
  const people = await findUsers(site.db, [before.moderator_id]);
  const who = before.moderator_id === OPERATOR ? 'the operator' : accountName(people.get(before.moderator_id));
  throw new AppError('conflict', `${so}: ${who} decided so, ${exactTime(before.at)}: “${before.reason}”.`, {
    hint: 'Nothing was changed, and your reason was not kept.',
  });
}
