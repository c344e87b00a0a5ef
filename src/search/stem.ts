/** English words without their endings: Snowball's "english" stemmer (Porter2), snowballstem.org/algorithms/english. */

const VOWEL = /[aeiouy]/;
const EXCEPTIONS = new Map(
  Object.entries({
    skis: 'ski',
    skies: 'sky',
    dying: 'die',
    lying: 'lie',
    tying: 'tie',
    idly: 'idl',
    gently: 'gentl',
    ugly: 'ugli',
    early: 'earli',
    only: 'onli',
    singly: 'singl',
  }),
);
const UNCHANGED = new Set('sky news howe atlas cosmos bias andes'.split(' '));
const UNCHANGED_AFTER_1A = new Set('inning outing canning herring earring proceed exceed succeed'.split(' '));

/** A token of `tokenize`. What is not a plain English word (`gpt4`, `c++`, `深度`) comes back as it is. */
export function stem(token: string): string {
  if (token.length < 3 || !/^[a-z]+$/.test(token)) return token;
  const exception = EXCEPTIONS.get(token);
  if (exception !== undefined) return exception;
  if (UNCHANGED.has(token)) return token;
  const marked = markConsonantY(token);
  const [r1, r2] = regions(marked);
  let word = step1a(marked);
  if (UNCHANGED_AFTER_1A.has(word)) return word;
  word = step1b(word, r1);
  word = step1c(word);
  word = replaceEnding(word, STEP2, r1);
  word = step3(word, r1, r2);
  word = step4(word, r2);
  word = step5(word, r1, r2);
  return word.toLowerCase();
}

/** A y that begins a word or follows a vowel is a consonant, written Y meanwhile. */
function markConsonantY(word: string): string {
  return word.replace(/^y/, 'Y').replace(/([aeiouy])y/g, '$1Y');
}

/** R1 begins after the first non-vowel that follows a vowel, R2 after the next such within R1. */
function regions(word: string): [number, number] {
  const special = /^(?:gener|commun|arsen)/.exec(word);
  const r1 = special ? special[0].length : regionAfter(word, 0);
  return [r1, regionAfter(word, r1)];
}

function regionAfter(word: string, from: number): number {
  const found = /[aeiouy][^aeiouy]/.exec(word.slice(from));
  return found ? from + found.index + 2 : word.length;
}

function step1a(word: string): string {
  if (word.endsWith('sses')) return word.slice(0, -2);
  if (/ie[ds]$/.test(word)) return word.slice(0, word.length > 4 ? -2 : -1);
  if (/(?:us|ss)$/.test(word)) return word;
  if (word.endsWith('s') && VOWEL.test(word.slice(0, -2))) return word.slice(0, -1);
  return word;
}

function step1b(word: string, r1: number): string {
  const eed = /eed(?:ly)?$/.exec(word);
  if (eed) return eed.index >= r1 ? `${word.slice(0, eed.index)}ee` : word;
  const ending = /(?:ed|ing)(?:ly)?$/.exec(word);
  if (!ending) return word;
  const rest = word.slice(0, ending.index);
  if (!VOWEL.test(rest)) return word;
  if (/(?:at|bl|iz)$/.test(rest)) return `${rest}e`;
  if (/(?:bb|dd|ff|gg|mm|nn|pp|rr|tt)$/.test(rest)) return rest.slice(0, -1);
  return isShort(rest, r1) ? `${rest}e` : rest;
}

/** Ends in a short syllable, and R1 holds nothing. */
function isShort(word: string, r1: number): boolean {
  return r1 >= word.length && endsInShortSyllable(word);
}

function endsInShortSyllable(word: string): boolean {
  return /[^aeiouy][aeiouy][^aeiouywxY]$/.test(word) || /^[aeiouy][^aeiouy]$/.test(word);
}

function step1c(word: string): string {
  return /.[^aeiouy][yY]$/.test(word) ? `${word.slice(0, -1)}i` : word;
}

type Endings = readonly (readonly [ending: string, replacement: string])[];

/** The longest ending counts, even if it stands too early to be replaced; so longer ones come first. */
const STEP2: Endings = [
  ['ational', 'ate'],
  ['fulness', 'ful'],
  ['iveness', 'ive'],
  ['ization', 'ize'],
  ['ousness', 'ous'],
  ['biliti', 'ble'],
  ['lessli', 'less'],
  ['tional', 'tion'],
  ['alism', 'al'],
  ['aliti', 'al'],
  ['ation', 'ate'],
  ['entli', 'ent'],
  ['fulli', 'ful'],
  ['iviti', 'ive'],
  ['ousli', 'ous'],
  ['abli', 'able'],
  ['alli', 'al'],
  ['anci', 'ance'],
  ['ator', 'ate'],
  ['enci', 'ence'],
  ['izer', 'ize'],
  ['bli', 'ble'],
  ['ogi', 'og'],
  ['li', ''],
];

function replaceEnding(word: string, endings: Endings, region: number): string {
  for (const [ending, replacement] of endings) {
    if (!word.endsWith(ending)) continue;
    const at = word.length - ending.length;
    if (at < region) return word;
    if (ending === 'ogi' && word[at - 1] !== 'l') return word;
    if (ending === 'li' && !/[cdeghkmnrt]/.test(word[at - 1] ?? '')) return word;
    return word.slice(0, at) + replacement;
  }
  return word;
}

const STEP3: Endings = [
  ['ational', 'ate'],
  ['tional', 'tion'],
  ['alize', 'al'],
  ['icate', 'ic'],
  ['iciti', 'ic'],
  ['ical', 'ic'],
  ['ness', ''],
  ['ful', ''],
];

function step3(word: string, r1: number, r2: number): string {
  if (!word.endsWith('ative')) return replaceEnding(word, STEP3, r1);
  return word.length - 5 >= r2 ? word.slice(0, -5) : word;
}

const STEP4 = /(?:ement|ance|ence|able|ible|ment|ant|ent|ism|ate|iti|ous|ive|ize|(?<=[st])ion|al|er|ic)$/;

function step4(word: string, r2: number): string {
  const ending = STEP4.exec(word);
  return ending !== null && ending.index >= r2 ? word.slice(0, ending.index) : word;
}

function step5(word: string, r1: number, r2: number): string {
  const at = word.length - 1;
  if (word.endsWith('e')) {
    return at >= r2 || (at >= r1 && !endsInShortSyllable(word.slice(0, at))) ? word.slice(0, at) : word;
  }
  return word.endsWith('ll') && at >= r2 ? word.slice(0, at) : word;
}
