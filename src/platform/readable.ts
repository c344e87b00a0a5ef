/** Rows as others would write them: for whoever takes their data along, and their programs. */

import { isRecord } from './is-record.ts';

/** What a number or a text in a row stands for that its name does not say. */
export interface Meanings {
  /** Fields that hold 0 or 1. */
  flags?: readonly string[];
  /** Fields that hold JSON in a text. */
  nested?: readonly string[];
}

/** Instants (`…_at`, `…_until`, as in every table) as ISO 8601 has them, true and false, and no JSON within texts. */
export function readable(value: unknown, meanings: Meanings = {}, name = ''): unknown {
  if (typeof value === 'number' && /^at$|(?:_at|_until|At|Until)$/.test(name)) return new Date(value).toISOString();
  if (typeof value === 'number' && meanings.flags?.includes(name)) return value === 1;
  if (typeof value === 'string' && meanings.nested?.includes(name)) return readable(parsed(value), meanings);
  if (Array.isArray(value)) return value.map((one) => readable(one, meanings));
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, readable(one, meanings, key)]));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
