/** Lines of a stream as programs write them: only `\n` ends one, while node:readline takes U+2028 and U+2029 for ends, too. */

import type { Readable } from 'node:stream';

/** Calls `take` with each whole line, without its end; what comes after the last end is no line. */
export function onEachLine(stream: Readable, take: (line: string) => void): void {
  let begun = '';
  stream.setEncoding('utf8').on('data', (chunk: string) => {
    const lines = (begun + chunk).split('\n');
    begun = lines.pop() ?? '';
    for (const line of lines) take(line);
  });
}
