/** What may be submitted, and what to say where it may not. Pure. */

import { counted } from '#platform/counted.ts';
import { fullDate, monthName } from '#platform/dates.ts';
import { addDays, monthRange } from '#platform/day.ts';
import type { Day } from '#platform/day.ts';
import { arxivMonth } from './ids.ts';
import type { PaperId } from './paper.ts';

export interface SubmissionRules {
  /** How many days after its publication a paper may be submitted. */
  windowDays: number;
  /** How many papers one person may submit for an edition. */
  perDay: number;
}

interface TooOld {
  why: 'too-old';
  id: PaperId;
  /** `on January 6, 2026` */
  published: string;
  windowDays: number;
}

export type Refusal =
  | { why: 'unreadable'; text: string }
  /** An id of another source, which nobody here can ask. */
  | { why: 'elsewhere'; id: PaperId }
  | { why: 'submitted'; id: PaperId; day: Day; userId: string | null }
  | TooOld
  | { why: 'too-many'; perDay: number }
  | { why: 'hidden'; id: PaperId }
  | { why: 'unknown'; id: PaperId };

/** A refusal if a paper published on that day is too old to be submitted for the edition of `today`. */
export function refuseAge(
  paper: { id: PaperId; publishedOn: Day },
  { windowDays }: SubmissionRules,
  today: Day,
): TooOld | undefined {
  const { id, publishedOn } = paper;
  if (publishedOn >= addDays(today, -windowDays)) return undefined;
  return { why: 'too-old', id, published: `on ${fullDate(publishedOn)}`, windowDays };
}

/**
 * As `refuseAge`, of a paper that is not known: its id has the month in which arXiv gave it out, and the first version
 * came in that month or just before it. Undefined where that does not settle it.
 */
export function refuseByMonth(id: PaperId, rules: SubmissionRules, today: Day): Refusal | undefined {
  const month = monthRange(arxivMonth(id) ?? '');
  const refusal = month && refuseAge({ id, publishedOn: month.last }, rules, today);
  return refusal && { ...refusal, published: `in ${monthName(month.last)}, as its number says` };
}

/** What went wrong and what would be right, each a sentence for the person who submitted it. */
export function explainRefusal(refusal: Refusal): { message: string; hint: string } {
  switch (refusal.why) {
    case 'unreadable':
      return {
        message:
          refusal.text === ''
            ? 'Say which paper: its arXiv id is missing.'
            : `“${refusal.text.slice(0, 80)}” is not an arXiv id or address.`,
        hint: 'An arXiv id looks like 2310.02541 or hep-th/9110025, an address like https://arxiv.org/abs/2310.02541.',
      };
    case 'elsewhere':
      return {
        message: `${refusal.id} is not on arXiv, and papers are fetched from there.`,
        hint: 'If the paper is on arXiv too, submit it by its arXiv id.',
      };
    case 'submitted':
      return {
        // The starter edition was put together by nobody here.
        message:
          refusal.userId === null
            ? `${refusal.id} stands in the edition of ${fullDate(refusal.day)} already, and a paper stands in one.`
            : `${refusal.id} was submitted for the edition of ${fullDate(refusal.day)}, and a paper can be submitted once.`,
        hint: 'Vote for it there, or say on its page what you think of it.',
      };
    case 'too-old':
      return {
        message: `${refusal.id} is too old: papers can be submitted up to ${counted(refusal.windowDays, 'day')} after their publication.`,
        hint: `It was published ${refusal.published}. A moderator can submit it nevertheless.`,
      };
    case 'too-many':
      return {
        message: `One person can submit ${counted(refusal.perDay, 'paper')} a day, and you have.`,
        hint: 'Submit it tomorrow, or let somebody else do it.',
      };
    case 'hidden':
      return {
        message: `The moderators of this site have hidden ${refusal.id}.`,
        hint: 'Ask one of them if you think that it should be here.',
      };
    case 'unknown':
      return {
        message: `arXiv has no paper ${refusal.id}.`,
        hint: 'Look at the number again. A paper that was announced within the last hours may need some more.',
      };
  }
}

/** What to tell a person of a try that failed, in place of the words for the log: `problem` is an AppError's message. */
export function explainFailure(problem: string): string {
  const [, status] = /\bit answered (\d{3})\b/.exec(problem) ?? [];
  const [, until] = /\basks for a pause until ([\d :-]+ UTC)/.exec(problem) ?? [];
  if (until !== undefined) return `arXiv asks everybody here for a pause until ${until}.`;
  if (status !== undefined) return `arXiv answered with an error (${status}).`;
  if (/connection failed|no complete answer/.test(problem)) return 'arXiv could not be reached.';
  return 'What arXiv answered could not be read.';
}
