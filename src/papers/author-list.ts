/** Cuts one string that lists authors into names, affiliation brackets kept with the name before them. */

/** One name as it stands in the list, and the key of the numbered affiliations after it, if there is one. */
export interface AuthorList {
  names: string[];
  /** `1` → `MIT` in `A (1), B (1 and 2) ((1) MIT, (2) CERN)`. */
  affiliations: Map<string, string>;
}

const SEPARATOR = /\s*[,;，、；]\s*(?:(?:and|&)\s+)?|\s*:(?:\s+|$)|\s+(?:and|&)\s+|^(?:by|and)\s+/gi;
/** `J. Smith for the ATLAS Collaboration` are two. The look-ahead is bounded so that no input costs much. */
const ON_BEHALF = /\s+(?:for|on behalf of)\s+the\s+(?=[^,;()]{0,60}\b(?:collaboration|consortium|team|group)s?\b)/gi;
const AFFILIATION_LIST = /(?:(\()|[,;)])\s*\((?:1|a)\)\s*(?!and\b|\()(?=\p{L})/u;
const AFFILIATION_KEY = /\((\d{1,3}|[a-z])\)\s*/;
const INITIALS = /^(?:\p{Lu}\p{M}*\.?[\s-]?){1,4}$/u;

/** `text` has its TeX decoded and its white space folded. */
export function splitAuthorList(text: string): AuthorList {
  const balanced = dropUnmatched(text);
  const found = AFFILIATION_LIST.exec(balanced);
  if (!found) return { names: splitNames(balanced), affiliations: new Map() };
  const isWrapped = found[1] !== undefined;
  const listStart = balanced.indexOf('(', found.index + 1);
  const list = balanced.slice(listStart, isWrapped ? balanced.lastIndexOf(')') : undefined);
  // A bracket or separator that ends the last name belongs to the names.
  const names = balanced.slice(0, found.index + (balanced[found.index] === ')' ? 1 : 0));
  return { names: splitNames(names), affiliations: readAffiliations(list) };
}

function readAffiliations(list: string): Map<string, string> {
  const parts = list.split(AFFILIATION_KEY);
  const affiliations = new Map<string, string>();
  for (let at = 1; at < parts.length; at += 2) {
    affiliations.set(
      parts[at] ?? '',
      (parts[at + 1] ?? '').replace(/^[\s,;]+|[\s,;.]+$/g, '').replace(/[,;]?\s+and$/, ''),
    );
  }
  return affiliations;
}

function splitNames(text: string): string[] {
  const separated = text.replace(ON_BEHALF, ', ');
  const mask = maskBrackets(separated);
  if (/[;；]/.test(mask) && /,/.test(mask)) return cut(separated, mask, /\s*[;；]\s*/g).flatMap(splitSegment);
  return pairInitials(cut(separated, mask, SEPARATOR));
}

/** Between semicolons a comma may part family from given names, or two people. */
function splitSegment(segment: string): string[] {
  const parts = cut(segment, maskBrackets(segment), SEPARATOR);
  const [first = '', second = ''] = parts;
  const areWhole = /\S\s\S/.test(first) && /\S\s\S/.test(second) && !INITIALS.test(second);
  return parts.length === 1 || parts.length > 3 || areWhole ? parts : [segment];
}

/** `Smith, J., Doe, K.`: where every second piece is initials, they belong to the family name before. */
function pairInitials(pieces: string[]): string[] {
  const isPaired = pieces.length > 1 && pieces.every((piece, at) => INITIALS.test(piece) === (at % 2 === 1));
  if (!isPaired || pieces.length % 2 === 1) return pieces;
  return pieces.flatMap((piece, at) => (at % 2 === 0 ? `${piece}, ${pieces[at + 1] ?? ''}` : []));
}

/** Cuts `text` where `separator` matches in `mask`; empty pieces are left out. */
function cut(text: string, mask: string, separator: RegExp): string[] {
  const pieces: string[] = [];
  let from = 0;
  for (const match of mask.matchAll(separator)) {
    // "The H1 and ZEUS Collaborations" is one name.
    if (
      /^\s+and/i.test(match[0]) &&
      /^[^,;:()]{0,60}\bcollaborations\b/i.test(mask.slice(match.index + match[0].length, match.index + 80))
    )
      continue;
    pieces.push(text.slice(from, match.index).trim());
    from = match.index + match[0].length;
  }
  pieces.push(text.slice(from).trim());
  return pieces.filter(Boolean);
}

/** The text with everything inside brackets blanked, the same length. */
function maskBrackets(text: string): string {
  if (!text.includes('(')) return text;
  let depth = 0;
  let mask = '';
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at] ?? '';
    if (sign === ')') depth -= 1;
    mask += depth > 0 ? '_' : sign;
    if (sign === '(') depth += 1;
  }
  return mask;
}

/** A bracket that is never closed must not swallow the names after it. */
function dropUnmatched(text: string): string {
  if (!/[()]/.test(text)) return text;
  const open: number[] = [];
  const unmatched = new Set<number>();
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === '(') open.push(at);
    else if (text[at] === ')' && open.pop() === undefined) unmatched.add(at);
  }
  for (const at of open) unmatched.add(at);
  if (unmatched.size === 0) return text;
  let kept = '';
  for (let at = 0; at < text.length; at += 1) kept += unmatched.has(at) ? ' ' : text[at];
  return kept.replace(/ {2,}/g, ' ');
}
