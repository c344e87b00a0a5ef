/** The words of a mail: subject, date, byline, and why a paper is in it. Pure. */

import { longDate, mediumDate, rangeDates, shortDate } from '#platform/dates.ts';
import { addDays, dayToEpoch } from '#platform/day.ts';
import type { Day } from '#platform/day.ts';
import type { Card } from '#feed/card.ts';
import { categoryName } from '#papers/category-names.ts';
import { fullName } from '#papers/paper.ts';
import type { Paper } from '#papers/paper.ts';
import { cleanText } from '#papers/text.ts';
import type { Topic } from '#subscriptions/topics.ts';
import type { MailEdition } from '../edition.ts';
import { shorten } from '../gist/shorten.ts';
import type { Foot } from './letter.ts';

/** Characters of a subject that a phone shows, the date besides. */
const TITLE_IN_SUBJECT = 60;
/** Who meets a paper so long after it was published wonders why it comes now. */
const OLD_DAYS = 60;
/** Shorter beginnings of titles say nothing: `On: …`. */
const LEAST_NAME = 3;

const weekdayName = new Intl.DateTimeFormat('en-US', {
  timeZone: 'UTC',
  weekday: 'long',
  month: 'short',
  day: 'numeric',
});

/** `Tuesday, Jan 6` */
function weekdayAndDate(day: Day): string {
  return weekdayName.format(dayToEpoch(day));
}

/**
 * `RegMean++ and 9 more — Tuesday, Jan 6`: the name that the first title gives before its colon, or the beginning of
 * it. Of an alert its search stands in front.
 */
export function subjectOf(titles: readonly string[], { kind, range }: MailEdition, search?: string): string {
  const date = kind === 'daily' ? weekdayAndDate(range.last) : `week of ${shortDate(range.first)}`;
  const [first, ...more] = titles;
  const papers =
    first === undefined ? 'Nothing new' : nameIn(first) + (more.length > 0 ? ` and ${more.length} more` : '');
  return `${search === undefined ? '' : `“${shorten(search, 30)}”: `}${papers} — ${date}`;
}

/** Why somebody has this mail. */
export function reasonOf({ reader, what, when }: Foot): string {
  return reader === undefined
    ? `This is a sample of what is mailed to those who asked for it: ${what}, ${when}. Theirs has links here to end and to change it.`
    : `You get this mail at ${reader.email} because you asked for it: ${what}, ${when}.`;
}

type TrendingParts = NonNullable<NonNullable<Card['trending']>['parts']>;

/** Votes and comments are counted beside it. */
function trendsBy({ voters, commenters, starsPerDay }: TrendingParts): string {
  if (voters + commenters > 0) return 'Trending with readers';
  const stars = Math.max(1, Math.round(starsPerDay));
  return `Trending: its code gains ${stars.toLocaleString('en-US')} ${stars === 1 ? 'star' : 'stars'} a day`;
}

function nameIn(title: string): string {
  const [, name = ''] = /^(.+?)(?::\s| [–—] )/.exec(title) ?? [];
  return name.length >= LEAST_NAME && name.length <= TITLE_IN_SUBJECT ? name : shorten(title, TITLE_IN_SUBJECT);
}

/** `Tuesday, January 6, 2026`, `Jan 5 – 11, 2026` */
export function dateOf({ kind, range }: MailEdition): string {
  return kind === 'daily' ? longDate(range.last) : rangeDates(range);
}

export function bylineOf({ organization, authors, authorCount }: Paper): string {
  if (organization) return cleanText(organization.name);
  const [first, second] = authors;
  const count = authorCount === 1 ? '1 author' : `${authorCount.toLocaleString('en-US')} authors`;
  if (first === undefined) return authorCount === 0 ? '' : count;
  const name = cleanText(fullName(first));
  if (authorCount === 1) return name;
  if (authorCount === 2 && second) return `${name} and ${cleanText(fullName(second))}`;
  return `${name} et al., ${count}`;
}

export function whyOf(topic: Topic, card: Pick<Card, 'paper' | 'trending'>, { kind, range }: MailEdition): string {
  switch (topic.kind) {
    case 'everything': {
      const parts = card.trending?.parts;
      if (parts === undefined || parts.lift <= 0) return kind === 'daily' ? 'New in this edition' : 'New this week';
      const { publishedOn } = card.paper;
      const isOld = publishedOn < addDays(range.first, -OLD_DAYS);
      return trendsBy(parts) + (isOld ? `, though it was published on ${mediumDate(publishedOn)}` : '');
    }
    case 'category': {
      const name = categoryName(topic.id);
      return name === undefined ? `New in ${topic.id}` : `New in ${name} (${topic.id})`;
    }
    case 'author':
      return `By ${topic.name}, whom you follow`;
    case 'organization':
      return `From ${topic.name}, which you follow`;
    case 'search':
      return `Matches your search “${shorten(topic.q, 80)}”`;
  }
}
