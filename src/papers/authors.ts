/** The authors of a paper: from one string as arXiv and Dublin Core have them, or from a list of names. */

import { splitAuthorList } from './author-list.ts';
import { isGroup, parseAuthorName, readSuffix, tidyTex } from './author-name.ts';
import { fullName } from './paper.ts';
import type { Author } from './paper.ts';
import { slugify } from './slug.ts';
import { cleanText } from './text.ts';

export { parseAuthorName } from './author-name.ts';

export interface ParsedAuthors {
  authors: Author[];
  /** Set where the list says that there are more than it names; "et al." counts as one. */
  authorCount?: number;
}

const OTHERS =
  /^(?:et\.?\s*al\b\.?|(?:many )?others|(\d{1,5})\s+(?:others?|additional|more)\b.{0,60})\s*(?:\((?:(\d{1,5}) )?[^()]*\))?$/i;
const AND_OTHERS = /[\s,]+et\.?\s+al\b\.?\s*(?:\((\d{1,5}) [^()]*\))?(?=\s*(?:\(|$))/i;
const KEY = /^(?:\d{1,3}|[a-z])$/;
/** What an element of a list of names holds if it is not simply one name. */
const NOT_ONE_NAME = /[(),;:\\{]|\bet al\b|\b(?:and|for the)\b|^(?:others|jr|sr|i{2,3}|iv)\.?$/i;

/** Commas, semicolons and "and" between names; affiliations in brackets, written out or numbered; TeX accents. */
export function parseAuthors(text: string): ParsedAuthors {
  const { names, affiliations } = splitAuthorList(cleanText(tidyTex(text)));
  const authors: Author[] = [];
  let others = 0;
  for (const piece of names) {
    const [all, stated, inBrackets] = OTHERS.exec(piece) ?? [];
    if (all !== undefined) {
      others = Number(stated ?? inBrackets ?? 1);
      continue;
    }
    const rest = AND_OTHERS.exec(piece);
    if (rest) others = Math.max(others, Number(rest[1] ?? 1));
    const name = rest ? piece.replace(AND_OTHERS, '') : piece;
    const author = parseAuthorName(name);
    author.affiliation = affiliationOf(author.affiliation, affiliations);
    const previous = authors.at(-1);
    // "Kenneth Merz, Jr." came as two pieces.
    if (previous?.suffix === '' && author.given === '' && readSuffix(author.family) !== '') {
      previous.suffix = readSuffix(author.family);
      previous.affiliation ||= author.affiliation;
    } else if (isName(author)) authors.push(author);
  }
  return others > 0 ? { authors, authorCount: authors.length + others } : { authors };
}

/** Names that the source has already parted, where it was not misled by commas in brackets. */
export function parseAuthorNames(names: readonly string[]): ParsedAuthors {
  for (const name of names) {
    if (NOT_ONE_NAME.test(name)) return parseAuthors(names.join(', '));
  }
  return { authors: names.map(parseAuthorName).filter(isName) };
}

/** The author's name in addresses: stable, never empty, the same however family and given names were told apart. */
export function authorSlug(author: Author): string {
  const isNamed = author.given !== '' || !isGroup(author.family);
  const name = isNamed ? fullName(author) : author.family.replace(/^the\s+/i, '');
  return (
    slugify(name) ||
    `author-${[...name]
      .slice(0, 8)
      .map((sign) => sign.codePointAt(0)?.toString(16))
      .join('-')}`
  );
}

/** `1 and 2` stands for what the numbered list says; everything else for itself. */
function affiliationOf(text: string, affiliations: ReadonlyMap<string, string>): string {
  const keys = text.split(/[\s,;&]+|\band\b/).filter(Boolean);
  if (!keys.every((key) => KEY.test(key))) return text;
  return keys.flatMap((key) => affiliations.get(key) ?? []).join(', ');
}

function isName(author: Author): boolean {
  return /[\p{L}\p{N}]/u.test(author.family);
}
