/** A formula as readable Unicode (`\mathcal{O}(n \log n)` → `O(n log n)`), for mail, feeds, titles and meta tags. */

import { controlWord } from './accents.ts';
import { ignored, overLetter, transparent } from './math-commands.ts';
import { conventionalMacro } from './macros.ts';
import { blackboardBold, script } from './scripts.ts';
import { functionNames, relations, symbols } from './symbols.ts';

/** A formula nested deeper is not readable in one line anyway. */
const maxDepth = 12;

interface Reader {
  tex: string;
  at: number;
  depth: number;
}

/** Undefined where one line of Unicode cannot say it (matrices, unknown commands, unbalanced braces). */
export function mathToPlain(tex: string): string | undefined {
  const reader = { tex: tex.trim(), at: 0, depth: 0 };
  const plain = readRun(reader, '');
  if (plain === undefined || reader.at < reader.tex.length) return undefined;
  return plain
    .replace(/\s+/g, ' ')
    .replace(/([([{⟨]) /g, '$1')
    .replace(/ ([)\]}⟩,.])/g, '$1')
    .trim();
}

/** Reads up to `close` (not read) or the end; undefined if something cannot be said. */
function readRun(reader: Reader, close: string): string | undefined {
  reader.depth += 1;
  if (reader.depth > maxDepth) return undefined;
  let out = '';
  while (reader.at < reader.tex.length && reader.tex[reader.at] !== close) {
    const piece = readPiece(reader, out);
    if (piece === undefined) return undefined;
    out = joined(out, piece);
  }
  reader.depth -= 1;
  if (close !== '' && reader.at >= reader.tex.length) return undefined;
  return out;
}

/** Functions and relations stand apart from what they are between. */
function joined(out: string, piece: string): string {
  if (relations.test(piece)) return out === '' ? `${piece} ` : `${out} ${piece} `;
  const isFunction = functionNames.has(piece);
  if (isFunction && /[\p{L}\p{N})]$/u.test(out)) return `${out} ${piece}`;
  const afterFunction = /(?:^|[^\p{L}])([a-zA-Z]{2,6})$/u.exec(out.slice(-8))?.[1] ?? '';
  return functionNames.has(afterFunction) && /^[\p{L}\p{N}]/u.test(piece) ? `${out} ${piece}` : out + piece;
}

function readPiece(reader: Reader, before: string): string | undefined {
  const sign = String.fromCodePoint(reader.tex.codePointAt(reader.at) ?? 0x20);
  if (sign === '\\') return readCommand(reader);
  if (sign === '}') return undefined;
  if (sign === '{') return readArgument(reader);
  reader.at += sign.length;
  if (sign === '^' || sign === '_') {
    const content = readArgument(reader);
    return content === undefined ? undefined : script(sign, content);
  }
  if (sign === '~' || /\s/.test(sign)) return isLetterCommandBefore(reader) && /[\p{L}]$/u.test(before) ? '' : ' ';
  return sign === "'" ? '′' : sign === '&' ? ' ' : sign;
}

/** In `\alpha x` the space ends the command and is not the author's. */
function isLetterCommandBefore(reader: Reader): boolean {
  const next = reader.tex[reader.at] ?? '';
  return /\\[a-zA-Z]+\s$/.test(reader.tex.slice(Math.max(0, reader.at - 20), reader.at)) && /[\p{L}\p{N}]/u.test(next);
}

function readCommand(reader: Reader): string | undefined {
  const word = controlWord(reader.tex, reader.at + 1);
  if (word === '') {
    const sign = reader.tex[reader.at + 1] ?? '';
    reader.at += 2;
    if (/[,;:> \\]/.test(sign)) return ' ';
    return sign === '!' || sign === '/' ? '' : /[%&_#${}]/.test(sign) ? sign : sign === '|' ? '‖' : undefined;
  }
  reader.at += 1 + word.length;
  if (functionNames.has(word)) return word;
  const symbol = symbols.get(word);
  if (symbol !== undefined) return symbol;
  if (/^q?quad$/.test(word)) return ' ';
  if (ignored.has(word)) return readIgnored(reader);
  const macro = conventionalMacro(word);
  if (macro) return macro.command === 'mathbb' ? blackboardBold(macro.letter) : macro.letter;
  return readWithArguments(reader, word);
}

/** `\left.` is a delimiter that prints nothing. */
function readIgnored(reader: Reader): string {
  if (reader.tex[reader.at] === '.') reader.at += 1;
  return '';
}

function readWithArguments(reader: Reader, word: string): string | undefined {
  const root = word === 'sqrt' && reader.tex[reader.at] === '[' ? readRoot(reader) : '';
  if (reader.tex[reader.at] === '*') reader.at += 1;
  const first = readArgument(reader);
  if (first === undefined || root === undefined) return undefined;
  if (word === 'mathbb' || word === 'mathds' || word === 'Bbb') return blackboardBold(first);
  if (word === 'sqrt') return `${script('^', root)}√${grouped(first)}`;
  if (word === 'pmod') return ` (mod ${first})`;
  if (transparent.has(word)) return first;
  const mark = overLetter.get(word);
  if (mark !== undefined) return [...first].length === 1 ? (first + mark).normalize('NFC') : first;
  const second = readSecond(reader, word);
  if (second === undefined) return undefined;
  if (word === 'binom') return `binom(${first}, ${second})`;
  return /^[dt]?frac$/.test(word) ? `${grouped(first)}/${grouped(second)}` : second;
}

function readSecond(reader: Reader, word: string): string | undefined {
  const takesTwo = /^(?:[dt]?frac|binom|stackrel|overset|underset|textcolor)$/.test(word);
  return takesTwo ? readArgument(reader) : undefined;
}

function readRoot(reader: Reader): string | undefined {
  reader.at += 1;
  const index = readRun(reader, ']');
  reader.at += 1;
  return index;
}

/** A group, a command with its arguments, or one character. */
function readArgument(reader: Reader): string | undefined {
  while (reader.tex[reader.at] === ' ') reader.at += 1;
  if (reader.tex[reader.at] !== '{') {
    if (reader.at >= reader.tex.length) return undefined;
    reader.depth += 1;
    const piece = reader.depth > maxDepth ? undefined : readPiece(reader, '');
    reader.depth -= 1;
    return piece;
  }
  reader.at += 1;
  const content = readRun(reader, '}');
  reader.at += 1;
  return content;
}

function grouped(text: string): string {
  const content = text.trim();
  return /^[\p{L}\p{N}\p{M}.²³⁰-⁹₀-₉]+$/u.test(content) ? content : `(${content})`;
}
