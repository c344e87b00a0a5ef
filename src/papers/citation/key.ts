/** The key by which a bibliography names a paper: `schapiro2025combinatorial`. */

import type { Paper } from '../paper.ts';
import { slugify } from '../slug.ts';

/** Words that tell no title from another. */
const stopWords = new Set(
  `a an and are as at by can do does for from how in into is it its not of on or the this to towards toward via we what
  when where which why will with`.split(/\s+/),
);

/** `title` is the plain one. Lower-case ASCII letters and digits; never empty. */
export function citationKey(paper: Paper, title: string): string {
  const words = title
    .split(/[^\p{L}\p{N}\p{M}]+/u)
    .map(ascii)
    .filter(Boolean);
  const word = words.find((each) => !stopWords.has(each)) ?? words[0] ?? '';
  // A name in another script has no Latin letters to give; the id then tells papers apart.
  const name = ascii(paper.authors[0]?.family ?? '') || `arxiv${ascii(paper.id)}`;
  return `${name.slice(0, 40)}${paper.publishedOn.slice(0, 4)}${word.slice(0, 40)}`;
}

/** Compatibility forms come apart first, since slugs keep them: `ﬁ` is `fi`. */
function ascii(text: string): string {
  return slugify(text.slice(0, 200).normalize('NFKD')).replace(/[^a-z0-9]/g, '');
}
