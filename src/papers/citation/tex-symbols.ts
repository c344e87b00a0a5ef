/** Characters that classic pdfLaTeX has no definition for, as the commands of its formulas. */

import { mathLetter } from '../tex/math-letters.ts';
import { symbols } from '../tex/symbols.ts';

/** Names that are no command of LaTeX or the AMS packages, or only one of running text. */
const notInFormulas = /^(?:text.*|omicron|deg|degree|coloneqq|prime|colon|[ijSP]|AA|aa)$/;

/** Alphabets by command, for letters such as `ℝ`; the ordinary letters of a formula are italic by themselves. */
const alphabets: Readonly<Record<string, string>> = {
  'double-struck': 'mathbb',
  script: 'mathcal',
  fraktur: 'mathfrak',
  bold: 'mathbf',
  'bold-italic': 'boldsymbol',
  'sans-serif': 'mathsf',
  'bold-sans-serif': 'mathsf',
  monospace: 'mathtt',
  italic: '',
};

const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'];

const commands = new Map<string, string>([
  ...Object.entries(alphabets).flatMap(([variant, command]) =>
    letters.flatMap((letter): [string, string][] => {
      const character = mathLetter(letter, variant);
      return character === undefined ? [] : [[character, command === '' ? letter : `\\${command}{${letter}}`]];
    }),
  ),
  // The first name of each character counts, hence the reverse order.
  ...[...symbols]
    .filter(([name, character]) => /^[^ -~]$/u.test(character) && !notInFormulas.test(name))
    .map(([name, character]): [string, string] => [character, `\\${name}`])
    .toReversed(),
  ['∆', '\\Delta'], // U+2206, the increment
  ['µ', '\\mu'], // U+00B5, the micro sign
  ['Ω', '\\Omega'], // U+2126, the ohm sign
  ['ϵ', '\\epsilon'],
  ['ϕ', '\\phi'],
  ['°', '^\\circ'],
  ['≔', ':='],
  ['′', "'"],
  ['″', "''"],
  ['−', '-'],
  ['√', '\\surd'],
]);

const raised = '⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼ⁱⁿ';
const lowered = '₀₁₂₃₄₅₆₇₈₉₊₋₌';
const scripts = new RegExp(`[${raised}]+|[${lowered}]+`, 'gu');
const signs = new RegExp(`[${[...commands.keys()].join('')}${raised}${lowered}]+`, 'gu');

/** For the inside of a formula. What has no command stays as it is. */
export function symbolsToTex(tex: string): string {
  const scripted = tex.replace(scripts, (run) => {
    const plain = run.normalize('NFKC').replaceAll('−', '-');
    return `${raised.includes(run[0] ?? '') ? '^' : '_'}{${plain}}`;
  });
  let written = '';
  let wasCommand = false;
  for (const character of scripted) {
    const command = commands.get(character);
    const piece = command ?? character;
    // A letter right after a command would become part of its name.
    written += wasCommand && /^[a-zA-Z]/.test(piece) ? ` ${piece}` : piece;
    wasCommand = command !== undefined && /\\[a-zA-Z]+$/.test(command);
  }
  return written;
}

/** For running text: each run of signs becomes a formula. Undefined if there is none. */
export function signsToFormulas(text: string): string | undefined {
  // A word in Greek is not a formula; pdfLaTeX needs a package for it in any case.
  if (/\p{Script=Greek}{4,}/u.test(text)) return undefined;
  const written = text.replace(signs, (run) => `$${symbolsToTex(run)}$`);
  return written === text ? undefined : written;
}
