/** What a name looks like, whatever letters it is written in: names that look alike have the same skeleton. Pure. */

/**
 * The letters that are taken for Latin ones most often, after the table of Unicode UTS 39: of other alphabets, and the small
 * capitals that pages for “fancy text” write. The whole table has thousands; a word of two alphabets is refused besides
 * (`mixesAlphabets`), and for what is left there are moderators.
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
    ᴀ: 'a',
    ʙ: 'b',
    ᴄ: 'c',
    ᴅ: 'd',
    ᴇ: 'e',
    ꜰ: 'f',
    ɢ: 'g',
    ʜ: 'h',
    ɪ: 'i',
    ᴊ: 'j',
    ᴋ: 'k',
    ʟ: 'l',
    ᴍ: 'm',
    ɴ: 'n',
    ᴏ: 'o',
    ᴘ: 'p',
    ʀ: 'r',
    ꜱ: 's',
    ᴛ: 't',
    ᴜ: 'u',
    ᴠ: 'v',
    ᴡ: 'w',
    ʏ: 'y',
    ᴢ: 'z',
  }),
);

/** Where the white letters on black circles and squares begin, `🅐` and `🅰`; all others in circles and such NFKD takes apart. */
const ENCLOSED = [0x1f150, 0x1f170];

function latin(letter: string): string {
  const code = letter.codePointAt(0) ?? 0;
  const start = ENCLOSED.find((first) => code >= first && code < first + 26);
  return start === undefined ? (LATIN.get(letter) ?? letter) : String.fromCodePoint(0x61 + code - start);
}

/** Whether a word has letters of the Latin alphabet and of one whose letters look like them: no language writes so. */
export function mixesAlphabets(text: string): boolean {
  const foreign = /[\p{sc=Cyrillic}\p{sc=Greek}\p{sc=Cherokee}\p{sc=Canadian_Aboriginal}\p{sc=Armenian}\p{sc=Lisu}]/u;
  return text.split(/[^\p{L}\p{M}]+/u).some((word) => /\p{sc=Latin}/u.test(word) && foreign.test(word));
}

/** Read as the letter that they are written for: `Adm1n`, `rnoderator`. */
const READ_AS: [RegExp, string][] = [
  [/0/g, 'o'],
  [/[1l|]|(?<=\p{L})!(?=\p{L})/gu, 'i'],
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
  const letters = [...plain].map(latin).join('');
  const read = READ_AS.reduce((said, [from, to]) => said.replaceAll(from, to), letters);
  return read.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
}

/** Of all words together: spaces and hyphens tell no names apart. */
export function skeletonOf(text: string): string {
  return skeletonWords(text).join('');
}
