/** Who wrote a comment, for who decides on it: how long they are here, and what there was with them before. In two lines. */

import type { PublicUser } from '#accounts/user.ts';
import type { PersonRecord as Record } from '#discussion/moderation/around-comment.ts';
import type { ModerationAction } from '#discussion/table.ts';
import { counted } from '#platform/counted.ts';
import { dateOf } from '#platform/dates.ts';
import { inWords } from '#platform/limits/demand.ts';

export interface PersonRecordProps {
  user: PublicUser;
  record: Record;
  /** Epoch milliseconds. */
  now: number;
}

export function PersonRecord({ user, record, now }: PersonRecordProps) {
  return (
    <p class="record quiet">
      {ageOf(user, now)}, {counted(record.written, 'comment')}.
      <br />
      {beforeOf(record)}
    </p>
  );
}

function ageOf({ createdAt, deletedAt, bannedAt }: PublicUser, now: number): string {
  const made = `Account made ${dateOf(createdAt)}, ${inWords(Math.max(1, now - createdAt))} ago`;
  const banned = bannedAt === null ? '' : `, banned ${dateOf(bannedAt)}`;
  return made + banned + (deletedAt === null ? '' : `, left ${dateOf(deletedAt)}`);
}

const DEEDS: Partial<{ [Action in ModerationAction]: string }> = {
  hide: 'hidden',
  unhide: 'shown again',
  ban: 'banned',
  unban: 'ban lifted',
  dismiss: 'dismissed',
};

function beforeOf({ reported, reports, deeds, last }: Record): string {
  const told =
    reports === 0
      ? 'No other comment of theirs was reported'
      : `Before: ${counted(reports, 'report')} on ${counted(reported, 'other comment')}`;
  const done = Object.entries(DEEDS).flatMap(([action, word]) => {
    const times = deeds.get(action as ModerationAction) ?? 0;
    return times === 0 ? [] : [`${word}${times === 1 ? ' once' : ` ${times} times`}`];
  });
  if (last === undefined) return `${told}${reports === 0 ? ', and nothing decided about them' : '; nothing decided'}.`;
  return `${told}; ${done.join(', ')}. Last, ${dateOf(last.at)}, ${DEEDS[last.action] ?? 'decided'}: “${last.reason}”.`;
}
