/** What a client asked of a page besides its address: whether it has it already, and in which encodings it reads it. */

export type Encoding = 'br' | 'gzip' | 'zstd' | 'identity';

/** In which of the encodings that a client reads it is told. */
export interface Accepted {
  /** What is compressed for this client alone. */
  quick: Encoding;
  /** What is compressed once for many. */
  dense: Encoding;
}

/** `any`: nothing is preferred, as by feed readers, crawlers and curl; browsers that open a page name HTML. */
export type MediaType = 'html' | 'json' | 'text' | 'any';

/** In which of our forms a client wants to be told. */
export function acceptedType(accept: string | null | undefined): MediaType {
  if (accept?.includes('application/json')) return 'json';
  if (accept?.includes('text/html')) return 'html';
  return !accept || accept.includes('*/*') ? 'any' : 'text';
}

/** Whether a client has asked not to be told in HTML. */
export function isProgram(type: MediaType): type is 'json' | 'text' {
  return type === 'json' || type === 'text';
}

/** RFC 9110 §13.1.2: a list, weak comparison, so that a tag that somebody on the way made strong is still ours. */
export function matches(ifNoneMatch: string | null | undefined, etag: string): boolean {
  if (ifNoneMatch === null || ifNoneMatch === undefined) return false;
  if (ifNoneMatch === etag) return true;
  const opaque = opaqueOf(etag);
  return ifNoneMatch.split(',').some((tag) => tag.trim() === '*' || opaqueOf(tag.trim()) === opaque);
}

function opaqueOf(tag: string): string {
  return tag.startsWith('W/') ? tag.slice(2) : tag;
}

/** The best first. */
const QUICK = ['zstd', 'br', 'gzip'] as const;
const DENSE = ['br', 'gzip', 'zstd'] as const;

/** What browsers say is said by all of their kind. */
const read = new Map<string, Accepted>();
const MOST_READ = 100;

export function acceptedEncodings(accept: string | null | undefined): Accepted {
  const said = accept ?? '';
  let accepted = read.get(said);
  if (accepted === undefined) {
    accepted = readAccepted(said);
    if (read.size < MOST_READ) read.set(said, accepted);
  }
  return accepted;
}

function readAccepted(accept: string): Accepted {
  const named = accept.split(',').flatMap((item) => {
    const [name = '', quality = 'q=1'] = item.trim().split(/\s*;\s*/);
    return /^q=0(\.0*)?$/.test(quality) ? [] : [name.toLowerCase()];
  });
  const first = (ours: readonly Encoding[]) => ours.find((one) => named.includes(one)) ?? 'identity';
  return { quick: first(QUICK), dense: first(DENSE) };
}
