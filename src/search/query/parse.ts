/** Reads a search as it was typed. Nothing is an error: what is no operator is text, and one with a wrong value is told. */

import { decodeAccents } from '#papers/tex/accents.ts';
import { tokenize } from '../tokens.ts';
import { cleanQuery } from './clean.ts';
import { printPart } from './print.ts';
import type { Clause, Part, Query, Sort } from './query.ts';
import { isField, isNaming, isOperator, readOperator } from './read-operator.ts';

/** An operator that was not understood. */
export interface Unread {
  /** As typed. */
  text: string;
  /** The rest of a sentence that begins with `text`, and what would be right. */
  problem: string;
}

export interface ParsedQuery extends Query {
  unread: readonly Unread[];
}

interface Draft {
  parts: Part[];
  /** Printed conditions: said twice they are meant once, but a word said twice counts twice. */
  conditions: Set<string>;
  sort: Sort;
  unread: Unread[];
}

/** From keyboards, from phones, and as other languages have them. */
const QUOTES: ReadonlySet<string> = new Set('"“”„‟＂');
const BARE = /[^ "“”„‟＂]+/y;
/** After these a quotation mark ends or measures (`5"`) and does not begin. */
const WITHIN = /[\p{L}\p{N}"“”„‟＂]$/u;
const OPERATOR = /^([a-z]+):(.*)$/i;
/** `-1` is a number; `--x` excludes nothing. */
const NEGATED = /^-(?!-|[\d.,/]+%?$)./u;

/** Never throws; work is linear in the text. Does not ask for `QUERY_LIMIT`. */
export function parseQuery(given: string): ParsedQuery {
  const text = withAccents(cleanQuery(given));
  const draft: Draft = { parts: [], conditions: new Set(), sort: 'relevance', unread: [] };
  let at = 0;
  while (at < text.length) {
    if (text[at] === ' ') at++;
    else at = isQuote(text[at]) ? readQuoted(draft, text, at, '') : readBare(draft, text, at);
  }
  const { parts, sort, unread } = draft;
  if (parts.length > 1 && /\p{Ll}/u.test(text)) unread.push(...connectives(parts));
  return { parts, sort, unread };
}

/** `Schr\"odinger` is no quotation. Formulas have commands of their own. */
function withAccents(text: string): string {
  return text.includes('$') ? text : decodeAccents(text);
}

/** What connects words on other sites, in upper case. Every word is asked for anyway, so AND says nothing else. */
const CONNECTIVES: ReadonlyMap<string, string> = new Map([
  [
    'OR',
    'is a word like any other here: papers that have all of the words come first, those with some of them follow.',
  ],
  ['NOT', 'is a word like any other here. Write -word to leave out the papers that have it.'],
]);

function connectives(parts: readonly Part[]): Unread[] {
  const words = new Set(parts.flatMap((part) => (part.kind === 'word' ? [part.text] : [])));
  return [...CONNECTIVES].flatMap(([text, problem]) => (words.has(text) ? [{ text, problem }] : []));
}

function isQuote(letter: string | undefined): boolean {
  return letter !== undefined && QUOTES.has(letter);
}

function nextQuote(text: string, from: number): number | undefined {
  let at = from;
  while (at < text.length && !isQuote(text[at])) at++;
  return at < text.length ? at : undefined;
}

/** What stands from a quotation mark to the next; `before` stands right before it: `-`, `author:`. */
function readQuoted(draft: Draft, text: string, at: number, before: string): number {
  const isWithin = before === '' && WITHIN.test(text.slice(Math.max(0, at - 2), at));
  const end = isWithin ? undefined : nextQuote(text, at + 1);
  if (end !== undefined) {
    addQuoted(
      draft,
      before,
      text
        .slice(at + 1, end)
        .trim()
        .replace(/ +/g, ' '),
    );
    return end + 1;
  }
  if (before !== '') {
    if (before === '-' || isOperator(before.replace('-', '').slice(0, -1))) {
      draft.unread.push({
        text: `${before}${text[at]}`,
        problem: 'has a quotation mark that is not closed. The words after it are looked for one by one.',
      });
    } else addText(draft, before);
  } else if (!isWithin && hasTokens(text.slice(at + 1))) {
    const problem = 'is a quotation mark that is not closed. The words after it are looked for one by one.';
    draft.unread.push({ text: text.slice(at, at + 1), problem });
  }
  return at + 1;
}

function addQuoted(draft: Draft, before: string, content: string): void {
  const isNot = before.startsWith('-');
  const name = before.slice(isNot ? 1 : 0, -1);
  if (name === '') {
    addPhrase(draft, content, isNot);
    return;
  }
  const outcome = addOperator(draft, { name, value: content, isNot, typed: `${before}"${content}"` });
  if (outcome === 'read') return;
  if (outcome === 'invalid') {
    if (isField(name) && !isNot) addPhrase(draft, content, false);
    else if (!isNot) addValue(draft, name, content);
    return;
  }
  // `-foo:"a b"` of an unknown operator is excluded as a whole, as `-foo:a` is.
  if (isNot) addPhrase(draft, `${name}: ${content}`.trim(), true);
  else {
    addWord(draft, before);
    addPhrase(draft, content, false);
  }
}

function readBare(draft: Draft, text: string, at: number): number {
  BARE.lastIndex = at;
  const typed = BARE.exec(text)?.[0] ?? '';
  const end = at + typed.length;
  // `"state of the art"-based` excludes nothing.
  const isGlued = at > 0 && text[at - 1] !== ' ';
  const bare = isGlued ? typed.replace(/^-+/, '') : typed;
  if (isQuote(text[end]) && (bare === '-' || /^-?[a-z]+:$/i.test(bare))) return readQuoted(draft, text, end, bare);
  if (bare !== '') addBare(draft, bare);
  return end;
}

function addBare(draft: Draft, typed: string): void {
  const isNot = NEGATED.test(typed);
  const bare = isNot ? typed.slice(1) : typed;
  const [, name, value = ''] = OPERATOR.exec(bare) ?? [];
  if (name !== undefined) {
    if (!isNot && addAuthors(draft, name, value)) return;
    const outcome = addOperator(draft, { name, value, isNot, typed });
    if (outcome === 'invalid' && !isNot) addValue(draft, name, value);
    if (outcome !== 'unknown') return;
  }
  if (isNot && hasTokens(bare)) addCondition(draft, { kind: 'not', part: { kind: 'word', text: bare } });
  else addWord(draft, typed);
}

/** `author:li,wang` asks for papers of both, which also finds the one person of `author:lecun,yann`. False for other operators. */
function addAuthors(draft: Draft, operator: string, value: string): boolean {
  const names = /^au(?:thor)?$/i.test(operator) ? value.split(',').filter(hasTokens) : [];
  if (names.length < 2) return false;
  for (const name of names) addCondition(draft, { kind: 'author', name });
  return true;
}

/** What was named is looked for as words. */
function addValue(draft: Draft, name: string, value: string): void {
  if (isNaming(name)) addText(draft, value);
}

/** What becomes of an operator that was not understood. */
function insteadOf({ name, value, isNot }: TypedOperator): string {
  if (isNot || !isNaming(name) || !hasTokens(value)) return 'It is left out.';
  return `So “${value}” is looked for as text.`;
}

interface TypedOperator {
  name: string;
  value: string;
  isNot: boolean;
  typed: string;
}

function addOperator(draft: Draft, operator: TypedOperator): 'read' | 'invalid' | 'unknown' {
  const { name, value, isNot, typed } = operator;
  const reading = readOperator(name, value);
  if (reading === undefined) return 'unknown';
  if ('clause' in reading) {
    addCondition(draft, isNot ? { kind: 'not', part: reading.clause } : reading.clause);
    return 'read';
  }
  if ('sort' in reading && !isNot) {
    draft.sort = reading.sort;
    return 'read';
  }
  const problem = 'problem' in reading ? reading.problem : 'excludes nothing. Write it without the minus.';
  draft.unread.push({ text: typed, problem: `${problem} ${insteadOf(operator)}` });
  return 'invalid';
}

function addPhrase(draft: Draft, text: string, isNot: boolean): void {
  const phrase: Clause = { kind: 'phrase', text };
  if (hasTokens(text)) addCondition(draft, isNot ? { kind: 'not', part: phrase } : phrase);
  else addText(draft, text);
}

function addCondition(draft: Draft, part: Part): void {
  const printed = printPart(part);
  if (draft.conditions.has(printed)) return;
  draft.conditions.add(printed);
  draft.parts.push(part);
}

/** Without the signs that would make something else of the words when they are printed and read again. */
function addText(draft: Draft, text: string): void {
  for (const word of text.split(/[ :]+/)) addWord(draft, word.replace(/^-+/, ''));
}

function addWord(draft: Draft, text: string): void {
  if (text !== '') draft.parts.push({ kind: 'word', text });
}

function hasTokens(text: string): boolean {
  return tokenize(text).length > 0;
}
