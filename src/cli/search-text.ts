/** Search results for people who read a terminal, or pipe them on: no colours, lines no wider than the terminal. */

import { SEARCH_DEPTH } from '#feed/search-depth.ts';
import { withoutWords } from '#feed/missing-words.ts';
import type { FoundPaper, SearchReport } from './search.ts';
import type { Io } from './io.ts';

const INDENT = '    ';
/** Narrower is a window made too small, where broken lines read worse than long ones. */
const NARROWEST = 30;
/** Beyond it, lines are too long to be read. */
const WIDEST = 100;
const WHY = { words: 'found by its words', meaning: 'close in meaning', both: 'found by words and meaning' };

/** Results go to standard output, everything about them to standard error. `limit`: the most that were asked for. */
export function printResults(
  io: Io,
  { query, papers, exact, total, unread, respelled }: SearchReport,
  limit: number,
): void {
  const width = Math.min(Math.max(io.columns(), NARROWEST), WIDEST);
  for (const { text, problem } of unread) io.err(`${printable(`${text} ${problem}`)}\n`);
  for (const { typed, meant } of respelled)
    io.err(`Looked for ${printable(meant)}, as papers spell it; for ${printable(typed)} put it in quotation marks.\n`);
  if (papers.length === 0) {
    io.err(`Nothing found for ${printable(query)}. Try fewer or more general words.\n`);
    return;
  }
  if (!exact && papers.some(({ why }) => why !== null))
    io.err('No paper has all of these words. These come closest:\n');
  io.out(papers.map((paper, at) => printPaper(paper, at + 1, width)).join('\n'));
  // Fewer than were asked for are all, as a work from two sources is one result and counts as two papers.
  if (papers.length < limit || total <= papers.length) return;
  io.err(`\n${papers.length} of ${total.toLocaleString('en-US')}${limit < SEARCH_DEPTH ? more(total) : NARROW}\n`);
}

const NARROW = ', the most that are listed. Narrow the search down to see others: category:cs.LG, before:2025.';

function more(total: number): string {
  return `; --limit shows more${total > SEARCH_DEPTH ? `, ${SEARCH_DEPTH} at most` : ''}.`;
}

function printPaper(
  { id, title, authors, authorCount, published, why, missing, also }: FoundPaper,
  place: number,
  width: number,
) {
  const facts = [
    shortAuthors(authors, authorCount),
    published,
    [id, ...also].join(' = '),
    why === null ? '' : WHY[why] + withoutWords(missing),
  ];
  const lines = [
    ...wrap(printable(title), width - INDENT.length),
    ...wrap(printable(facts.filter(Boolean).join(' · ')), width - INDENT.length),
  ];
  const number = `${place}.`.padEnd(INDENT.length);
  return lines.map((line, at) => `${at === 0 ? number : INDENT}${line}\n`).join('');
}

/** `Schapiro, Zhao and 3 others`. */
function shortAuthors(authors: readonly string[], count: number): string {
  const total = Math.max(count, authors.length);
  if (authors.length === 0) return total === 0 ? '' : `${total} author${total === 1 ? '' : 's'}`;
  const named = total <= 3 ? authors : authors.slice(0, 2);
  const others = total - named.length;
  if (others > 0) return `${named.join(', ')} and ${others} other${others === 1 ? '' : 's'}`;
  return named.length === 1 ? `${named[0]}` : `${named.slice(0, -1).join(', ')} and ${named.at(-1)}`;
}

/** At spaces; a word that is longer than a line stands alone and sticks out, so that it can be copied whole. */
function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/)) {
    if (line !== '' && [...line].length + 1 + [...word].length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

/** Titles come from outside: they must not steer the terminal. */
function printable(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, ' ');
}
