/** What somebody typed or chose as the topics of a list, made into topics; or what is wrong with it. */

import { authorSlug, parseAuthorName } from '#papers/authors.ts';
import { canonicalCategory } from '#papers/category-names.ts';
import { fullName } from '#papers/paper.ts';
import { slugify } from '#papers/slug.ts';
import { findOrganization, findPaper } from '#papers/store.ts';
import { cleanQuery, QUERY_LIMIT } from '#search/query/clean.ts';
import { parseQuery } from '#search/query/parse.ts';
import { tokenize } from '#search/tokens.ts';
import type { Db } from '#schema.ts';
import { MOST_TOPICS } from './list.ts';
import { keyOfTopic } from './topics.ts';
import type { Topic } from './topics.ts';

export interface TypedTopics {
  everything: boolean;
  /** Codes. */
  categories: readonly string[];
  /** Names, or addresses of their pages here. */
  authors: readonly string[];
  organizations: readonly string[];
  searches: readonly string[];
}

export interface FoundTopics {
  topics: Topic[];
  /** Whole sentences. */
  problems: string[];
}

/** At most `MOST_TOPICS` are looked up: one query for each author and organization. Each topic once, in order. */
export async function findTopics(db: Db, typed: TypedTopics): Promise<FoundTopics> {
  const named = [
    ...typed.categories.map((text) => () => findCategory(db, text)),
    ...typed.authors.map((text) => () => findAuthor(db, text)),
    ...typed.organizations.map((text) => () => findOrganizationTopic(db, text)),
    ...typed.searches.map((text) => () => readSearchTopic(text)),
  ];
  if (named.length > MOST_TOPICS)
    return { topics: [], problems: [`A list has at most ${MOST_TOPICS} topics; these are ${named.length}.`] };
  const topics = new Map<string, Topic>();
  const problems: string[] = [];
  const add = (topic: Topic) => topics.set(keyOfTopic(topic), topic);
  if (typed.everything) add({ kind: 'everything' });
  for (const find of named) {
    const found = await find();
    if (typeof found === 'string') problems.push(found);
    else add(found);
  }
  if (topics.size === 0 && problems.length === 0)
    problems.push('Choose at least one topic: what is trending, a category, an author, an organization or a search.');
  return { topics: [...topics.values()], problems };
}

type Found = Topic | string;

async function findCategory(db: Db, text: string): Promise<Found> {
  const known = canonicalCategory(text);
  if (known !== undefined) return { kind: 'category', id: known };
  const one = db.selectFrom('paper_categories').select('category').where('category', '=', text).limit(1);
  if ((await one.executeTakeFirst()) !== undefined) return { kind: 'category', id: text };
  return `There is no category “${text}”. Categories are written as arXiv writes them, such as cs.LG.`;
}

async function findAuthor(db: Db, text: string): Promise<Found> {
  const slug = lastOfAddress('authors', text) ?? authorSlug(parseAuthorName(text));
  const row = await db
    .selectFrom('paper_authors')
    .select('paper_id')
    .where('slug', '=', slug)
    .orderBy('published_on', 'desc')
    .limit(1)
    .executeTakeFirst();
  const paper = row && (await findPaper(db, row.paper_id));
  const author = paper?.authors.find((one) => authorSlug(one) === slug);
  if (author === undefined)
    return `No paper here is by “${text}”. Write the name as it stands on papers, or paste the address of the author’s page here.`;
  return { kind: 'author', slug, name: fullName(author) };
}

async function findOrganizationTopic(db: Db, text: string): Promise<Found> {
  const slug = lastOfAddress('organizations', text) ?? slugify(text);
  const organization = await findOrganization(db, slug);
  if (organization === undefined)
    return `No organization here is called “${text}”. Write it as on the page Organizations, or paste the address of its page here.`;
  return { kind: 'organization', slug, name: organization.name };
}

function readSearchTopic(text: string): Found {
  const q = cleanQuery(text);
  if (q.length > QUERY_LIMIT)
    return `“${q.slice(0, 60)}…” is too long to search for; ${QUERY_LIMIT} characters are the most.`;
  const { parts, unread } = parseQuery(q);
  const [problem] = unread;
  if (problem !== undefined)
    return `The search “${q}” has a part that cannot be read: “${problem.text}” ${problem.problem}`;
  const asks = parts.some((part) => part.kind !== 'word' || tokenize(part.text).length > 0);
  return !asks ? `“${text}” is nothing to search for.` : { kind: 'search', q };
}

/** `ann-lee` of `https://papers.example/authors/ann-lee`, or undefined if it is no such address. */
function lastOfAddress(folder: 'authors' | 'organizations', text: string): string | undefined {
  const [, name] = new RegExp(`/${folder}/([^/?#]+)`).exec(text) ?? [];
  if (name === undefined) return undefined;
  try {
    return decodeURIComponent(name).toLowerCase();
  } catch {
    return undefined;
  }
}
