/** TeX accents and special letters (`\'e`, `\v{s}`, `{\o}`) as the Unicode letters they stand for. */

/** Accent command → combining mark. */
const marks = new Map<string, string>([
  ['`', '\u0300'],
  ["'", '\u0301'],
  ['^', '\u0302'],
  ['~', '\u0303'],
  ['=', '\u0304'],
  ['.', '\u0307'],
  ['"', '\u0308'],
  ['u', '\u0306'],
  ['r', '\u030A'],
  ['H', '\u030B'],
  ['v', '\u030C'],
  ['d', '\u0323'],
  ['c', '\u0327'],
  ['k', '\u0328'],
  ['b', '\u0331'],
  ['t', '\u0361'],
]);

/** Control words that are letters or text signs of their own. */
const letters = new Map<string, string>(
  Object.entries({
    ss: 'ß',
    o: 'ø',
    O: 'Ø',
    l: 'ł',
    L: 'Ł',
    ae: 'æ',
    AE: 'Æ',
    oe: 'œ',
    OE: 'Œ',
    aa: 'å',
    AA: 'Å',
    i: 'ı',
    j: 'ȷ',
    dh: 'ð',
    DH: 'Ð',
    th: 'þ',
    TH: 'Þ',
    dj: 'đ',
    DJ: 'Đ',
    ng: 'ŋ',
    NG: 'Ŋ',
    S: '§',
    P: '¶',
    copyright: '©',
    pounds: '£',
    euro: '€',
    texteuro: '€',
    dag: '†',
    ddag: '‡',
    textdegree: '°',
    textregistered: '®',
    texttrademark: '™',
    textmu: 'µ',
    textordmasculine: 'º',
    textordfeminine: 'ª',
  }),
);

/** `\'{\^e}` is two deep (Vietnamese); more is not writing. */
const maxDepth = 3;

const letter = /\p{L}/u;

export interface Reading {
  text: string;
  /** Index of the first character not read. */
  end: number;
}

/**
 * Reads one accent or special letter whose backslash stands at `at`; undefined if there is none.
 * As in TeX, white space (or one `{}`) that ends a control word is part of it: `Bj\o rn`, `Stra\ss{}e`.
 */
export function readAccent(text: string, at: number, depth = 0): Reading | undefined {
  if (text[at] !== '\\' || depth > maxDepth) return undefined;
  const sign = text[at + 1] ?? '';
  if (!/[A-Za-z]/.test(sign)) return readMarked(text, at + 2, marks.get(sign), depth, false);
  const word = controlWord(text, at + 1);
  const end = at + 1 + word.length;
  const special = letters.get(word);
  if (special !== undefined) return { text: special, end: endOfWord(text, end) };
  return readMarked(text, end, marks.get(word), depth, true);
}

/** Decodes every accent in `text`, with the braces around it; all else stays as given. */
export function decodeAccents(text: string): string {
  if (!text.includes('\\')) return text;
  let out = '';
  let at = 0;
  while (at < text.length) {
    const braced = text[at] === '{' ? readAccent(text, at + 1) : undefined;
    if (braced && text[braced.end] === '}') {
      out += braced.text;
      at = braced.end + 1;
      continue;
    }
    const bare = readAccent(text, at);
    out += bare?.text ?? text[at];
    at = bare?.end ?? at + 1;
  }
  return out;
}

/** The letters after a backslash; the cap keeps a wall of letters from being read again and again. */
export function controlWord(text: string, at: number): string {
  return /^[A-Za-z]+/.exec(text.slice(at, at + 40))?.[0] ?? '';
}

/** Past the white space or the empty group that ends a control word. */
export function endOfWord(text: string, at: number): number {
  if (text[at] === '{' && text[at + 1] === '}') return at + 2;
  let end = at;
  while (text[end] === ' ') end += 1;
  return end;
}

/** The base of an accent: one letter, bare or in braces, itself perhaps accented. */
function readMarked(
  text: string,
  at: number,
  mark: string | undefined,
  depth: number,
  isWord: boolean,
): Reading | undefined {
  if (mark === undefined) return undefined;
  // Only a control word may be parted from its letter: `foo\. Bar` is a slip of the keyboard, not a dotted B.
  const start = isWord ? endOfWord(text, at) : at;
  const braced = text[start] === '{';
  const base = readBase(text, braced ? start + 1 : start, depth);
  if (!base) return undefined;
  if (!braced) return { text: join(base.text, mark), end: base.end };
  let end = base.end;
  let rest = '';
  // `\t{oo}` ties two letters, `\v{Sa}` marks the first of several.
  while (end < base.end + 20 && letter.test(text[end] ?? '')) {
    rest += text[end];
    end += 1;
  }
  if (text[end] !== '}') return undefined;
  return { text: join(base.text, mark) + rest, end: end + 1 };
}

function readBase(text: string, at: number, depth: number): Reading | undefined {
  if (text[at] === '\\') return readAccent(text, at, depth + 1);
  const base = String.fromCodePoint(text.codePointAt(at) ?? 0x20);
  return letter.test(base) ? { text: base, end: at + base.length } : undefined;
}

function join(base: string, mark: string): string {
  // A dotless i under an accent is the i of Unicode, whose accented forms lose the dot by themselves.
  const dotted = base === 'ı' ? 'i' : base === 'ȷ' ? 'j' : base;
  return (dotted + mark).normalize('NFC');
}
