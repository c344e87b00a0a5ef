/** Checked access to the fields of one JSON record. Throws an AppError that says what would be right. */

import { parsePaperId } from '#papers/ids.ts';
import type { PaperId } from '#papers/paper.ts';
import { cleanText } from '#papers/text.ts';
import { epochToDay, isDay } from '#platform/day.ts';
import type { Day } from '#platform/day.ts';
import { invalid } from '#platform/errors.ts';

export type JsonRecord = Readonly<Record<string, unknown>>;

/** As given; undefined if the field is absent or null. */
export function rawText(record: JsonRecord, name: string): string | undefined {
  const value = record[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string') return value;
  throw invalid(`"${name}" is ${kindOf(value)}, not text`);
}

/** One clean line; undefined ("this file does not know") if the field is absent, null ("there is none") if it is empty. */
export function optionalText(record: JsonRecord, name: string): string | null | undefined {
  if (!(name in record)) return undefined;
  return cleanText(rawText(record, name) ?? '') || null;
}

export function requiredText(record: JsonRecord, name: string): string {
  const text = cleanText(rawText(record, name) ?? '');
  if (text === '') throw invalid(`"${name}" is missing`);
  return text;
}

/** Without a version. */
export function requiredId(record: JsonRecord): PaperId {
  const value = record['id'];
  // 0704.0010 and 0704.001 would be one number.
  if (typeof value === 'number') throw invalid(`"id" is the number ${value}: ids are text, or they lose their zeros`);
  const text = requiredText(record, 'id');
  const id = parsePaperId(text);
  if (id === undefined)
    throw invalid(`"id" is ${JSON.stringify(text.slice(0, 60))}, not an id like 2310.02541 or hep-th/9110025`);
  return id;
}

/** A day, or the UTC day of an instant. */
export function optionalDay(record: JsonRecord, name: string): Day | undefined {
  const text = rawText(record, name);
  if (text === undefined || isDay(text)) return text;
  const day = text.slice(0, 10);
  const epoch = isDay(day) && /^T[\d:.]{5,}(?:Z|[+-]\d\d:?\d\d)$/.test(text.slice(10)) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(epoch))
    throw invalid(`"${name}" is ${JSON.stringify(text.slice(0, 40))}, not a day like 2026-01-06`);
  return epochToDay(epoch);
}

/** Strings of an array, or of a text that separates them by spaces; undefined if the field is absent. */
export function optionalList(record: JsonRecord, name: string): string[] | undefined {
  const value = record[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string') return value.split(/\s+/).filter(Boolean);
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value;
  throw invalid(`"${name}" is ${kindOf(value)}, not a list of texts`);
}

export function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
