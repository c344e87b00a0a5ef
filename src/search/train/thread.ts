/** One thread of a training run. */

import { parentPort, workerData } from 'node:worker_threads';
import { barrier } from './barrier.ts';
import { sampler } from './batch.ts';
import { step } from './step.ts';
import type { Part, Shared } from './step.ts';

export interface ThreadData {
  shared: Shared;
  thread: number;
  /** The first so many papers are learnt from. */
  papers: number;
  steps: number;
  seed: number;
}

export interface Progress {
  step: number;
  /** Mean since the last report. What is no number is reported at once. */
  loss: number;
}

/** The largest that did not shake the score; rows slow down by themselves (Adagrad). */
const RATE = 0.2;
const WARM_UP = 50;
const REPORT_EVERY = 100;

/** Rises over the first steps, then falls to a twentieth at the end. */
function rateAt(number: number, steps: number): number {
  return RATE * Math.min(1, (number + 1) / WARM_UP) * Math.max(0.05, 1 - number / steps);
}

function run({ shared, thread, papers, steps, seed }: ThreadData, report: (progress: Progress) => void): void {
  const rows = shared.squares.length;
  // Boundaries are even, because products takes rows by twos.
  const bound = (index: number): number => 2 * Math.round((index * shared.size) / shared.threads / 2);
  const part: Part = {
    shared,
    thread,
    from: bound(thread),
    to: bound(thread + 1),
    wait: barrier(shared.barrier, shared.threads),
    counts: new Uint16Array(rows),
    rowGradients: new Float32Array(Math.ceil(rows / shared.threads) * shared.dimensions),
  };
  const next = sampler(papers, shared.size, seed);
  let loss = 0;
  for (let number = 0; number < steps; number++) {
    loss += step(part, { ...next(), seed: seed + number, rate: rateAt(number, steps) }) / REPORT_EVERY;
    if ((number + 1) % REPORT_EVERY !== 0 && Number.isFinite(loss)) continue;
    report({ step: number + 1, loss });
    loss = 0;
  }
}

const data = workerData as ThreadData;
run(data, (progress) => {
  if (data.thread === 0) parentPort?.postMessage(progress);
});
