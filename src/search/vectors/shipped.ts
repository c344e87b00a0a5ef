/** The model that comes with the program, as an `Embedder`; or what is wrong with its file. */

import { setImmediate } from 'node:timers/promises';
import { AppError } from '#platform/errors.ts';
import type { Log } from '#platform/log.ts';
import { encode, encodeStems, loadModel } from '../embed.ts';
import type { Model } from '../embed.ts';
import type { Embedder } from '../embedder.ts';
import { readPapers } from '../read-papers.ts';

export type Shipped = { embedder: Embedder; problem?: undefined } | { embedder?: undefined; problem: string };

/** Texts at a time, some 15 ms, after which other requests have their turn. */
const SLICE = 256;

/** Reads the file when it is first called, which takes some 30 ms, and never again. By default the file of the release. */
export function openShipped(file?: string): () => Shipped {
  let shipped: Shipped | undefined;
  return () => (shipped ??= load(file));
}

/** The embedder where there is one; where not, the problem is told in the log, once. */
export function usable(shipped: () => Shipped, log: Log): () => Embedder | undefined {
  let isTold = false;
  return () => {
    const { embedder, problem } = shipped();
    if (problem !== undefined && !isTold) log.warn(`${problem} Until then papers are found by their words alone.`);
    isTold = true;
    return embedder;
  };
}

function load(file: string | undefined): Shipped {
  const { model, problem } = loadOrSay(file);
  return model === undefined ? { problem } : { embedder: embedderOf(model) };
}

export function loadOrSay(
  file?: string,
): { model: Model; problem?: undefined } | { model?: undefined; problem: string } {
  try {
    return { model: loadModel(file) };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { problem: [error.message, error.hint].filter(Boolean).join(' ') };
  }
}

export function embedderOf(model: Model): Embedder {
  return {
    name: model.name,
    async encode(texts, signal) {
      // Pieces of one array: a thousand small ones are as many pieces of memory to find and to free.
      const all = new Float32Array(texts.length * model.dimensions);
      const vectors = texts.map((_, at) => all.subarray(at * model.dimensions, (at + 1) * model.dimensions));
      for (const [at, text] of texts.entries()) {
        if (at > 0 && at % SLICE === 0) await setImmediate();
        signal?.throwIfAborted();
        encode(model, text, vectors[at]);
      }
      return vectors;
    },
    readPapers: async (papers) => readPapers(papers, (stems) => encodeStems(model, stems)),
  };
}
