/** Names as they stand in addresses: lower case, ASCII where the script is Latin, hyphens between words. */

/** Letters that Unicode does not take apart into a base and a mark. */
const LETTERS: Record<string, string> = {
  ß: 'ss',
  ẞ: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
  ȷ: 'j',
  ħ: 'h',
  ŋ: 'n',
  ə: 'a',
  ɓ: 'b',
  ɗ: 'd',
  ŧ: 't',
  ƙ: 'k',
  ɛ: 'e',
  ɔ: 'o',
};
const SPECIAL = new RegExp(`[${Object.keys(LETTERS).join('')}]`, 'g');
/** Most names. */
const USUAL = /^[A-Za-z0-9]+(?:[ .-]+[A-Za-z0-9]+)*$/;
/** Names, not sentences; PostgreSQL and addresses both have limits. */
const LONGEST = 80;

/** Empty if `text` holds no letter and no digit. Idempotent. */
export function slugify(text: string): string {
  // What comes of the rest for such a text, in a quarter of the time: a list has a name on every card.
  if (text.length <= LONGEST && USUAL.test(text)) return text.toLowerCase().replace(/[ .-]+/g, '-');
  const plain = /^[ -~]*$/.test(text) ? text.toLowerCase() : fold(text);
  const slug = plain.replace(/['’‘ʻʼ`´]/g, '').replace(/[^\p{L}\p{N}\p{M}]+/gu, '-');
  return trimHyphens(slug.length > LONGEST ? [...slug].slice(0, LONGEST).join('') : slug);
}

function fold(text: string): string {
  // Marks go from Latin letters alone: elsewhere they are letters (が, й, कि).
  const bare = text
    .normalize('NFD')
    .replace(/(\p{Script=Latin})[\u0300-\u036F]+/gu, '$1')
    .toLowerCase();
  return bare.replace(SPECIAL, (letter) => LETTERS[letter] ?? letter).normalize('NFC');
}

function trimHyphens(slug: string): string {
  return slug.replace(/^-/, '').replace(/-$/, '');
}
