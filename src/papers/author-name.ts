/** One author's name, split into family name, given names, suffix and affiliation. */

import type { Author } from './paper.ts';
import { decodeAccents } from './tex/accents.ts';
import { cleanText } from './text.ts';

/** Names of groups, which have no family name. */
const GROUP = /\b(?:collaborations?|consortium|team|group|community|network|initiative|alliance|project)\b/i;
/** Lower-case words that begin a family name: Dutch, German, Romance, Arabic, Hebrew, Scandinavian. */
const PARTICLES = new Set(
  (
    'van der den de het ten ter te la las los le les du des del della delle dello degli di da das do dos dal dalla ' +
    'von vom und zu zum zur af av bin ibn ben bint abu abd al el ul y e i mac mc san santa vander vanden'
  ).split(' '),
);
/** Those that are read as particles with a capital letter too; Do, Du, Le, La, Bin are given names in Asia. */
const CAPITAL_PARTICLES = new Set([
  'Van',
  'Von',
  'De',
  'Der',
  'Den',
  'Del',
  'Della',
  'Di',
  'Da',
  'Dos',
  'Dal',
  'Dalla',
  'Ter',
  'Ten',
  'El',
  'Al',
]);
/** Particles between two family names: Ramón y Cajal, Costa e Silva. */
const JOINERS = new Set(['y', 'e', 'i']);
const SUFFIX = /^(?:(jr|junior)\.?|(sr|senior)\.?|(ii|iii|iv))$/i;
/** What a plain name does not hold. Everything else takes the slow way. */
const MARKED = /[^\p{L}\p{M} .'’-]|[\u3040-\u30FF\u3400-\u9FFF\uAC00-\uD7AF]/u;
/** Longer is no name, with whatever affiliation; keeps hostile input out of the patterns. */
const LONGEST = 2_000;
const HAN = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\s・·]+$/u;

/**
 * Reads `Given Family`, `Family, Given` and `Given Family (Affiliation)`, TeX accents decoded.
 * Collaborations, single names and names in Han, Kana or Hangul are a family name as a whole.
 */
export function parseAuthorName(name: string): Author {
  const marked = MARKED.test(name);
  const { text, affiliation } = marked ? readMarks(name) : { text: name.trim(), affiliation: '' };
  if (GROUP.test(text)) return { family: groupName(text), given: '', suffix: '', affiliation };
  if (marked && HAN.test(text)) return { family: text, given: '', suffix: '', affiliation };
  const [first = '', second, ...more] = marked ? text.split(/\s*,\s*/).filter(Boolean) : [text];
  if (second === undefined) return { ...splitWords(first), affiliation };
  const isSuffix = readSuffix(second) !== '';
  if (isSuffix && more.length === 0) return { ...splitWords(`${first} ${second}`), affiliation };
  const suffix = isSuffix ? readSuffix(second) : readSuffix(more[0] ?? '');
  return { family: first, given: isSuffix ? more.join(' ') : second, suffix, affiliation };
}

/** `Jr.`, `Sr.`, `II` … as they are printed, or empty if the word is no suffix. */
export function readSuffix(word: string): string {
  const [, junior, senior, roman] = SUFFIX.exec(word) ?? [];
  if (junior) return 'Jr.';
  return senior ? 'Sr.' : (roman ?? '').toUpperCase();
}

export function isGroup(name: string): boolean {
  return GROUP.test(name);
}

function groupName(text: string): string {
  return text.replace(/^(?:and\s+)?(?:for|on behalf of)\s+(?:the\s+)?/i, '');
}

/** Takes TeX, footnote marks and the affiliation in brackets off a name. */
function readMarks(name: string): { text: string; affiliation: string } {
  let text = cleanText(tidyTex(name.slice(0, LONGEST)));
  let affiliation = '';
  // Several groups may follow a name; nested brackets belong to the outer one.
  for (let open = lastGroup(text); open > 0; open = lastGroup(text)) {
    const inside = text.slice(open + 1, -1).trim();
    affiliation = affiliation && inside ? `${inside}, ${affiliation}` : inside || affiliation;
    text = text.slice(0, open).trimEnd();
  }
  text = text.replace(/[*†‡§¶#^_$|]+/g, '').replace(/(\p{L})\d{1,2}(?=$|,)/u, isGroup(text) ? '$&' : '$1');
  return { text: text.replace(/^[\s,;:.&/-]+|[\s,;:&/-]+$/g, ''), affiliation };
}

/** TeX that means a letter or a space becomes one; footnote marks, braces and what is left of commands go. */
export function tidyTex(text: string): string {
  if (!/[\\{}~$]/.test(text)) return text;
  const spaced = text.replace(/\\[,;:!\s]|\\\\(?=\s|$)|~/g, (match, at: number) =>
    match === '~' && text[at - 1] === '\\' ? match : ' ',
  );
  return decodeAccents(spaced)
    .replace(/\$?\^\{?[\d,*†‡§ ]{1,20}\}?\$?/g, '')
    .replace(/\\([&%#_])/g, '$1')
    .replace(/\\(?:text|math)[a-z]{2}\b|\\(?:it|bf|rm|em)\b/g, '')
    .replace(/[\\{}]/g, '');
}

/** Index of the bracket that opens the group at the end of `text`; -1 if it does not end with one. */
function lastGroup(text: string): number {
  if (!text.endsWith(')')) return -1;
  let depth = 0;
  for (let at = text.length - 1; at >= 0; at -= 1) {
    if (text[at] === ')') depth += 1;
    else if (text[at] === '(' && --depth === 0) return at;
  }
  return -1;
}

function splitWords(name: string): Omit<Author, 'affiliation'> {
  const words = name.split(/\s+/);
  const suffix = words.length > 1 ? suffixOf(words) : '';
  if (suffix) words.pop();
  let start = words.length - 1;
  while (start > 0 && isParticle(words, start - 1)) {
    start -= JOINERS.has(words[start - 1] ?? '') ? 2 : 1;
  }
  return { family: words.slice(start).join(' '), given: words.slice(0, start).join(' '), suffix };
}

/** A numeral needs two words before it and capitals: `Kavin R V` and `Ali Iv` are whole names. */
function suffixOf(words: readonly string[]): string {
  const word = words.at(-1) ?? '';
  const isNumeral = /^[iv]+$/i.test(word);
  return isNumeral && (words.length < 3 || word !== word.toUpperCase()) ? '' : readSuffix(word);
}

/** At the very front, a word with a capital letter is a given name, and a joiner has nothing to join. */
function isParticle(words: readonly string[], at: number): boolean {
  const word = words[at] ?? '';
  if (at === 0) return PARTICLES.has(word) && !JOINERS.has(word);
  return PARTICLES.has(word) || CAPITAL_PARTICLES.has(word);
}
