/** What a name looks like, whatever letters it is written in: names that look alike have the same skeleton. Pure. */

/**
 * The letters of other alphabets that are taken for Latin ones most often, after the table of Unicode UTS 39. The whole
 * table has thousands, most of which nobody can type; who goes so far is what moderators are for.
 */
const LATIN = new Map(
  Object.entries({
    а: 'a',
    в: 'b',
    с: 'c',
    ԁ: 'd',
    е: 'e',
    һ: 'h',
    н: 'h',
    і: 'i',
    ӏ: 'l',
    ј: 'j',
    к: 'k',
    м: 'm',
    п: 'n',
    о: 'o',
    р: 'p',
    ԛ: 'q',
    г: 'r',
    ѕ: 's',
    т: 't',
    ѵ: 'v',
    ԝ: 'w',
    х: 'x',
    у: 'y',
    α: 'a',
    ε: 'e',
    ι: 'i',
    κ: 'k',
    η: 'n',
    ο: 'o',
    ρ: 'p',
    τ: 't',
    υ: 'u',
    ν: 'v',
    χ: 'x',
    ո: 'n',
    օ: 'o',
    ɑ: 'a',
    ɡ: 'g',
    ı: 'i',
    ł: 'l',
    đ: 'd',
    ø: 'o',
  }),
);

/** Read as the letter that they are written for: `Adm1n`, `rnoderator`. */
const READ_AS: [RegExp, string][] = [
  [/0/g, 'o'],
  [/[1l|]/g, 'i'],
  [/3/g, 'e'],
  [/4/g, 'a'],
  [/5/g, 's'],
  [/7/g, 't'],
  [/rn/g, 'm'],
  [/vv/g, 'w'],
];

/** Word by word; without accents, in small letters. */
export function skeletonWords(text: string): string[] {
  const plain = text.normalize('NFKD').toLowerCase().replaceAll(/\p{M}/gu, '');
  const latin = [...plain].map((letter) => LATIN.get(letter) ?? letter).join('');
  const read = READ_AS.reduce((said, [from, to]) => said.replaceAll(from, to), latin);
  return read.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
}

/** Of all words together: spaces and hyphens tell no names apart. */
export function skeletonOf(text: string): string {
  return skeletonWords(text).join('');
}
