/** Whether the title of a paper is what was typed, or begins with it. */

import { tokenize } from '../tokens.ts';
import { numberOf } from './lexical-index.ts';
import type { LexicalIndex } from './lexical-index.ts';
import { seqsHolding } from './holders.ts';
import { MOST_TERMS } from './postings.ts';
import { termOf } from './terms.ts';
import type { Term } from './terms.ts';
import { textOf } from './texts.ts';
import { wordsOf } from './words-of.ts';

/** What was typed, as numbers of the texts, without stop words. */
interface Typed {
  words: number[];
  /** By place: whether the word is only those before it written together, as `tokenize` adds it. */
  isJoined: boolean[];
  /** How many of the words a paper holds at least whose title begins with them. */
  least: number;
  /** What a title may say besides: two or three of the words written together. */
  together: Set<number>;
}

/** The title is the second section of a text. */
const TITLE = 1;

/**
 * For each of the papers the share of its title that was typed, if it begins with all that was typed, else 0: 1 for the
 * very title. Stop words do not count, nor whether parts are written with a space or a hyphen. `matchedOf`: as of the hits
 * for the words of the text, where they were asked for; most papers are told by it without being read.
 */
export function titleShares(
  index: LexicalIndex,
  text: string,
  seqs: Int32Array,
  matchedOf: (seq: number) => number = () => Infinity,
): Float64Array {
  const shares = new Float64Array(seqs.length);
  const typed = readTyped(index, text);
  if (typed === undefined) return shares;
  for (let at = 0; at < seqs.length; at++) {
    const seq = seqs[at] as number;
    if (matchedOf(seq) < typed.least) continue;
    const paper = numberOf(index, seq);
    if (paper >= 0) shares[at] = shareOf(textOf(index.texts, paper), index.stopWords, typed);
  }
  return shares;
}

/** Undefined if no title can begin with it: it says nothing, or has a word that no paper has. */
function readTyped({ table, stopWords }: LexicalIndex, text: string): Typed | undefined {
  const numberIn = (token: string): number => table.find(termOf(token)) + 1;
  const tokens = tokenize(text).filter((token) => numberIn(token) === 0 || numberIn(token) > stopWords);
  const words = tokens.map(numberIn);
  if (words.length === 0 || words.includes(0)) return undefined;
  /** The words from `from` to before `to`, as one; nothing where one of them is missing. */
  const joined = (from: number, to: number): string => (from < 0 ? '' : tokens.slice(from, to).join(''));
  const isJoined = tokens.map((token, at) => token === joined(at - 2, at) || token === joined(at - 3, at));
  return {
    words,
    isJoined,
    least: Math.min(new Set(words.filter((_, at) => !isJoined[at])).size, MOST_TERMS),
    together: new Set(
      tokens
        .flatMap((_, at) => [joined(at - 1, at + 1), joined(at - 2, at + 1)])
        .filter(Boolean)
        .map(numberIn),
    ),
  };
}

/** Reads no further than to the first word that differs. The text is as texts.ts has it. */
function shareOf(text: Uint8Array, stopWords: number, { words, isJoined, together }: Typed): number {
  let section = 0;
  let place = 0;
  let further = 0;
  for (let at = 0; at < text.length;) {
    let byte = text[at++] as number;
    let word = byte & 127;
    for (let shift = 7; byte > 127; shift += 7) {
      byte = text[at++] as number;
      word |= (byte & 127) << shift;
    }
    if (word === 0 && ++section > TITLE) break;
    if (section < TITLE || word <= stopWords) continue;
    while (isJoined[place] && word !== words[place]) place++;
    if (word === words[place]) place++;
    else if (!together.has(word)) {
      if (place < words.length) return 0;
      further++;
    }
  }
  while (isJoined[place]) place++;
  return place < words.length ? 0 : words.length / (words.length + further);
}

/** Whether a title holds the term; looks into the texts of all papers that hold it. */
export function isInTitle(index: LexicalIndex, term: Term): boolean {
  const word = index.table.find(term) + 1;
  return seqsHolding(index, [term]).some((seq) => holds(textOf(index.texts, numberOf(index, seq)), word));
}

function holds(text: Uint8Array, wanted: number): boolean {
  // No byte of a word is 0: the title stands between the first two of them.
  const from = text.indexOf(0) + 1;
  return wordsOf(text.subarray(from, text.indexOf(0, from))).includes(wanted);
}
