/** Macros that authors use in abstracts as if they were TeX, and that KaTeX does not know. */

/** Conventions of the field: `\\bW` is a bold W, `\\cO` a calligraphic O, `\\bbR` the real numbers. */
const conventions: [prefix: string, command: string, letters: string][] = [
  ['b', 'mathbf', 'ABCDEFGHIJKLMNOPQRSTUVWXYZadghkpqrsuvwxyz'],
  ['c', 'mathcal', 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'],
  ['bb', 'mathbb', 'CEFNPQRZ'],
];

/** For KaTeX's `macros`. */
export const macros: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    conventions.flatMap(([prefix, command, letters]) =>
      [...letters].map((letter) => [`\\${prefix}${letter}`, `\\${command}{${letter}}`]),
    ),
  ),
  '\\bm': '\\boldsymbol{#1}',
  '\\mathds': '\\mathbb{#1}',
  '\\mathbbm': '\\mathbb{#1}',
  '\\textsc': '\\text{#1}',
  '\\emph': '\\textit{#1}',
  '\\xspace': '',
  '\\ensuremath': '#1',
  '\\nicefrac': '{#1}/{#2}',
  '\\sfrac': '{#1}/{#2}',
  '\\eps': '\\varepsilon',
  '\\E': '\\mathbb{E}',
  '\\argmin': '\\operatorname*{arg\\,min}',
  '\\argmax': '\\operatorname*{arg\\,max}',
};

const convention = /^(bb|b|c)([A-Za-z])$/;

/** The parts of `\bW` or `\bbR`; undefined for what is no such convention. */
export function conventionalMacro(word: string): { command: string; letter: string } | undefined {
  const [, prefix, letter = ''] = convention.exec(word) ?? [];
  const found = conventions.find((each) => each[0] === prefix && each[2].includes(letter));
  return found && { command: found[1], letter };
}
