/** Cuts a large XML document into its records without parsing it, and refuses what is not well-formed or not safe. */

import { AppError } from '#platform/errors.ts';

/** arXiv's documents are nested eight deep. */
const DEPTH_LIMIT = 50;

/**
 * Yields the source of each element whose local name is in `names` (outermost only), in order, and returns the document
 * without them. Throws where the document is truncated, unbalanced, not XML, or declares a DOCTYPE: entities of its own
 * are how small documents grow to gigabytes, and arXiv has none.
 */
export function* cut(text: string, names: ReadonlySet<string>): Generator<string, string> {
  const open: string[] = [];
  const frame: string[] = [];
  let frameFrom = 0;
  let cutFrom: number | undefined;
  let cutDepth = 0;
  let seenRoot = false;
  for (let at = skipText(text, 0, open.length); at < text.length; at = skipText(text, at, open.length)) {
    const markup = readMarkup(text, at);
    if (markup.kind === 'open') {
      if (open.length === 0 && seenRoot) throw broken('it has two root elements');
      if (open.length >= DEPTH_LIMIT) throw broken(`its elements are nested more than ${DEPTH_LIMIT} deep`);
      seenRoot = true;
      if (cutFrom === undefined && names.has(localName(markup.name))) {
        cutFrom = at;
        cutDepth = open.length;
      }
      open.push(markup.name);
    }
    if (markup.kind === 'close' || (markup.kind === 'open' && markup.empty)) {
      const opened = open.pop();
      if (opened !== markup.name)
        throw broken(`</${markup.name}> stands where ${opened ? `</${opened}>` : 'nothing'} should be closed`);
      if (cutFrom !== undefined && open.length === cutDepth) {
        yield text.slice(cutFrom, markup.end);
        frame.push(text.slice(frameFrom, cutFrom));
        frameFrom = markup.end;
        cutFrom = undefined;
      }
    }
    at = markup.end;
  }
  if (open.length > 0) throw broken(`it ends in the middle of <${open.at(-1)}>`);
  if (!seenRoot) throw broken('it is empty');
  return frame.join('') + text.slice(frameFrom);
}

type Markup = { end: number } & (
  | { kind: 'open'; name: string; empty: boolean }
  | { kind: 'close'; name: string }
  | { kind: 'other' }
);

/** Reads what begins with the `<` at `at`. */
function readMarkup(text: string, at: number): Markup {
  if (text.startsWith('<!--', at)) return { kind: 'other', end: after(text, '-->', at, 'a comment') };
  if (text.startsWith('<![CDATA[', at)) return { kind: 'other', end: after(text, ']]>', at, 'a CDATA section') };
  if (text.startsWith('<?', at)) return { kind: 'other', end: after(text, '?>', at, 'a processing instruction') };
  if (text.startsWith('<!', at)) throw broken('it has a DOCTYPE, as web pages and entity bombs do');
  const closing = text[at + 1] === '/';
  const name = readName(text, closing ? at + 2 : at + 1);
  const end = tagEnd(text, at);
  return closing ? { kind: 'close', name, end } : { kind: 'open', name, end, empty: text[end - 2] === '/' };
}

const NAME = /[A-Za-z_][\w.:-]*/y;

function readName(text: string, at: number): string {
  NAME.lastIndex = at;
  const name = NAME.exec(text)?.[0];
  if (name === undefined) throw broken('it has a "<" that begins no element');
  return name;
}

const UP_TO_DELIMITER = /[^"'<>]*/y;

/** Index after the tag's `>`; one inside a quoted attribute does not count. */
function tagEnd(text: string, start: number): number {
  for (let at = start + 1; ;) {
    UP_TO_DELIMITER.lastIndex = at;
    UP_TO_DELIMITER.exec(text);
    const stop = UP_TO_DELIMITER.lastIndex;
    const delimiter = text[stop];
    if (delimiter === '>') return stop + 1;
    if (delimiter === undefined) throw broken('it ends in the middle of a tag');
    if (delimiter === '<') throw broken('it has a "<" inside a tag');
    at = after(text, delimiter, stop, 'an attribute');
  }
}

function after(text: string, mark: string, from: number, what: string): number {
  const found = text.indexOf(mark, from + 1);
  if (found === -1) throw broken(`it ends in the middle of ${what}`);
  return found + mark.length;
}

/** Index of the next `<`, or the end. Outside the root element only white space may stand. */
function skipText(text: string, from: number, depth: number): number {
  const found = text.indexOf('<', from);
  const next = found === -1 ? text.length : found;
  if (depth === 0 && text.slice(from, Math.min(next, from + 1000)).trim() !== '') throw broken('it is not XML');
  return next;
}

export function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

function broken(reason: string): AppError {
  return new AppError('upstream', reason);
}
