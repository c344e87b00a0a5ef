/**
 * Searching a hundred thousand papers: waits, load, memory, start, known items, growth, and others’ libraries beside
 * it. `npm run bench:search [-- --only PART]`; the parts are below.
 */

import type { Bench } from './bench.ts';
import type { Figure } from './figure.ts';
import { openCorpus } from './search/corpus.ts';
import { drawQuestions } from './search/questions.ts';
import type { SearchBench } from './search/search-bench.ts';

const parts: Record<string, () => Promise<{ measure(bench: SearchBench): Promise<Figure[]> }>> = {
  latency: () => import('./search/latency.ts'),
  mixed: () => import('./search/mixed.ts'),
  known: () => import('./search/known.ts'),
  memory: () => import('./search/memory.ts'),
  start: () => import('./search/start.ts'),
  vectors: () => import('./search/vectors.ts'),
  rivals: () => import('./search/rivals.ts'),
  growth: () => import('./search/growth.ts'),
};

/** Of each kind: a p99 of as many is the third worst. */
const QUESTIONS = 300;

export async function measure(bench: Bench): Promise<Figure[]> {
  const names = bench.only.length > 0 ? bench.only : Object.keys(parts);
  const unknown = names.filter((name) => !(name in parts));
  if (unknown.length > 0) {
    throw new Error(`The search bench has no part ${unknown.join(', ')}; it has ${Object.keys(parts).join(', ')}.`);
  }
  const corpus = await openCorpus(bench);
  const search: SearchBench = { bench, corpus, questions: drawQuestions(corpus.sample, QUESTIONS) };
  const figures: Figure[] = [];
  for (const name of names) {
    process.stderr.write(`measuring search: ${name} …\n`);
    const started = performance.now();
    const part = await parts[name]?.();
    figures.push(...((await part?.measure(search)) ?? []));
    process.stderr.write(`  took ${((performance.now() - started) / 1000).toFixed(0)} s\n`);
  }
  return figures;
}
