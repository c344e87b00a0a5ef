/** What a client asked of a page besides its address: whether it has it already, and in which encodings it reads it. */

export type Encoding = 'br' | 'gzip' | 'identity';

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

export function acceptedEncoding(accept: string | null | undefined): Encoding {
  const accepted = (accept ?? '').split(',').flatMap((item) => {
    const [name = '', quality = 'q=1'] = item.trim().split(/\s*;\s*/);
    return /^q=0(\.0*)?$/.test(quality) ? [] : [name.toLowerCase()];
  });
  if (accepted.includes('br')) return 'br';
  return accepted.includes('gzip') ? 'gzip' : 'identity';
}
