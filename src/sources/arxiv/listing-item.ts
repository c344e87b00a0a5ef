/** One paper in a listing feed, RSS item or Atom entry. */

import type { AnnounceType } from '#papers/paper.ts';
import type { Day } from '#platform/day.ts';
import { AppError } from '#platform/errors.ts';
import { abstractOf, arxivCategories, doiOf, field, localDay, requiredField, requiredId } from './fields.ts';
import { attribute, child, children, rootName, textOf } from './xml.ts';
import type { XmlNode } from './xml.ts';

export interface ListingItem {
  id: string;
  version: number | undefined;
  /** The listing's day in arXiv's time zone. */
  day: Day;
  type: AnnounceType;
  title: string;
  abstract: string;
  /** As one string: `Name (Affiliation, Another), Name`. */
  creators: string;
  categories: string[];
  license: string | undefined;
  journalRef: string | undefined;
  doi: string | null;
}

const TYPES: readonly AnnounceType[] = ['new', 'cross', 'replace', 'replace-cross'];

/** `arXiv:2508.13426v1 Announce Type: new \nAbstract: …` */
const DESCRIPTION_HEAD = /^\s*arXiv:\S+\s+Announce Type:\s*([\w-]+)\s+(?:Abstract:\s*)?/i;

/** Throws an AppError for an item that makes no sense. */
export function readItem(item: XmlNode): ListingItem {
  const rss = rootName(item) === 'item';
  const { id, version } = requiredId(requiredField(item, rss ? 'guid' : 'id'));
  const description = textOf(child(item, rss ? 'description' : 'summary')) ?? '';
  const type = field(item, 'announce_type') ?? DESCRIPTION_HEAD.exec(description)?.[1];
  return {
    id,
    version,
    day: localDay(requiredField(item, rss ? 'pubDate' : 'published')),
    type: announceType(type),
    title: requiredField(item, 'title'),
    abstract: abstractOf(description.replace(DESCRIPTION_HEAD, '')),
    creators: readCreators(item),
    categories: arxivCategories(
      children(item, 'category').map((category) => attribute(category, 'term') ?? textOf(category)?.trim() ?? ''),
    ),
    license: field(item, 'rights'),
    journalRef: field(item, 'journal_reference') ?? field(item, 'journal_ref'),
    doi: doiOf(field(item, 'DOI') ?? field(item, 'doi')),
  };
}

function announceType(text: string | undefined): AnnounceType {
  const type = TYPES.find((known) => known === text?.toLowerCase());
  if (type === undefined)
    throw new AppError('upstream', `its announce type is "${text ?? ''}", not one of ${TYPES.join(', ')}`);
  return type;
}

/** dc:creator is one string in both feeds; plain Atom authors are taken as well. */
function readCreators(item: XmlNode): string {
  const creator = field(item, 'creator');
  return (
    creator ??
    children(item, 'author')
      .map((author) => field(author, 'name') ?? '')
      .filter(Boolean)
      .join(', ')
  );
}
