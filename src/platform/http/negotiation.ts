/** What a client asked of a page besides its address: whether it has it already, and in which encodings it reads it. */

export type Encoding = 'br' | 'gzip' | 'identity';

export type MediaType = 'html' | 'json' | 'text';

/** In which of our forms a client wants to be told: programs say JSON or plain text, everybody else reads HTML. */
export function acceptedType(accept: string | null | undefined): MediaType {
  if (accept?.includes('application/json')) return 'json';
  return !accept || accept.includes('text/html') || accept.includes('*/*') ? 'html' : 'text';
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

export function acceptedEncoding(accept: string | null | undefined): Encoding {
  const accepted = (accept ?? '').split(',').flatMap((item) => {
    const [name = '', quality = 'q=1'] = item.trim().split(/\s*;\s*/);
    return /^q=0(\.0*)?$/.test(quality) ? [] : [name.toLowerCase()];
  });
  if (accepted.includes('br')) return 'br';
  return accepted.includes('gzip') ? 'gzip' : 'identity';
}
