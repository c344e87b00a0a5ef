/** Cuts a stream of bytes into numbered lines of text, however long or broken they are. */

import { isUtf8 } from 'node:buffer';

export interface Line {
  /** From 1, empty lines counted. */
  number: number;
  /** Undefined if the line cannot be read as text; `problem` then says why. */
  text?: string;
  problem?: string;
}

/** The longest real records, papers of 3 000 authors, take some 300 kB. */
export const LONGEST_LINE = 4_000_000;
const LINE_FEED = 10;

/**
 * Yields the lines that each chunk completes, in order, empty ones left out. A line longer than `longest` bytes
 * or not in UTF-8 comes as a problem, and never takes more memory than that.
 */
export async function* readLines(chunks: AsyncIterable<Buffer>, longest = LONGEST_LINE): AsyncGenerator<Line[]> {
  let number = 0;
  let pending: Buffer[] = [];
  let pendingBytes = 0;
  for await (const chunk of chunks) {
    const end = chunk.lastIndexOf(LINE_FEED);
    const rest = chunk.subarray(end + 1);
    if (end >= 0) {
      const lines = decode(Buffer.concat([...pending, chunk.subarray(0, end)]), pendingBytes, longest, number);
      number = lines.last;
      if (lines.read.length > 0) yield lines.read;
      pending = [];
      pendingBytes = 0;
    }
    pendingBytes += rest.length;
    // What is too long is only counted.
    if (pendingBytes > longest) pending = [];
    else if (rest.length > 0) pending.push(rest);
  }
  if (pendingBytes > 0) yield decode(Buffer.concat(pending), pendingBytes, longest, number).read;
}

/** `firstBytes` is how much of the first line came in earlier chunks, even if it was not kept. */
function decode(block: Buffer, firstBytes: number, longest: number, before: number): { read: Line[]; last: number } {
  const read: Line[] = [];
  let number = before;
  const add = (line: Omit<Line, 'number'>) => {
    number += 1;
    if (line.text === undefined || line.text.trim() !== '') read.push({ number, ...line });
  };
  const isShort = firstBytes <= longest && block.length <= longest;
  if (isShort && isUtf8(block)) {
    for (const text of block.toString('utf8').split('\n'))
      add({ text: before === 0 && number === 0 ? withoutMark(text) : text });
    return { read, last: number };
  }
  for (let start = 0; start <= block.length;) {
    const found = block.indexOf(LINE_FEED, start);
    const end = found < 0 ? block.length : found;
    const bytes = block.subarray(start, end);
    const isLong = bytes.length > longest || (start === 0 && firstBytes > longest);
    if (isLong) add({ problem: `longer than ${longest.toLocaleString('en-US')} bytes` });
    else if (isUtf8(bytes)) add({ text: number === 0 ? withoutMark(bytes.toString('utf8')) : bytes.toString('utf8') });
    else add({ problem: 'not UTF-8 text' });
    start = end + 1;
  }
  return { read, last: number };
}

/** Windows programs begin UTF-8 files with a byte order mark. */
function withoutMark(text: string): string {
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}
