/** A paper in a line or two of plain text, for chats. Pure. */

import type { Card } from '#feed/card.ts';
import { counted } from '#platform/counted.ts';
import { fullName } from '#papers/paper.ts';
import { texToPlain } from '#papers/tex/plain.ts';
import { cleanText } from '#papers/text.ts';

/** Papers of a message to people; the rest is a click away. */
export const SHOWN = 10;
/** Names before “and 5 more”. */
const NAMED = 3;

export interface PaperLine {
  /** Without TeX. */
  title: string;
  /** `Ada Lovelace, Kurt Gödel, Emmy Noether and 5 more · DeepMind`; empty where nobody is known. */
  byline: string;
  /** `12 votes · 3 comments`; empty where there are none. */
  counts: string;
}

export function paperLine({ paper, votes, comments }: Card): PaperLine {
  const names = paper.authors.slice(0, NAMED).map((author) => cleanText(fullName(author)));
  const more = paper.authorCount - names.length;
  const others = `${more.toLocaleString('en-US')} ${names.length === 0 ? (more === 1 ? 'author' : 'authors') : 'more'}`;
  const authors = names.join(', ') + (more > 0 ? `${names.length === 0 ? '' : ' and '}${others}` : '');
  return {
    title: texToPlain(paper.title),
    byline: [authors, cleanText(paper.organization?.name ?? '')].filter(Boolean).join(' · '),
    counts: [votes > 0 && counted(votes, 'vote'), comments > 0 && counted(comments, 'comment')]
      .filter(Boolean)
      .join(' · '),
  };
}

/** At most `limit` UTF-16 units, which is never more than characters by anybody's count; cut between characters. */
export function cut(text: string, limit: number): string {
  if (text.length <= limit) return text;
  let kept = '';
  for (const character of text) {
    if (kept.length + character.length > limit - 1) break;
    kept += character;
  }
  return `${kept.trimEnd()}…`;
}
