/** The mathematical alphabets of Unicode: MathML Core has no `mathvariant`, so browsers show ℝ only if we write ℝ. */

/** Where the capitals, small letters and digits of an alphabet begin; 0 where it has none. */
const alphabets: Readonly<Record<string, readonly [capitals: number, smalls: number, digits: number]>> = {
  bold: [0x1d400, 0x1d41a, 0x1d7ce],
  italic: [0x1d434, 0x1d44e, 0],
  'bold-italic': [0x1d468, 0x1d482, 0],
  script: [0x1d49c, 0x1d4b6, 0],
  fraktur: [0x1d504, 0x1d51e, 0],
  'double-struck': [0x1d538, 0x1d552, 0x1d7d8],
  'sans-serif': [0x1d5a0, 0x1d5ba, 0x1d7e2],
  'bold-sans-serif': [0x1d5d4, 0x1d5ee, 0x1d7ec],
  'sans-serif-italic': [0x1d608, 0x1d622, 0],
  'sans-serif-bold-italic': [0x1d63c, 0x1d656, 0],
  monospace: [0x1d670, 0x1d68a, 0x1d7f6],
};

/** Letters that were in Unicode before their alphabet and have no place in it. */
const earlier: Readonly<Record<number, string>> = {
  0x1d455: 'ℎ',
  0x1d49d: 'ℬ',
  0x1d4a0: 'ℰ',
  0x1d4a1: 'ℱ',
  0x1d4a3: 'ℋ',
  0x1d4a4: 'ℐ',
  0x1d4a7: 'ℒ',
  0x1d4a8: 'ℳ',
  0x1d4ad: 'ℛ',
  0x1d4ba: 'ℯ',
  0x1d4bc: 'ℊ',
  0x1d4c4: 'ℴ',
  0x1d506: 'ℭ',
  0x1d50b: 'ℌ',
  0x1d50c: 'ℑ',
  0x1d515: 'ℜ',
  0x1d51d: 'ℨ',
  0x1d53a: 'ℂ',
  0x1d53f: 'ℍ',
  0x1d545: 'ℕ',
  0x1d547: 'ℙ',
  0x1d548: 'ℚ',
  0x1d549: 'ℝ',
  0x1d551: 'ℤ',
};

/** One letter or digit in the alphabet `variant`; undefined where Unicode lacks it. */
export function mathLetter(letter: string, variant: string): string | undefined {
  const alphabet = alphabets[variant];
  const code = letter.length === 1 ? letter.charCodeAt(0) : 0;
  if (!alphabet) return undefined;
  if (code >= 0x41 && code <= 0x5a) return at(alphabet[0], code - 0x41);
  if (code >= 0x61 && code <= 0x7a) return at(alphabet[1], code - 0x61);
  if (code >= 0x30 && code <= 0x39) return at(alphabet[2], code - 0x30);
  const greek = code >= 0x391 && code <= 0x3c9 && variant in greeks;
  return greek ? boldGreek(code, greeks[variant] ?? 0) : undefined;
}

/** Where capital alpha begins; the small letters follow 26 places on. */
const greeks: Readonly<Record<string, number>> = { bold: 0x1d6a8, italic: 0x1d6e2, 'bold-italic': 0x1d71c };

function boldGreek(code: number, start: number): string | undefined {
  if (code <= 0x3a9) return String.fromCodePoint(start + code - 0x391);
  return code >= 0x3b1 ? String.fromCodePoint(start + 26 + code - 0x3b1) : undefined;
}

function at(start: number, offset: number): string | undefined {
  return start === 0 ? undefined : (earlier[start + offset] ?? String.fromCodePoint(start + offset));
}
