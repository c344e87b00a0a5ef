/** Splits the text of a title or abstract into running text and formulas. */

import { judgeDollars } from './dollars.ts';

export type Segment =
  | { kind: 'text'; text: string }
  /** `tex` without its delimiters, `source` with them. */
  | { kind: 'math'; tex: string; display: boolean; source: string };

export interface Found {
  end: number;
  segment: Segment;
}

/** The longest formulas in 100 000 arXiv abstracts are under 900 characters; longer ones cost more than they tell. */
export const maxFormulaLength = 1500;

/** Environments that are formulas by themselves; true where KaTeX needs the `\begin` to be kept. */
const environments = new Map([
  ['equation', false],
  ['displaymath', false],
  ['math', false],
  ['align', true],
  ['gather', true],
  ['alignat', true],
  ['eqnarray', true],
  ['multline', true],
]);

/**
 * Delimiters are `$…$`, `$$…$$`, `\(…\)`, `\[…\]` and the equation environments.
 * What is not closed, or closes only beyond `maxFormulaLength`, stays text. Work is linear in the text.
 */
export function splitMath(text: string): Segment[] {
  const segments: Segment[] = [];
  let textFrom = 0;
  let at = nextSign(text, 0);
  while (at < text.length) {
    const found = readMath(text, at);
    if (!found) {
      at = nextSign(text, text[at] === '\\' ? at + 2 : at + 1);
      continue;
    }
    if (at > textFrom) segments.push({ kind: 'text', text: text.slice(textFrom, at) });
    segments.push(found.segment);
    textFrom = found.end;
    at = nextSign(text, found.end);
  }
  if (textFrom < text.length) segments.push({ kind: 'text', text: text.slice(textFrom) });
  return segments;
}

function nextSign(text: string, from: number): number {
  const sign = /[\\$]/g;
  sign.lastIndex = from;
  return sign.exec(text)?.index ?? text.length;
}

/** What begins at `at`, if it is a formula (or prose in dollars); for those who read the text around it by rules of their own. */
export function readMath(text: string, at: number): Found | undefined {
  if (text.startsWith('$$', at)) return readBetween(text, at, '$$', '$$', true);
  if (text[at] === '$') return readDollars(text, at);
  if (text.startsWith('\\(', at)) return readBetween(text, at, '\\(', '\\)', false);
  if (text.startsWith('\\[', at)) return readBetween(text, at, '\\[', '\\]', true);
  if (text.startsWith('\\begin{', at)) return readEnvironment(text, at);
  return undefined;
}

function readDollars(text: string, at: number): Found | undefined {
  const close = closing(text, at + 1, '$');
  if (close === undefined) return undefined;
  const content = text.slice(at + 1, close);
  const verdict = judgeDollars(content, text.slice(close + 1, close + 2));
  if (verdict === 'not-a-pair') return undefined;
  const end = close + 1;
  if (verdict === 'prose') return { end, segment: { kind: 'text', text: content } };
  return { end, segment: { kind: 'math', tex: content, display: false, source: text.slice(at, end) } };
}

function readBetween(text: string, at: number, open: string, close: string, display: boolean): Found | undefined {
  const stop = closing(text, at + open.length, close);
  if (stop === undefined) return undefined;
  const tex = text.slice(at + open.length, stop);
  if (tex.trim() === '') return undefined;
  const end = stop + close.length;
  return { end, segment: { kind: 'math', tex, display, source: text.slice(at, end) } };
}

function readEnvironment(text: string, at: number): Found | undefined {
  const name = /^\\begin\{([a-z]+)(\*?)\}/.exec(text.slice(at, at + 24));
  const isKept = environments.get(name?.[1] ?? '');
  if (!name || isKept === undefined) return undefined;
  const found = readBetween(text, at, name[0], `\\end{${name[1]}${name[2]}}`, name[1] !== 'math');
  if (!found || found.segment.kind !== 'math') return found;
  // Starred, so that nothing is numbered; the two that KaTeX lacks are aligned and gathered.
  const known = name[1] === 'eqnarray' ? 'align' : name[1] === 'multline' ? 'gather' : name[1];
  if (isKept) found.segment.tex = `\\begin{${known}*}${found.segment.tex}\\end{${known}*}`;
  return found;
}

/**
 * Where an unescaped `close` stands, at most `maxFormulaLength` away: outside braces if there is one,
 * so that `$\texttt{M$^3$Fin}$` is one formula.
 */
function closing(text: string, from: number, close: string): number | undefined {
  const limit = Math.min(text.length, from + maxFormulaLength);
  let depth = 0;
  let inBraces: number | undefined;
  for (let at = from; at < limit; at += 1) {
    const isClose = text.startsWith(close, at);
    if (isClose && depth <= 0) return at;
    if (isClose) inBraces ??= at;
    else if (text[at] === '\\') at += 1;
    else if (text[at] === '{') depth += 1;
    else if (text[at] === '}') depth -= 1;
  }
  return inBraces;
}
