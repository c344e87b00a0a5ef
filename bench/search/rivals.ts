/** MiniSearch and Orama beside ours: the same papers and questions, each in a process of its own, without HTTP. */

import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { runScript } from '../command.ts';
import { amount, forComparison } from '../figure.ts';
import type { Figure } from '../figure.ts';
import type { RivalLatency, RivalQuality } from './rival.ts';
import type { Kind } from './questions.ts';
import type { SearchBench } from './search-bench.ts';

const COLLECTIONS = ['../shared/ir/cacm', '../shared/ir/cranfield'];
const NAMES = ['Broadsheet', 'MiniSearch', 'Orama'];
const ASKED: Kind[] = ['short', 'long', 'two common words', 'known item'];
/**
 * Where all three answer in reasonable time. Over 100 000 papers MiniSearch takes a minute to build its index and 1.8 s
 * for a long question, so it is asked little there; Orama, which takes 38 s for one, is not asked at all.
 */
const FEW_PAPERS = { papers: 10_000, questions: 25, names: NAMES };
const MANY_PAPERS = { papers: 100_000, questions: 8, names: ['Broadsheet', 'MiniSearch'] };

export async function measure(search: SearchBench): Promise<Figure[]> {
  return [...(await latency(search, FEW_PAPERS)), ...(await latency(search, MANY_PAPERS)), ...(await quality())];
}

async function latency(
  { bench, corpus, questions }: SearchBench,
  { papers, questions: count, names }: typeof FEW_PAPERS,
): Promise<Figure[]> {
  const made = await corpus.sized(papers);
  if (made === undefined) {
    return [forComparison(`others’ libraries, ${amount(papers)} papers`, `skipped: there are ${amount(corpus.size)}`)];
  }
  const folder = await bench.folder();
  const file = join(folder, 'questions.json');
  await writeFile(
    file,
    JSON.stringify(Object.fromEntries(ASKED.map((kind) => [kind, questions[kind].slice(0, count).map(({ q }) => q)]))),
  );
  const figures: Figure[] = [];
  for (const name of names) {
    const output = await runScript('bench/search/rival.ts', [name, 'latency', made.folder, made.file, file]);
    const { openSeconds, resident, p50, p99 } = JSON.parse(output) as RivalLatency;
    const waits = ASKED.map((kind) => `${kind} ${amount(p50[kind] ?? 0)}/${amount(p99[kind] ?? 0)}`).join(', ');
    figures.push(
      forComparison(
        `${name}, ${amount(papers)} papers, one process without HTTP: p50/p99 in ms`,
        `${waits}; ready after ${amount(openSeconds)} s, ${amount(resident)} MB`,
      ),
    );
  }
  return figures;
}

async function quality(): Promise<Figure[]> {
  const absent = COLLECTIONS.filter((folder) => !existsSync(folder));
  if (absent.length > 0) return [forComparison('nDCG@10', `skipped: ${absent.join(', ')} not here`)];
  const ours = JSON.parse(await runScript('bench/eval.ts', [...COLLECTIONS, '--json'])) as {
    collection: string;
    hybrid: { 'ndcg@10': number };
  }[];
  const scores: Record<string, RivalQuality> = {
    Broadsheet: Object.fromEntries(ours.map(({ collection, hybrid }) => [collection, hybrid['ndcg@10']])),
  };
  for (const name of NAMES.slice(1)) {
    scores[name] = JSON.parse(
      await runScript('bench/search/rival.ts', [name, 'quality', ...COLLECTIONS]),
    ) as RivalQuality;
  }
  return NAMES.map((name) =>
    forComparison(
      `${name}: nDCG@10`,
      COLLECTIONS.map((folder) => `${basename(folder)} ${scores[name]?.[basename(folder)]?.toFixed(3)}`).join(', '),
    ),
  );
}
