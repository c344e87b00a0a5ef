/** Takes TeX, accents and typographic variants off a text so that only words of plain letters are left. */

const GREEK_NAMES = [
  'alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma sigma tau upsilon',
  'phi chi psi omega',
]
  .join(' ')
  .split(' ');
/** U+03B1 … U+03C9 are the lower case letters in order, with final sigma among them. */
const GREEK = new Map(GREEK_NAMES.map((name, index) => [String.fromCharCode(0x3b1 + index), name]));
const GREEK_LETTER = /[α-ω]/g;

/** Letters that no decomposition takes apart. */
const STROKED = new Map(
  Object.entries({ ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ß: 'ss', æ: 'ae', œ: 'oe', ı: 'i', ħ: 'h', ŧ: 't' }),
);
const STROKED_LETTER = /[øłđðþßæœıħŧ]/g;

/** Commands that write a letter and join what follows: `\o re`, `\ell_1`. */
const LETTER_COMMANDS = new Map(
  Object.entries({ o: 'o', l: 'l', i: 'i', j: 'j', ss: 'ss', ae: 'ae', oe: 'oe', aa: 'aa', ell: 'l', hbar: 'h' }),
);
/** Commands that are words of their own. */
const WORD_COMMANDS = new Map([
  ...GREEK_NAMES.map((name) => [name, name] as const),
  ...['epsilon', 'theta', 'pi', 'rho', 'sigma', 'phi', 'kappa'].map((name) => [`var${name}`, name] as const),
  ['infty', 'infinity'],
]);
/** Commands that say how the letters look; the letters in their braces may go on with the word before or after. */
const STYLES = new Set(
  `mathbb mathcal mathbf mathrm mathit mathsf mathtt mathscr mathfrak mathds textbf textit textrm texttt textsc textsf
  textnormal text emph operatorname boldsymbol bm mbox Bbb cal bf it rm em tt sc sf hat tilde bar overline widehat
  widetilde left right`.split(/\s+/),
);

/** `\"o`, `\'{e}`, `\^\i`, `\c{c}`, `\v s`: the accent goes, the letter stays. */
const ACCENT = /\\(?:["'`^~=.]\s*|[cvuHkrbdt](?=\{|\s)\s*)(?:\{\\?(\p{L}{1,2})\}|\\?(\p{L}))/gu;
const COMMAND = /\\(\p{L}+)\*?( ?)/gu;
const ENVIRONMENT = /\\(?:begin|end|label|ref|eqref|cite[tp]?|url|href)\*?\{[^{}]*\}/g;

/** Lower case. Marks that hold words together (`-_^.'+#`) are left in place. */
export function plainWords(text: string): string {
  return plainLetters(text.includes('\\') ? withoutCommands(text) : text)
    .replace(/[{}$]/g, '')
    .replace(/[\u2018\u2019\u02BC]/g, "'")
    .replace(/[\u2010-\u2013\u2212]/g, '-');
}

function withoutCommands(text: string): string {
  return text
    .replace(ENVIRONMENT, ' ')
    .replace(ACCENT, (_, braced: string | undefined, bare: string | undefined) => braced ?? bare ?? '')
    .replace(COMMAND, (_, name: string, gap: string) => plainCommand(name, gap))
    .replace(/\\[^\p{L}]/gu, ' ');
}

function plainCommand(name: string, gap: string): string {
  const letter = LETTER_COMMANDS.get(name.toLowerCase());
  if (letter !== undefined) return letter;
  const word = WORD_COMMANDS.get(name.toLowerCase());
  if (word !== undefined) return ` ${word}${gap}`;
  return STYLES.has(name) ? '' : ' ';
}

function plainLetters(text: string): string {
  if (!/[^\0-~]/.test(text)) return text.toLowerCase();
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(STROKED_LETTER, (letter) => STROKED.get(letter) ?? letter)
    .replace(GREEK_LETTER, (letter) => GREEK.get(letter) ?? letter);
}
