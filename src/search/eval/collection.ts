/** Reads a retrieval test collection in BEIR's layout: docs.jsonl (or corpus.jsonl), queries.jsonl, qrels.tsv. */

import { existsSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { AppError } from '#platform/errors.ts';
import type { Judgements } from './metrics.ts';

export interface Collection {
  name: string;
  documents: { id: string; title: string; text: string }[];
  /** Those with judgements. */
  queries: { id: string; text: string; judgements: Judgements }[];
}

export function readCollection(folder: string): Collection {
  const judgements = readJudgements(findFile(folder, ['qrels.tsv', 'qrels.tsv.gz', 'qrels/test.tsv']));
  const queries = readJsonl(findFile(folder, ['queries.jsonl', 'queries.jsonl.gz']));
  const documents = readJsonl(findFile(folder, ['docs.jsonl', 'docs.jsonl.gz', 'corpus.jsonl', 'corpus.jsonl.gz']));
  const judged = queries.filter((row) => judgements.has(field(row, '_id')));
  if (judged.length === 0) {
    throw new AppError('invalid', `${folder} has no judged question: no _id of its queries is in its qrels.`);
  }
  return {
    name: basename(resolve(folder)),
    documents: documents.map((row) => ({
      id: field(row, '_id'),
      title: field(row, 'title'),
      text: field(row, 'text'),
    })),
    queries: judged.map((row) => ({
      id: field(row, '_id'),
      text: field(row, 'text'),
      judgements: judgements.get(field(row, '_id')) ?? new Map<string, number>(),
    })),
  };
}

function findFile(folder: string, names: readonly string[]): string {
  const found = names.map((name) => join(folder, name)).find((file) => existsSync(file));
  if (found !== undefined) return found;
  throw new AppError('invalid', `${folder} has no ${names.join(' or ')}.`, {
    hint: 'A collection is a folder with docs.jsonl, queries.jsonl and qrels.tsv, as BEIR lays them out.',
  });
}

function readText(file: string): string {
  const bytes = readFileSync(file);
  try {
    return (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  } catch (cause) {
    throw new AppError('invalid', `${file} is damaged, or not gzipped.`, { cause });
  }
}

type Row = Record<string, unknown>;

function readJsonl(file: string): Row[] {
  const lines = readText(file).split('\n');
  return lines.flatMap((line, index) => {
    if (line.trim() === '') return [];
    const row = parse(line);
    if (typeof row === 'object' && row !== null && field(row as Row, '_id') !== '') return [row as Row];
    throw new AppError('invalid', `${file}, line ${index + 1} is not a JSON object with an _id.`);
  });
}

/** Undefined for what is not JSON. */
function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function field(row: Row, name: string): string {
  const value = row[name];
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
}

/** BEIR's three columns (query, document, grade) or TREC's four (query, 0, document, grade), with or without a header. */
function readJudgements(file: string): Map<string, Map<string, number>> {
  const judgements = new Map<string, Map<string, number>>();
  for (const [index, line] of readText(file).split('\n').entries()) {
    const columns = line.trim().split(/\s+/);
    if (columns.length < 3) continue;
    const query = columns[0] ?? '';
    const document = columns.at(-2) ?? '';
    const grade = Number(columns.at(-1));
    if (Number.isNaN(grade)) {
      if (index === 0) continue;
      throw new AppError('invalid', `${file}, line ${index + 1} has no number for a grade.`);
    }
    const judged = judgements.get(query) ?? new Map<string, number>();
    judgements.set(query, judged.set(document, grade));
  }
  return judgements;
}
