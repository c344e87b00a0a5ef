/** Mends text that was encoded as UTF-8 twice, as the query API sends it (2026): `Dirk WÃ¼bben` is `Dirk Wübben`. */

const strict = new TextDecoder('utf-8', { fatal: true });

/**
 * Changes a text only if all its non-ASCII characters are bytes of valid UTF-8, which text in any language
 * practically never is. Control characters (U+0080-9F) are part of the damage, so this comes before cleaning.
 */
export function undouble(text: string): string {
  // oxlint-disable-next-line no-control-regex -- the bytes of a doubled character include control characters
  if (!/[\u00c2-\u00f4][\u0080-\u00bf]/.test(text) || /[^\u0000-\u00ff]/.test(text)) return text;
  try {
    return strict.decode(Buffer.from(text, 'latin1'));
  } catch {
    return text; // not doubled: this is how the decoder says so
  }
}
