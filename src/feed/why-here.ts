/** Why a paper stands where it stands in the trending lists, in sentences. Pure. */

import { mediumDate } from '#platform/dates.ts';
import { epochToDay } from '#platform/day.ts';
import type { TrendingParts } from '#ranking/score.ts';
import type { Card } from './card.ts';

/** Days after which nobody counts in days. */
const LONG = 60;

export function whyHere({ paper, votes, trending }: Pick<Card, 'paper' | 'votes' | 'trending'>): string[] {
  const published = `It was published on ${mediumDate(paper.publishedOn)}`;
  if (trending === undefined) return [`${published} and has just come in: it has no place yet.`];
  const { parts, at } = trending;
  if (parts === undefined) return [`${published}. ${alone(votes)}`];
  return [
    ...people(parts),
    ...uncounted(votes, parts),
    ...(parts.starsPerDay > 0 ? [`Its code gains ${count(parts.starsPerDay, 'star')} a day.`] : []),
    `${published}. ${parts.lift > LONG ? 'All this puts it' : `All this lifts it by ${days(parts.lift)}, to`} where a paper without votes stands that is published on ${mediumDate(epochToDay(at))}.`,
  ];
}

/** `4.2 days`, `7 hours` */
export function days(lift: number): string {
  if (lift < 1) return count(Math.max(1, Math.round(lift * 24)), 'hour');
  return lift < 9.95
    ? `${Number(lift.toFixed(1))} ${lift.toFixed(1) === '1.0' ? 'day' : 'days'}`
    : count(Math.round(lift), 'day');
}

function alone(votes: number): string {
  return votes === 0
    ? 'Nobody has voted for it yet, so it stands at its date.'
    : 'Nobody but its submitter has voted for it yet, so it stands at its date.';
}

function people({ voters, commenters, newcomers }: TrendingParts): string[] {
  const young =
    newcomers === 0
      ? ''
      : ` ${newcomers === 1 ? 'One of them has' : `${newcomers} of them have`} a new account, which weighs less.`;
  if (voters === 0 && commenters === 0) return [];
  if (voters === 0) return [`${persons(commenters)} ${commenters === 1 ? 'discusses' : 'discuss'} it.${young}`];
  const discussed =
    commenters === 0 ? '' : `, and ${commenters === 1 ? 'one more discusses' : `${commenters} more discuss`} it`;
  return [`${persons(voters)} voted for it${discussed}.${young}`];
}

function uncounted(votes: number, { voters }: TrendingParts): string[] {
  const more = votes - voters;
  if (more <= 0) return [];
  return [
    `${more === 1 ? 'One vote is' : `${more} votes are`} not counted: that of its submitter, or of somebody who was banned.`,
  ];
}

function persons(number: number): string {
  return number === 1 ? 'One person' : `${number.toLocaleString('en-US')} people`;
}

function count(number: number, what: string): string {
  return `${number.toLocaleString('en-US')} ${what}${number === 1 ? '' : 's'}`;
}
