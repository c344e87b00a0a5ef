/** Reads running text with TeX in it: accents, dashes, quotes, styles, links; what is unknown stays as given. */

import { controlWord, readAccent } from './accents.ts';
import { harmlessText, namedCharacters } from './clean.ts';
import { abbreviations, brokenGreek, dropped, escapes, secondShown, switches, wrappers } from './commands.ts';
import { closeAll, closeGroup, openGroup, output, say, type Frame } from './groups.ts';
import { type Inline } from './inline.ts';
import { readAddress, unescapeAddress, webAddress } from './links.ts';
import { splitMath } from './segments.ts';
import { symbols } from './symbols.ts';

/** Arguments of links and references are not longer than this. */
const maxArgument = 2000;

/** Without TeX, line ends and signs that are to be cleaned away or set otherwise, unless they come in pairs. */
const unmarked = /^[ -#%-[\]^-z|]*$/;
const pairs = ['--', '``', "''", 'http'];

/** Cleans and reads a text; never throws, work is linear in its length. */
export function parseTex(given: string): Inline[] {
  // Most titles and more than half of the abstracts are read by looking at them once.
  if (unmarked.test(given) && !pairs.some((pair) => given.includes(pair))) {
    return given === '' ? [] : [{ kind: 'text', text: given }];
  }
  const text = harmlessText(namedCharacters(given));
  const frames: Frame[] = [{ kind: 'plain', source: '', style: null, children: [] }];
  for (const segment of splitMath(text)) {
    if (segment.kind === 'math') output(frames).push(segment);
    else readText(frames, segment.text);
  }
  return closeAll(frames);
}

/** One hyphen or quote alone is itself. */
const special = /[\\{}~\n]|--|``|''|https?:\/\//g;

function readText(frames: Frame[], text: string): void {
  let at = 0;
  while (at < text.length) {
    special.lastIndex = at;
    const next = special.exec(text)?.index ?? text.length;
    say(frames, text.slice(at, next));
    at = next < text.length ? readSpecial(frames, text, next) : next;
  }
}

/** Each reader returns where to go on, which is always further on. */
function readSpecial(frames: Frame[], text: string, at: number): number {
  switch (text[at]) {
    case '\\':
      return readCommand(frames, text, at);
    case '{':
      return readBrace(frames, text, at);
    case '}':
      closeGroup(frames);
      return at + 1;
    case '\n':
      output(frames).push({ kind: 'break' });
      return at + 1;
    case 'h':
      return readLink(frames, text, at);
    default:
      return readTypography(frames, text, at);
  }
}

function readBrace(frames: Frame[], text: string, at: number): number {
  const accent = readAccent(text, at + 1);
  if (accent && text[accent.end] === '}') {
    say(frames, accent.text);
    return accent.end + 1;
  }
  openGroup(frames, { kind: 'plain', source: '{', style: null });
  return at + 1;
}

function readLink(frames: Frame[], text: string, at: number): number {
  const found = readAddress(text, at);
  if (!found) {
    say(frames, 'http');
    return at + 4;
  }
  output(frames).push({ kind: 'link', href: found.href, children: [{ kind: 'text', text: found.shown }] });
  return found.end;
}

function readTypography(frames: Frame[], text: string, at: number): number {
  const run = /^(?:---|--|``|''|.)/s.exec(text.slice(at, at + 3))?.[0] ?? '';
  const before = text[at - 1] ?? ' ';
  const after = text[at + run.length] ?? ' ';
  // `Fig.~3` is a tie, ` ~3` means "about three".
  const isTie = run === '~' && /[^\s(]/.test(before) && /\S/.test(after);
  const isDash = run.startsWith('--') && after !== '-' && before !== '-';
  if (run === '``') say(frames, '“');
  else if (run === "''" && before !== ' ') say(frames, '”');
  else if (isDash) say(frames, run === '--' ? '–' : '—');
  else say(frames, isTie ? '\u00A0' : run);
  return at + run.length;
}

function readCommand(frames: Frame[], text: string, at: number): number {
  const word = controlWord(text, at + 1);
  const sign = text[at + 1] ?? '';
  // `MLLM\'s` is an apostrophe that somebody escaped.
  if (/^\\'[st](?![a-z{])/.test(text.slice(at, at + 4)) && /[A-Za-z]/.test(text[at - 1] ?? '')) {
    say(frames, "'");
    return at + 2;
  }
  const greek = brokenGreek.exec(text.slice(at, at + 14));
  const accent = greek
    ? { text: symbols.get(`${greek[1]}${greek[2]}`) ?? '', end: at + greek[0].length }
    : readAccent(text, at);
  if (accent && accent.text !== '') {
    say(frames, accent.text);
    return accent.end;
  }
  if (word !== '') return readWord(frames, text, word, at + 1 + word.length);
  if ((sign === '~' || sign === '^') && text.startsWith('{}', at + 2)) {
    say(frames, sign);
    return at + 4;
  }
  const escaped = escapes[sign];
  say(frames, escaped ?? `\\${sign}`);
  return at + 1 + sign.length;
}

function readWord(frames: Frame[], text: string, word: string, end: number): number {
  const symbol = symbols.get(word);
  if (symbol !== undefined) {
    say(frames, symbol);
    return pastEmpty(text, end);
  }
  const abbreviation = abbreviations.get(word);
  if (abbreviation !== undefined) {
    say(frames, abbreviation);
    return pastEmpty(text, text[end] === '.' ? end + 1 : end);
  }
  const style = switches.get(word);
  if (style !== undefined) {
    const frame = frames.at(-1);
    if (style !== null && frame && frames.length > 1) frame.style = style;
    return text[end] === ' ' ? end + 1 : pastEmpty(text, end);
  }
  if (word === 'item') {
    say(frames, ' • ');
    return end;
  }
  return readArguments(frames, text, word, end);
}

function readArguments(frames: Frame[], text: string, word: string, end: number): number {
  const drops = dropped.get(word) ?? (secondShown.has(word) ? 1 : 0);
  if (drops > 0) end = dropArgument(frames, text, word, end);
  if (dropped.has(word)) return end;
  if (word === 'url' || word === 'href' || word === 'hyperlink') return readHref(frames, text, word, end);
  const brace = text[end] === ' ' ? end + 1 : end;
  const style = wrappers.get(word);
  const isShown = style !== undefined || secondShown.has(word);
  if (text[brace] !== '{') {
    if (!isShown && word !== 'footnote') say(frames, `\\${word}`);
    return end;
  }
  const source = `\\${word}{`;
  if (word === 'footnote') openGroup(frames, { kind: 'note', source, style: null });
  else if (isShown) openGroup(frames, { kind: 'command', source, style: style ?? null });
  // A macro of the authors' own: `\name{}` names their method, whatever it was.
  else if (text.startsWith('{}', end)) {
    say(frames, `\\${word}`);
    return end + 2;
  } else {
    say(frames, `\\${word}`);
    return end < brace || text[end] !== '{' ? end : openKept(frames, end);
  }
  return brace + 1;
}

function openKept(frames: Frame[], brace: number): number {
  openGroup(frames, { kind: 'kept', source: '{', style: null });
  return brace + 1;
}

/** `\cite[p. 3]{key}` with the tie before it; an argument that does not end is left to be read as text. */
function dropArgument(frames: Frame[], text: string, word: string, end: number): number {
  const pattern = /^\*?\s?(?:\[[^\]{}]{0,200}\]){0,2}\s?\{([^{}]{0,1000})\}/;
  const found = pattern.exec(text.slice(end, end + 1500));
  if (!found) return end;
  const last = output(frames).at(-1);
  if (word !== 'color' && dropped.has(word) && last?.kind === 'text') last.text = last.text.replace(/[\u00A0~ ]$/, '');
  return end + found[0].length;
}

function readHref(frames: Frame[], text: string, word: string, end: number): number {
  const argument = rawArgument(text, end);
  if (!argument) {
    say(frames, word === 'url' ? '' : `\\${word}`);
    return end;
  }
  const href = webAddress(argument.text);
  const shown = unescapeAddress(argument.text.trim());
  if (word !== 'url' && text[argument.end] === '{') {
    openGroup(frames, { kind: 'command', source: '', style: null, ...(href === undefined ? {} : { href }) });
    return argument.end + 1;
  }
  if (href === undefined) say(frames, shown);
  else output(frames).push({ kind: 'link', href, children: [{ kind: 'text', text: shown }] });
  return argument.end;
}

function rawArgument(text: string, at: number): { text: string; end: number } | undefined {
  const start = text[at] === ' ' ? at + 1 : at;
  if (text[start] !== '{') return undefined;
  const close = text.slice(start, start + maxArgument).indexOf('}');
  return close === -1 ? undefined : { text: text.slice(start + 1, start + close), end: start + close + 1 };
}

function pastEmpty(text: string, at: number): number {
  return text.startsWith('{}', at) ? at + 2 : at;
}
