/** Lists of numbers and of texts that grow at their end and take little memory: a few large arrays instead of objects. */

export interface Rows {
  values: Uint32Array<ArrayBuffer>;
  /** Row `n` is `values[ends[n - 1] … ends[n])`. */
  ends: Uint32Array<ArrayBuffer>;
  size: number;
}

export function createRows(): Rows {
  return { values: new Uint32Array(0), ends: new Uint32Array(0), size: 0 };
}

/** Returns the number of the row. */
export function pushRow(rows: Rows, row: readonly number[]): number {
  const start = startOf(rows, rows.size);
  rows.values = withRoom(rows.values, start + row.length);
  rows.values.set(row, start);
  rows.ends = withRoom(rows.ends, rows.size + 1);
  rows.ends[rows.size] = start + row.length;
  return rows.size++;
}

/** Where row `number` begins in `values`; that of the row after the last is where they end. */
export function startOf({ ends }: Pick<Rows, 'ends'>, number: number): number {
  return number === 0 ? 0 : (ends[number - 1] as number);
}

export function rowOf(rows: Rows, number: number): Uint32Array {
  return rows.values.subarray(startOf(rows, number), rows.ends[number]);
}

export interface Texts {
  /** UTF-8 */
  bytes: Uint8Array<ArrayBuffer>;
  ends: Uint32Array<ArrayBuffer>;
  /** `beginningOf` each, by which those with a prefix are found. */
  beginnings: Uint32Array<ArrayBuffer>;
  size: number;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

export function createTexts(): Texts {
  return { bytes: new Uint8Array(0), ends: new Uint32Array(0), beginnings: new Uint32Array(0), size: 0 };
}

/** Returns the number of the text. */
export function pushText(texts: Texts, text: string): number {
  const bytes = encoder.encode(text);
  const start = startOf(texts, texts.size);
  texts.bytes = withRoom(texts.bytes, start + bytes.length);
  texts.bytes.set(bytes, start);
  texts.ends = withRoom(texts.ends, texts.size + 1);
  texts.ends[texts.size] = start + bytes.length;
  texts.beginnings = withRoom(texts.beginnings, texts.size + 1);
  texts.beginnings[texts.size] = beginningOf(bytes);
  return texts.size++;
}

export function textOf(texts: Texts, number: number): string {
  return decoder.decode(texts.bytes.subarray(startOf(texts, number), texts.ends[number]));
}

/** Whether text `number` begins with these bytes. */
export function hasPrefix({ bytes, ends }: Texts, number: number, prefix: Uint8Array): boolean {
  const start = number === 0 ? 0 : (ends[number - 1] as number);
  if ((ends[number] as number) - start < prefix.length) return false;
  let at = 0;
  while (at < prefix.length && bytes[start + at] === prefix[at]) at++;
  return at === prefix.length;
}

/** The first two bytes as a number; of a text of one letter the second is 0, which no letter has. */
export function beginningOf(bytes: Uint8Array): number {
  return ((bytes[0] ?? 0) << 8) | (bytes[1] ?? 0);
}

/** A quarter more than is needed, so that what comes one by one does not copy everything each time. */
export function withRoom<Numbers extends Uint8Array<ArrayBuffer> | Uint32Array<ArrayBuffer>>(
  array: Numbers,
  length: number,
): Numbers {
  if (length <= array.length) return array;
  const longer = new (array.constructor as new (length: number) => Numbers)(Math.max(256, Math.ceil(length * 1.25)));
  longer.set(array);
  return longer;
}
