/** Tells what a file is from its first bytes, whatever its name. */

/** The end of every complaint about a file's kind. */
export const EXPECTED = 'papers come as one JSON object per line, plain, .gz or .zst';

export type Compression = 'gzip' | 'zstd';

/** The second mark of zstd is a skippable frame, with which pzstd begins its files. */
const COMPRESSIONS: Record<string, Compression> = { '1f8b': 'gzip', '28b52ffd': 'zstd', '502a4d18': 'zstd' };

/** What people hand in by mistake, and what would be right: first bytes in hexadecimal. */
const FOREIGN: Record<string, readonly [is: string, right: string]> = {
  '504b0304': ['a zip archive', 'unpack it and import the file inside'],
  '504b0506': ['an empty zip archive', EXPECTED],
  '425a68': ['compressed with bzip2', 'unpack it with bunzip2 first'],
  fd377a585a00: ['compressed with xz', 'unpack it with unxz first'],
  '377abcaf271c': ['a 7z archive', 'unpack it and import the file inside'],
  '25504446': ['a PDF', EXPECTED],
  '50415231': ['a Parquet file', 'convert it to JSON Lines first'],
  '53514c69746520666f726d6174': ['an SQLite database', EXPECTED],
  fffe: ['text in UTF-16', 'convert it with iconv -f UTF-16 -t UTF-8 first'],
  feff: ['text in UTF-16', 'convert it with iconv -f UTF-16 -t UTF-8 first'],
};

/** As many bytes as any of the marks needs. */
export const MARK_LENGTH = 16;

export function compressionOf(start: Buffer): Compression | undefined {
  return lookUp(COMPRESSIONS, start);
}

/** Why this cannot be JSON Lines, to stand after the file's name; undefined if it can. `start` is not compressed. */
export function foreignContent(start: Buffer): string | undefined {
  const [is, right] = lookUp(FOREIGN, start) ?? (isTar(start) ? ['a tar archive', 'unpack it with tar -x first'] : []);
  if (is !== undefined) return `is ${is}: ${right}`;
  if (start.includes(0)) return `is a binary file: ${EXPECTED}`;
  const [first] = /[^\s\uFEFF]/.exec(start.toString('utf8')) ?? [];
  if (first === '[') return "is one JSON array: write one object per line, for instance with jq -c '.[]'";
  if (first === '<') return `is HTML or XML: ${EXPECTED}`;
  return undefined;
}

function isTar(start: Buffer): boolean {
  return start.toString('latin1', 257, 262) === 'ustar';
}

function lookUp<T>(marks: Readonly<Record<string, T>>, start: Buffer): T | undefined {
  const hex = start.toString('hex', 0, MARK_LENGTH);
  return Object.entries(marks).find(([mark]) => hex.startsWith(mark))?.[1];
}
