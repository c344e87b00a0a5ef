/** Text as quoted-printable (RFC 2045 §6.7): what is ASCII stays readable. */

/** Characters a line, the sign of its going on included. */
const LONGEST_LINE = 76;
const TAB = 9;
const SPACE = 32;
const EQUALS = 61;
const DELETE = 127;

/** Shorter lines are encoded as fast as they are found. */
const REMEMBERED_FROM = 200;
/** Lines of each generation, some 2 MB: what is used again while the next one is filled is kept. */
const GENERATION = 500;
/** What needs nothing done to it: no white space at its end, where it is lost on the way. */
const PLAIN = /^(?:[\t -<>-~]{0,75}[!-<>-~])?$/;
const HEX = Buffer.from('0123456789ABCDEF');

/** Gives bytes, whose lines end with CRLF. A long line that many texts have, a paper in its mails, is encoded once. */
export function openQuotedPrinter(): (text: string) => Buffer {
  let young = new Map<string, Buffer>();
  let old = new Map<string, Buffer>();
  function encodeLong(line: string): Buffer {
    const known = young.get(line);
    if (known !== undefined) return known;
    // A copy: what it was written into is longer.
    const encoded = old.get(line) ?? Buffer.from(encodeLine(line));
    if (young.size >= GENERATION) [old, young] = [young, new Map()];
    young.set(line, encoded);
    return encoded;
  }
  return (text) => {
    const pieces: Buffer[] = [];
    let short = '';
    const lines = text.includes('\r') ? text.split(/\r\n|\r|\n/) : text.split('\n');
    for (const [at, line] of lines.entries()) {
      if (at > 0) short += '\r\n';
      if (PLAIN.test(line)) short += line;
      else {
        pieces.push(Buffer.from(short, 'latin1'), line.length < REMEMBERED_FROM ? encodeLine(line) : encodeLong(line));
        short = '';
      }
    }
    pieces.push(Buffer.from(short, 'latin1'));
    return Buffer.concat(pieces);
  };
}

/** One line, without its end. */
function encodeLine(line: string): Buffer {
  const bytes = Buffer.from(line);
  const last = bytes.length - 1;
  // Three signs a byte, and three more for each line of them.
  const encoded = Buffer.allocUnsafe(bytes.length * 4 + LONGEST_LINE);
  let length = 0;
  let column = 0;
  // Not `entries()`, which makes an object of each byte.
  for (let at = 0; at <= last; at++) {
    const byte = bytes[at] as number;
    const isWhite = byte === SPACE || byte === TAB;
    // White space at the end of a line is lost on the way.
    const isPlain = isWhite ? at !== last : byte > SPACE && byte < DELETE && byte !== EQUALS;
    const width = isPlain ? 1 : 3;
    if (column + width > LONGEST_LINE - (at === last ? 0 : 1)) {
      length = encoded.writeUInt8(EQUALS, length);
      length = encoded.writeUInt16BE(0x0d0a, length);
      column = 0;
    }
    if (isPlain) encoded[length++] = byte;
    else {
      encoded[length++] = EQUALS;
      encoded[length++] = HEX[byte >> 4] as number;
      encoded[length++] = HEX[byte & 15] as number;
    }
    column += width;
  }
  return encoded.subarray(0, length);
}
