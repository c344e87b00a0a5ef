/** The form in which a list is chosen: what it shows, and what was sent. */

import { findTopics } from '#subscriptions/find-topics.ts';
import { MOST_PAPERS, USUAL_PAPERS, USUAL_WEEKDAY, usualList } from '#subscriptions/list.ts';
import type { Asked, ListSettings } from '#subscriptions/list.ts';
import { parseTimeZone } from '#subscriptions/time-zone.ts';
import type { Topic } from '#subscriptions/topics.ts';
import { authorSlug, parseAuthorName } from '#papers/authors.ts';
import { slugify } from '#papers/slug.ts';
import type { Fields } from './form.ts';
import type { Site } from './site.ts';

/** As it stands in the form: names and searches are lines of a text. */
export interface ListForm extends Omit<ListSettings, 'topics' | 'most'> {
  everything: boolean;
  categories: string[];
  authors: string;
  organizations: string;
  /** Of an alert the only one. */
  searches: string;
  /** As it was typed. */
  most: string;
  timeZone: string;
}

export interface SentList {
  form: ListForm;
  /** Undefined if there are problems. */
  asked: Asked | undefined;
  /** Whole sentences. */
  problems: string[];
}

/** What is offered where nothing was chosen yet. */
export function usualForm(site: Site): ListForm {
  return toForm(usualList(site.config.DIGEST_HOUR), usualTimeZone(site));
}

export function usualTimeZone({ config }: Site): string {
  return parseTimeZone(config.TIME_ZONE) ?? 'UTC';
}

export function toForm({ topics, most, ...settings }: ListSettings, timeZone: string): ListForm {
  const lines = (kind: Topic['kind']) => topics.filter((topic) => topic.kind === kind).map(lineOf);
  return {
    ...settings,
    everything: topics.some(({ kind }) => kind === 'everything'),
    categories: lines('category'),
    authors: lines('author').join('\n'),
    organizations: lines('organization').join('\n'),
    searches: lines('search').join('\n'),
    most: String(most),
    timeZone,
  };
}

/** A line that is read as the same topic again. */
function lineOf(topic: Topic): string {
  switch (topic.kind) {
    case 'everything':
      return '';
    case 'category':
      return topic.id;
    case 'search':
      return topic.q;
    case 'author':
      return authorSlug(parseAuthorName(topic.name)) === topic.slug ? topic.name : `/authors/${topic.slug}`;
    case 'organization':
      return slugify(topic.name) === topic.slug ? topic.name : `/organizations/${topic.slug}`;
  }
}

/** A field that was not sent says what is usual; one that makes no sense is a problem. */
export async function readListForm(site: Site, fields: Fields): Promise<SentList> {
  const problems: string[] = [];
  const kind = fields.text('kind') === 'alert' ? 'alert' : 'digest';
  const form: ListForm = {
    kind,
    everything: kind === 'digest' && fields.has('everything'),
    categories: kind === 'digest' ? fields.all('categories').map(plain).filter(Boolean) : [],
    authors: kind === 'digest' ? fields.text('authors') : '',
    organizations: kind === 'digest' ? fields.text('organizations') : '',
    searches: fields.text('searches'),
    frequency: fields.text('frequency') === 'weekly' ? 'weekly' : 'daily',
    weekday: within(fields.text('weekday'), 1, 7) ?? USUAL_WEEKDAY,
    hour: within(fields.text('hour'), 0, 23) ?? site.config.DIGEST_HOUR,
    most: fields.text('most') || String(USUAL_PAPERS),
    repeats: fields.has('repeats'),
    evenIfEmpty: fields.has('even_if_empty'),
    timeZone: fields.text('time_zone') || usualTimeZone(site),
  };
  const most = within(form.most, 1, MOST_PAPERS);
  if (most === undefined) problems.push(`A mail has 1 to ${MOST_PAPERS} papers.`);
  const timeZone = parseTimeZone(form.timeZone);
  if (timeZone === undefined)
    problems.push(`“${form.timeZone}” is no time zone. They are named like Europe/Berlin or America/New_York.`);
  const found = await findTopics(site.db, {
    everything: form.everything,
    categories: form.categories,
    authors: linesOf(form.authors),
    organizations: linesOf(form.organizations),
    searches: kind === 'alert' ? [form.searches] : linesOf(form.searches),
  });
  problems.push(...found.problems);
  if (most === undefined || timeZone === undefined || problems.length > 0) return { form, asked: undefined, problems };
  const list: ListSettings = { ...pickSettings(form), topics: found.topics, most };
  return { form: { ...form, timeZone }, asked: { list, timeZone, isPlain: fields.has('plain') }, problems };
}

function pickSettings({ kind, frequency, weekday, hour, repeats, evenIfEmpty }: ListForm) {
  return { kind, frequency, weekday, hour, repeats, evenIfEmpty };
}

function plain(text: string): string {
  return text.toWellFormed().replaceAll('\0', '').trim();
}

function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
}

function within(text: string, least: number, most: number): number | undefined {
  const value = /^\d{1,3}$/.test(text) ? Number(text) : undefined;
  return value !== undefined && value >= least && value <= most ? value : undefined;
}
