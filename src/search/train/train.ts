/** Trains an embedding model on titles and abstracts. */

import { Worker } from 'node:worker_threads';
import { invalid } from '#platform/errors.ts';
import type { AppError } from '#platform/errors.ts';
import { openModel } from '../embed.ts';
import type { ModelData } from '../model-file.ts';
import { chooseWords } from './choose.ts';
import type { Corpus } from './corpus.ts';
import { quantise } from './quantise.ts';
import { scoreHeldOut } from './score.ts';
import type { Score } from './score.ts';
import { allocate } from './shared.ts';
import type { Shared } from './step.ts';
import type { Progress, ThreadData } from './thread.ts';

export interface TrainOptions {
  words: number;
  dimensions: number;
  steps: number;
  /** Pairs of texts a step; even. */
  batch: number;
  threads: number;
  seed: number;
  /** Papers at the end of the corpus that are not learnt from, but tell how good the model is; even. */
  heldOut: number;
  report: (line: string) => void;
}

/** Throws an `AppError` if there are too few papers, or the training goes astray. */
export async function train(corpus: Corpus, options: TrainOptions): Promise<{ model: ModelData; score: Score }> {
  const { dimensions, batch, threads, seed, heldOut, report } = options;
  const papers = corpus.papers - heldOut;
  if (papers < batch) {
    throw invalid(`${corpus.papers} papers are too few to learn from.`, `Give at least ${batch + heldOut}.`);
  }
  const chosen = chooseWords(corpus, options.words);
  report(`${chosen.words.length} words, ${chosen.texts.starts.at(-1)} occurrences`);
  const shared = allocate(chosen, { size: batch, dimensions, threads, seed });
  await runThreads(shared, options, papers);
  if (!shared.vectors.every(Number.isFinite)) throw diverged(options.steps);
  const model = { dimensions, words: chosen.words, ...quantise(shared.vectors, dimensions) };
  const score = scoreHeldOut(openModel(model, 'new'), chosen.texts, { from: papers, to: corpus.papers });
  return { model, score };
}

async function runThreads(
  shared: Shared,
  { threads, steps, seed, report }: TrainOptions,
  papers: number,
): Promise<void> {
  const started = performance.now();
  const workers = Array.from({ length: threads }, (_, thread) => {
    const workerData: ThreadData = { shared, thread, papers, steps, seed };
    return new Worker(new URL('thread.ts', import.meta.url), { workerData });
  });
  const finished = workers.map(async (worker) => {
    const ended = Promise.withResolvers<void>();
    worker.on('message', ({ step, loss }: Progress) => {
      if (!Number.isFinite(loss)) return ended.reject(diverged(step));
      const seconds = Math.round((performance.now() - started) / 1000);
      report(`step ${step} of ${steps}, loss ${loss.toFixed(3)}, ${seconds} s`);
    });
    worker.on('error', ended.reject);
    worker.on('exit', () => ended.resolve());
    await ended.promise;
  });
  try {
    await Promise.all(finished);
  } finally {
    // Where one has failed the others would wait for it.
    await Promise.all(workers.map(async (worker) => await worker.terminate()));
  }
}

function diverged(step: number): AppError {
  return invalid(
    `The training went astray by step ${step}: the loss is no longer a number. No model was made.`,
    'Look at the data: papers must differ in their words. Or try a smaller --batch, or another --seed.',
  );
}
