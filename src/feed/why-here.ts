/** Why a paper stands where it stands in the trending lists, in sentences. Pure. */

import { counted } from '#platform/counted.ts';
import { mediumDate } from '#platform/dates.ts';
import { epochToDay } from '#platform/day.ts';
import type { TrendingParts } from '#ranking/score.ts';
import type { Card } from './card.ts';

/** Days after which nobody counts in days. */
const LONG = 60;

export function whyHere({
  paper,
  votes,
  comments,
  trending,
}: Pick<Card, 'paper' | 'votes' | 'comments' | 'trending'>): string[] {
  const published = `It was published on ${mediumDate(paper.publishedOn)}`;
  if (trending === undefined) return [`${published} and has just come in: it has no place yet.`];
  const { parts, at } = trending;
  if (parts === undefined) return [`${published}. ${alone(votes)}`];
  return [
    ...people(parts),
    ...uncounted(votes, parts),
    ...said(comments, parts),
    ...(parts.starsPerDay > 0 ? [`Its code gains ${counted(parts.starsPerDay, 'star')} a day.`] : []),
    `${published}. ${parts.lift > LONG ? 'All this puts it' : `All this lifts it by ${days(parts.lift)}, to`} where a paper without votes stands that is published on ${mediumDate(epochToDay(at))}.`,
  ];
}

/** `4.2 days`, `7 hours` */
export function days(lift: number): string {
  if (lift < 1) return counted(Math.max(1, Math.round(lift * 24)), 'hour');
  return lift < 9.95
    ? `${Number(lift.toFixed(1))} ${lift.toFixed(1) === '1.0' ? 'day' : 'days'}`
    : counted(Math.round(lift), 'day');
}

function alone(votes: number): string {
  return votes === 0
    ? 'Nobody has voted for it yet, so it stands at its date.'
    : 'Nobody but its submitter has voted for it yet, so it stands at its date.';
}

function people({ voters, commenters, newcomers }: TrendingParts): string[] {
  const young = newcomers === 0 ? '' : ` ${ofNew(newcomers, voters + commenters)}`;
  if (voters === 0 && commenters === 0) return [];
  if (voters === 0) return [`${persons(commenters)} ${commenters === 1 ? 'discusses' : 'discuss'} it.${young}`];
  const discussed =
    commenters === 0 ? '' : `, and ${commenters === 1 ? 'one more discusses' : `${commenters} more discuss`} it`;
  return [`${persons(voters)} voted for it${discussed}.${young}`];
}

function ofNew(newcomers: number, all: number): string {
  if (newcomers === all && all === 1) return 'Their account is new, which weighs less.';
  if (newcomers === all) return `${all === 2 ? 'Both' : 'All'} have a new account, which weighs less.`;
  return `${newcomers === 1 ? 'One of them has' : `${newcomers} of them have`} a new account, which weighs less.`;
}

/** Of comments that stand there while no commenter is counted: who voted is counted as a voter. */
function said(comments: number, { commenters }: TrendingParts): string[] {
  if (comments === 0 || commenters > 0) return [];
  const subject = comments === 1 ? 'Its comment does' : `Its ${comments.toLocaleString('en-US')} comments do`;
  return [`${subject} not count besides: who votes and comments counts once, and its submitter not at all.`];
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
