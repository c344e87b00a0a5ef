/**
 * A question in the spelling of the papers: `dino v3` where they write DINOv3, `halucinate` where they write hallucinate.
 * What they say is the dictionary. A phrase in quotation marks is looked for as it is.
 */

import { seqsWithPhrase } from './lexical/phrases.ts';
import type { LexicalIndex } from './lexical/lexical-index.ts';
import { STOP_WORDS } from './lexical/stop-words.ts';
import { authorTermOf, termOf } from './lexical/terms.ts';
import type { Term } from './lexical/terms.ts';
import { isInTitle } from './lexical/titles.ts';
import type { Part, Query } from './query/query.ts';
import { stem } from './stem.ts';
import { tokenize } from './tokens.ts';

export interface Respelling {
  typed: string;
  /** What is looked for instead. */
  meant: string;
}

export interface Respelled {
  query: Query;
  /** Empty where it is the query that was given. */
  changes: Respelling[];
}

/**
 * Two words are looked for as one where papers write them together more than this many times as often as side by side:
 * `qwen3` 45, `dinov3` 70, `overfitting` 50, `keyframe` 5 times. `sam3` (3) and `meanflow` (2) are as well found apart, and
 * `multiagent`, which counts with its hyphen, is no more frequent than its parts.
 */
const TOGETHER = 4;
/** Of the papers that have the rarer of the two at least so many must write them together: nobody need count `attentionguidance`. */
const LEAST_SHARE = 0.02;
/** Shorter words are one letter away from too many others. */
const SHORTEST = 4;
/** A word that no paper has is taken for another one that so many have. */
const LEAST_PAPERS = 5;
/**
 * Typing errors stand in papers, too (`langauge` in 6 of 100 000): a word is one that so many times as many papers have as
 * have it, unless it stands in a title or is a name: names of methods do.
 */
const MORE_FREQUENT = 100;
/** In more papers it is a word of its own, however frequent its neighbour is. */
const MOST_ERRORS = 20;
/** Names of methods are short. */
const SHORTEST_ERROR = 6;

/** Pure, given the index. Takes some microseconds, but for a word that hardly any paper has some 0.5 ms. */
export function respell(index: LexicalIndex, query: Query): Respelled {
  const changes: Respelling[] = [];
  const parts: Part[] = [];
  for (let at = 0; at < query.parts.length; at++) {
    const part = query.parts[at] as Part;
    const next = query.parts[at + 1];
    const together =
      part.kind === 'word' && next?.kind === 'word' ? writtenTogether(index, part.text, next.text) : undefined;
    if (together !== undefined && next?.kind === 'word') at++;
    const meant = together ?? (part.kind === 'word' ? corrected(index, part.text) : undefined);
    if (meant === undefined) parts.push(part);
    else {
      parts.push({ kind: 'word', text: meant });
      changes.push({ typed: printTyped(part, together === undefined ? undefined : query.parts[at]), meant });
    }
  }
  return changes.length === 0 ? { query, changes } : { query: { parts, sort: query.sort }, changes };
}

function printTyped(...parts: (Part | undefined)[]): string {
  return parts.flatMap((part) => (part?.kind === 'word' ? [part.text] : [])).join(' ');
}

function writtenTogether(index: LexicalIndex, first: string, second: string): string | undefined {
  const [a, b] = [onlyToken(first), onlyToken(second)];
  if (a === undefined || b === undefined) return undefined;
  // A long word may lose an ending that the short one keeps: `attentionguidance` would be found as attention-guided.
  if (stem(a + b) !== a + stem(b)) return undefined;
  const papers = papersWith(index, a + b);
  const fewer = Math.min(papersWith(index, a), papersWith(index, b));
  if (papers <= TOGETHER || papers < LEAST_SHARE * fewer) return undefined;
  if (papers > TOGETHER * fewer) return a + b;
  return papers > TOGETHER * timesApart(index, `${a} ${b}`) ? a + b : undefined;
}

