/** The index of vectors by itself: how fast it is loaded and asked, how much of the nearest it finds, and how papers get in. */

import { encode, loadModel } from '#search/embed.ts';
import type { Model } from '#search/embed.ts';
import { createApp } from '#app.ts';
import { readConfig } from '#platform/config.ts';
import { followVectors } from '#search/vectors/live-vectors.ts';
import { dropEmbeddings, embedDue } from '#search/vectors/embed-due.ts';
import { cosines, nearest } from '#search/vectors/nearest.ts';
import type { VectorIndex } from '#search/vectors/vector-index.ts';
import { amount, atLeast, atMost, forComparison, median } from '../figure.ts';
import type { Figure } from '../figure.ts';
import type { BenchPaper } from './corpus.ts';
import type { SearchBench } from './search-bench.ts';

/** Questions whose nearest papers are also found the slow way, by all cosines. */
const CHECKED = 50;
const LOAD_TARGET = 300;
/** Abstracts a second on one core. */
const ENCODING_TARGET = 20_000;
const ENCODING_ROUNDS = 10;

export async function measure({ bench, corpus, questions }: SearchBench): Promise<Figure[]> {
  await using app = await createApp(readConfig({ DATA_DIR: await bench.database(), LOG_LEVEL: 'warn' }));
  const { embedder } = app.shipped();
  if (embedder === undefined) throw new Error('There is no embedding model to measure.');
  await dropEmbeddings(app.db, embedder.name);
  const started = performance.now();
  const embedded = await embedDue({ db: app.db, embedder });
  const rate = embedded / ((performance.now() - started) / 1000);
  const loads: { ms: number; stall: number }[] = [];
  let index: VectorIndex | undefined;
  for (let time = 0; time < bench.times; time += 1) {
    const stalls = watchStalls();
    const begun = performance.now();
    index = await followVectors(app.db, embedder.name).current();
    loads.push({ ms: performance.now() - begun, stall: stalls.longest() });
  }
  if (index === undefined) throw new Error('There are no vectors.');
  const vectors = await embedder.encode([...questions.short, ...questions.long].map(({ q }) => q));
  return [
    ...encodingOf(corpus.sample),
    forComparison('papers embedded and stored, with the shipped model', `${amount(rate)} papers/s`),
    atMost(
      `vectors of ${amount(index.count)} papers loaded from the database`,
      median(loads.map(({ ms }) => ms)),
      LOAD_TARGET,
      'ms',
      `; in steps of at most ${amount(median(loads.map(({ stall }) => stall)))} ms`,
    ),
    ...timesOf(index, vectors),
    ...recallOf(index, vectors.slice(0, CHECKED)),
  ];
}

/** By the processor time of this thread alone, so that what else the machine does counts little. */
function encodingOf(papers: readonly BenchPaper[]): Figure[] {
  const model = loadModel();
  const abstracts = papers.map(({ abstract }) => ({ title: '', abstract }));
  return [
    atLeast(
      'abstracts encoded on one core, the fastest of ten rounds',
      rateOf(model, abstracts),
      ENCODING_TARGET,
      '/s',
    ),
    forComparison('titles and abstracts together', `${amount(rateOf(model, papers))} /s`),
  ];
}

function rateOf(model: Model, texts: readonly { title: string; abstract: string }[]): number {
  const out = new Float32Array(model.dimensions);
  const rounds = Array.from({ length: ENCODING_ROUNDS }, () => {
    const begun = process.threadCpuUsage();
    for (const text of texts) encode(model, text, out);
    const { user, system } = process.threadCpuUsage(begun);
    return (user + system) / 1e6;
  });
  return texts.length / Math.min(...rounds);
}

/** How long the event loop was not free. */
function watchStalls(): { longest(): number } {
  let worst = 0;
  let last = performance.now();
  const look = (): void => {
    worst = Math.max(worst, performance.now() - last);
    last = performance.now();
  };
  const timer = setInterval(look, 1);
  return {
    longest() {
      look();
      clearInterval(timer);
      return worst;
    },
  };
}

function timesOf(index: VectorIndex, vectors: readonly Float32Array[]): Figure[] {
  const accepting = (every: number) =>
    Uint8Array.from({ length: index.places.length }, (_, seq) => (seq % every === 0 ? 1 : 0));
  const filters = [
    ['of all', undefined],
    ['of a tenth', accepting(10)],
    ['of a thousandth', accepting(1000)],
  ] as const;
  return filters.map(([which, accepted]) => {
    const ms = vectors.map((vector) => {
      const begun = performance.now();
      nearest(index, vector, 100, accepted);
      return performance.now() - begun;
    });
    return forComparison(`the nearest 100 ${which}, p50`, `${median(ms).toFixed(2)} ms`);
  });
}

function recallOf(index: VectorIndex, vectors: readonly Float32Array[]): Figure[] {
  const seqs = Int32Array.from(index.seqs.subarray(0, index.count));
  const truths = vectors.map((vector) => {
    const exact = cosines(index, vector, seqs);
    const all = Array.from(seqs, (seq, at) => ({ seq, cosine: exact[at] as number }));
    return all.toSorted((a, b) => b.cosine - a.cosine || b.seq - a.seq).map(({ seq }) => seq);
  });
  const recall = (depth: number): number => {
    const found = vectors.map((vector, at) => {
      const wanted = new Set(truths[at]?.slice(0, depth));
      return nearest(index, vector, depth).filter((seq) => wanted.has(seq)).length / wanted.size;
    });
    return (100 * found.reduce((sum, part) => sum + part, 0)) / found.length;
  };
  return [
    atLeast('of the nearest 10 by exact cosines, found', recall(10), 99, '%'),
    forComparison('of the nearest 100 and 1,000', `${recall(100).toFixed(1)} %, ${recall(1000).toFixed(1)} %`),
  ];
}
