/** The text that an answer's bytes mean. */

import { AppError } from '#platform/errors.ts';

/**
 * The text of an XML document, by byte order mark, content and declared charset. UTF-8 is tried first whatever is
 * declared: text in another encoding is practically never valid UTF-8, while servers often declare ISO-8859-1 by
 * default. Fails where the bytes are not what they are declared to be.
 */
export function decodeXml(body: Uint8Array, contentType: string | null): string {
  const mark =
    body[0] === 0xff && body[1] === 0xfe ? 'utf-16le' : body[0] === 0xfe && body[1] === 0xff ? 'utf-16be' : undefined;
  const text = mark === undefined ? tryDecode(body, 'utf-8') : tryDecode(body, mark);
  if (text !== undefined) return text;
  const declared = declaredCharset(body, contentType);
  const other = declared === undefined || /^utf-?8$/i.test(declared) ? undefined : tryDecode(body, declared);
  if (other !== undefined) return other;
  throw new AppError('upstream', `the text is not ${declared ?? 'UTF-8'}, which it is declared to be`);
}

/** RFC 7303: the header's charset counts before the XML declaration's. */
function declaredCharset(body: Uint8Array, contentType: string | null): string | undefined {
  const fromHeader = /charset\s*=\s*"?([\w.:-]+)/i.exec(contentType ?? '')?.[1];
  if (fromHeader !== undefined) return fromHeader;
  const start = Buffer.from(body.subarray(0, 200)).toString('latin1');
  return /^\s*<\?xml[^>]*encoding\s*=\s*["']([\w.:-]+)/.exec(start)?.[1];
}

/** Undefined if the bytes do not fit, or the encoding is unknown. */
function tryDecode(body: Uint8Array, charset: string): string | undefined {
  try {
    return new TextDecoder(charset, { fatal: true }).decode(body);
  } catch (error) {
    if (error instanceof TypeError || error instanceof RangeError) return undefined;
    throw error;
  }
}
