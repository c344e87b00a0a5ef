/** Questions to a model that may be slow or away: a reader waits a moment for it, and the next readers not at all. */

import type { Clock } from '#platform/clock.ts';
import { AppError } from '#platform/errors.ts';
import type { Embedder } from '../embedder.ts';

export interface QuestionLimits {
  /** A question that takes longer goes by words alone. Distant services mostly answer in 0.1 to 0.5 s. */
  milliseconds: number;
  /** How long nobody asks after a failure. */
  pause: number;
  /** Vectors that are kept for the next page of a search and for its filters; 3 MB of the longest in use. */
  kept: number;
}

const LIMITS: QuestionLimits = { milliseconds: 1_500, pause: 30_000, kept: 200 };

/** The same embedder for single questions, which either come back soon or throw an AppError. */
export function forQuestions(embedder: Embedder, clock: Clock, limits: Partial<QuestionLimits> = {}): Embedder {
  const { milliseconds, pause, kept } = { ...LIMITS, ...limits };
  const known = new Map<string, Float32Array>();
  let silentUntil = 0;

  async function ask(text: string): Promise<Float32Array> {
    if (clock.now() < silentUntil)
      throw new AppError('upstream', `The model ${embedder.name} failed a moment ago and is not asked now.`);
    // After a pause one question tries it, and the others go on as if it were still away.
    if (silentUntil > 0) silentUntil = clock.now() + pause;
    try {
      const [vector] = await within(
        milliseconds,
        embedder.name,
        async (signal) => await embedder.encode([text], signal),
      );
      silentUntil = 0;
      return vector ?? new Float32Array(0);
    } catch (error) {
      silentUntil = clock.now() + pause;
      throw error;
    }
  }

  return {
    ...embedder,
    async encode(items, signal) {
      const [text] = items;
      if (items.length !== 1 || typeof text !== 'string') return await embedder.encode(items, signal);
      const vector = known.get(text) ?? (await ask(text));
      // The one that was used least recently leaves first.
      known.delete(text);
      known.set(text, vector);
      const [oldest] = known.keys();
      if (known.size > kept && oldest !== undefined) known.delete(oldest);
      return [vector];
    },
  };
}

/** Rejects when the time is over, even if `work` does not heed its signal. */
async function within<T>(milliseconds: number, model: string, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const over = new AbortController();
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    reject(
      new AppError('upstream', `The model ${model} gave no vector of a question within ${milliseconds / 1000} s.`),
    );
    over.abort();
  }, milliseconds);
  const working = work(over.signal);
  working.catch(() => undefined); // when it fails after the time is over, that has been told
  try {
    return await Promise.race([working, promise]);
  } finally {
    clearTimeout(timer);
  }
}