/** How many papers have the words side by side. Asked again and again of the same pairs, so the answers are kept. */
function timesApart(index: LexicalIndex, phrase: string): number {
  let known = apart.get(index);
  if (known === undefined || known.papers.size >= MOST_KEPT || index.papers > known.of * KEPT_GROWTH) {
    apart.set(index, (known = { of: index.papers, papers: new Map() }));
  }
  const papers = known.papers.get(phrase) ?? seqsWithPhrase(index, phrase)?.length ?? 0;
  known.papers.set(phrase, papers);
  return papers;
}

const apart = new WeakMap<LexicalIndex, { of: number; papers: Map<string, number> }>();
const MOST_KEPT = 5_000;
/** A tenth more papers change no proportion that matters here. */
const KEPT_GROWTH = 1.1;

/** Undefined for what is no plain word, or says nothing. */
function onlyToken(text: string): string | undefined {
  const [token, further] = tokenize(text);
  return further === undefined && token !== undefined && !STOP_WORDS.has(token) ? token : undefined;
}

/** The word that was probably meant; undefined for one that papers have. */
function corrected(index: LexicalIndex, text: string): string | undefined {
  const token = onlyToken(text);
  if (token === undefined || token.length < SHORTEST || !/^[a-z]+$/.test(token)) return undefined;
  const papers = papersWith(index, token);
  if (papers > MOST_ERRORS || (papers > 0 && token.length < SHORTEST_ERROR)) return undefined;
  if (papers > 0 && (papersOf(index, authorTermOf(token)) > 0 || isInTitle(index, termOf(token)))) return undefined;
  const least = Math.max(LEAST_PAPERS, papers * MORE_FREQUENT);
  let best: string | undefined;
  let most = 0;
  for (const [candidate, likelihood] of oneEditAway(token)) {
    const frequency = papersWith(index, candidate);
    if (frequency < least || frequency * likelihood <= most) continue;
    [best, most] = [candidate, frequency * likelihood];
  }
  return best;
}

function papersWith(index: LexicalIndex, token: string): number {
  return papersOf(index, termOf(token));
}

function papersOf({ table, frequencies }: LexicalIndex, term: Term): number {
  const number = table.find(term);
  return number < 0 ? 0 : (frequencies[number] ?? 0);
}

/** The query with what was respelt in quotation marks, so that it is looked for as it was typed. */
export function asTyped(query: Query, { typed }: Respelling): Query {
  const words = typed.split(' ');
  const parts = [...query.parts];
  const at = parts.findIndex((_, from) =>
    words.every((word, step) => {
      const part = parts[from + step];
      return part?.kind === 'word' && part.text === word;
    }),
  );
  if (at >= 0) parts.splice(at, words.length, { kind: 'phrase', text: typed });
  return { parts, sort: query.sort };
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';
const VOWELS: ReadonlySet<string> = new Set('aeiouy');

/** How often people err so, against a wrong consonant: guesses that tell `attention` from `agention`, which has agent's stem. */
const SLIP = 10;
const MISSING = 3;
const EXTRA = 2;

/** Words from which one slip leads to `word` (Damerau 1964), with how likely it is. */
function* oneEditAway(word: string): Generator<[candidate: string, likelihood: number]> {
  for (let at = 0; at < word.length; at++) {
    const [before, letter, after] = [word.slice(0, at), word[at] as string, word.slice(at + 1)];
    const isDouble = letter === word[at + 1] || letter === word[at - 1];
    yield [before + after, isDouble ? SLIP : EXTRA];
    yield [before + after.slice(0, 1) + letter + after.slice(1), SLIP];
    for (const other of LETTERS) {
      yield [before + letter + other + after, letter === other || word[at + 1] === other ? SLIP : MISSING];
      yield [before + other + after, VOWELS.has(letter) && VOWELS.has(other) ? SLIP : 1];
    }
  }
}
