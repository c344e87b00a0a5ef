/** Web addresses in running text, and which of them may become links. */

/** As in text: up to white space, quotes or TeX, escaped signs (`\_`) included. */
const address = /https?:\/\/(?:\\[_%#&~$]|[^\s<>"{}|\\^`$\u3002\uFF0C])+/y;

/** Longer ones are not typed by people, and are shown as text. */
const maxLength = 2000;

export interface Address {
  href: string;
  shown: string;
  end: number;
}

/** The address that begins at `at`, without the punctuation of the sentence around it. */
export function readAddress(text: string, at: number): Address | undefined {
  address.lastIndex = at;
  const match = address.exec(text)?.[0];
  if (match === undefined || match.length > maxLength) return undefined;
  const given = withoutSentence(match);
  const shown = unescapeAddress(given);
  const href = webAddress(shown);
  return href === undefined ? undefined : { href, shown, end: at + given.length };
}

/** The normalised http(s) address, or undefined for anything else (`javascript:`, `data:`, nonsense). */
export function webAddress(text: string): string | undefined {
  const trimmed = unescapeAddress(text.trim());
  if (trimmed.length > maxLength || !/^https?:\/\/[^\s/]/i.test(trimmed)) return undefined;
  const url = URL.parse(trimmed);
  return url && (url.protocol === 'https:' || url.protocol === 'http:') ? url.href : undefined;
}

export function unescapeAddress(text: string): string {
  return text.replace(/\\([_%#&~$])/g, '$1');
}

function withoutSentence(match: string): string {
  let end = match.length;
  while (end > 0) {
    const last = match[end - 1] ?? '';
    const isStray = (last === ')' && !hasOpen(match, '(', end)) || (last === ']' && !hasOpen(match, '[', end));
    if (!isStray && !/[.,;:!?'’”*…–—]/.test(last)) break;
    end -= 1;
  }
  return match.slice(0, end);
}

function hasOpen(text: string, bracket: string, end: number): boolean {
  const at = text.lastIndexOf(bracket, end);
  return at !== -1 && at < end;
}
