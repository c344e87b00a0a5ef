/**
 * `rival.ts NAME latency DATA_DIR PAPERS QUESTIONS`: builds an index of the papers and asks it, `rival.ts NAME quality
 * FOLDER…`: its nDCG@10 on test collections. Prints JSON. In a process of its own, so that its memory is only its own.
 */

import { readFileSync } from 'node:fs';
import { readCollection } from '#search/eval/collection.ts';
import { meanScores, scoreRanking } from '#search/eval/metrics.ts';
import { percentile } from './asking.ts';
import { linesOf } from './corpus.ts';
import type { BenchPaper } from './corpus.ts';
import { openBroadsheet, openMiniSearch, openOrama } from './engines.ts';
import type { Document, Find } from './engines.ts';
import { collectGarbage, held } from './process-memory.ts';

export interface RivalLatency {
  /** Building the index, or opening the database that holds it and answering once. */
  openSeconds: number;
  resident: number;
  p50: Record<string, number>;
  p99: Record<string, number>;
}

/** nDCG@10 by the name of the collection. */
export type RivalQuality = Record<string, number>;

/** What a page shows. */
const PAGE = 50;
const DEPTH = 10;

const [name = '', task = '', ...args] = process.argv.slice(2);
process.stdout.write(
  JSON.stringify(task === 'quality' ? await quality(args) : await latency(args[0] ?? '', args[1] ?? '', args[2] ?? '')),
);
process.exit(0);

async function open(documents: () => Promise<Document[]>, folder: string): Promise<Find> {
  if (name === 'MiniSearch') return openMiniSearch(await documents());
  if (name === 'Orama') return await openOrama(await documents());
  return await openBroadsheet(folder);
}

async function latency(folder: string, papers: string, questionsFile: string): Promise<RivalLatency> {
  const questions = JSON.parse(readFileSync(questionsFile, 'utf8')) as Record<string, string[]>;
  const started = performance.now();
  const find = await open(async () => await readDocuments(papers), folder);
  await find('graph', PAGE);
  const openSeconds = (performance.now() - started) / 1000;
  const p50: Record<string, number> = {};
  const p99: Record<string, number> = {};
  for (const [kind, asked] of Object.entries(questions)) {
    const times: number[] = [];
    for (const question of asked) {
      const from = performance.now();
      await find(question, PAGE);
      times.push(performance.now() - from);
    }
    p50[kind] = percentile(times, 0.5);
    p99[kind] = percentile(times, 0.99);
  }
  await collectGarbage();
  return { openSeconds, resident: held().resident, p50, p99 };
}

async function quality(folders: readonly string[]): Promise<RivalQuality> {
  const scored: RivalQuality = {};
  for (const folder of folders) {
    const { name: collection, documents, queries } = readCollection(folder);
    const find = await open(
      async () => documents.map(({ id, title, text }) => ({ id, title, abstract: text, authors: '' })),
      '',
    );
    const scores = [];
    for (const { text, judgements } of queries) {
      const score = scoreRanking(await find(text, DEPTH), judgements);
      if (score !== undefined) scores.push(score);
    }
    scored[collection] = meanScores(scores)['ndcg@10'];
  }
  return scored;
}

async function readDocuments(file: string): Promise<Document[]> {
  const documents: Document[] = [];
  for await (const line of linesOf(file)) {
    const { id, title, abstract, authors } = JSON.parse(line) as BenchPaper;
    documents.push({ id, title, abstract, authors: authors.join(', ') });
  }
  return documents;
}
