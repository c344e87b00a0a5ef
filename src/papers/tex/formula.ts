/** One formula as MathML by KaTeX, or as its source where KaTeX cannot or should not set it. */

import { createRequire } from 'node:module';
import type { KatexOptions } from 'katex';
import { createTextCache } from './cache.ts';
import { escapeHtml } from './clean.ts';
import { macros } from './macros.ts';
import { tidyMathml } from './mathml.ts';
import { maxFormulaLength } from './segments.ts';

interface Katex {
  renderToString(tex: string, options: KatexOptions): string;
}

const require = createRequire(import.meta.url);
let katex: Katex | undefined;

/** Formulas repeat (`$k$`, `$\mathcal{O}(n)$`) far more than texts do. */
const cache = createTextCache(2_000_000);

/** Macro definitions, which can grow without bound within few expansions. */
const definitions = 'def gdef edef xdef let futurelet global long newcommand renewcommand providecommand';

/**
 * KaTeX's ways to links, images and characters by number; and `\message`, `\errmessage` and `\show`, by which a title
 * would write into the log of the server.
 */
const effects = 'char href url includegraphics message errmessage show';

/** `\html…` sets raw attributes, `\…@…` are KaTeX's own macros. */
const refused = new RegExp(
  `\\\\(?:(?:${`${definitions} ${effects}`.replaceAll(' ', '|')})(?![a-zA-Z])|html|[a-zA-Z]*@)`,
);

/** Deep groups overflow KaTeX's stack and the browser's patience; real formulas reach 9. */
const maxBraces = 30;

/** MathML per formula; the longest real ones stay under 20 kB. */
const maxOutput = 40_000;

/** `<math>` or, with the source, `<code>`. Loads KaTeX on the first formula (20 ms, 8 MB): a process that shows none does not pay for it. */
export function renderFormula(tex: string, display: boolean, source: string): string {
  return cache.get(`${display ? 'd' : 'i'}${source}`, () => setFormula(tex, display) ?? sourceOf(source));
}

function sourceOf(source: string): string {
  return `<code class="tex">${escapeHtml(source)}</code>`;
}

function setFormula(tex: string, display: boolean): string | undefined {
  if (tex.length > maxFormulaLength + 100 || refused.test(tex) || braceDepth(tex) > maxBraces) return undefined;
  const mathml = byKatex(mendFormula(tex), display);
  if (mathml === undefined || mathml.length > maxOutput) return undefined;
  return tidyMathml(mathml);
}

function byKatex(tex: string, display: boolean): string | undefined {
  katex ??= require('katex') as Katex;
  try {
    return katex.renderToString(tex, {
      output: 'mathml',
      displayMode: display,
      throwOnError: true,
      trust: false,
      strict: 'ignore',
      maxExpand: 500,
      maxSize: 5,
      macros,
    });
  } catch {
    // Whatever KaTeX throws (ParseError, or RangeError from its recursion) means the same: the source is shown.
    return undefined;
  }
}

/** What TeX accepts and KaTeX does not. */
export function mendFormula(tex: string): string {
  return tex.replace(/\\label\{[^{}]*\}|\\(?:nonumber|notag)(?![a-zA-Z])/g, '').replace(/(?<!\\)([%#])/g, '\\$1');
}

function braceDepth(tex: string): number {
  let depth = 0;
  let deepest = 0;
  for (const sign of tex) {
    if (sign === '{') depth += 1;
    if (sign === '}') depth -= 1;
    deepest = Math.max(deepest, depth);
  }
  return deepest;
}
