/** Text as quoted-printable (RFC 2045 §6.7): what is ASCII stays readable. Pure. */

/** Characters a line, the sign of its going on included. */
const LONGEST_LINE = 76;
const SPACE = 32;
const TAB = 9;

const ENCODED = Array.from({ length: 256 }, (_, byte) => {
  const isPlain = byte === SPACE || byte === TAB || (byte > SPACE && byte < 127 && byte !== 61);
  return isPlain ? String.fromCharCode(byte) : `=${byte.toString(16).toUpperCase().padStart(2, '0')}`;
});

/** Lines end with CRLF. */
export function quotedPrintable(text: string): string {
  return text
    .split(/\r\n|\r|\n/)
    .map(encodeLine)
    .join('\r\n');
}

function encodeLine(line: string): string {
  const bytes = Buffer.from(line);
  const last = bytes.length - 1;
  let encoded = '';
  let column = 0;
  // Not `entries()`, which makes an object of each byte.
  for (let at = 0; at <= last; at++) {
    const byte = bytes[at] as number;
    // White space at the end of a line is lost on the way.
    const isLost = at === last && (byte === SPACE || byte === TAB);
    const sign = isLost ? `=${byte === SPACE ? '20' : '09'}` : (ENCODED[byte] ?? '');
    if (column + sign.length > LONGEST_LINE - (at === last ? 0 : 1)) {
      encoded += '=\r\n';
      column = 0;
    }
    encoded += sign;
    column += sign.length;
  }
  return encoded;
}
