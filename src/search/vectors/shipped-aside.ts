/** The model that comes with the program, in a thread of its own: papers are read there while others are written here. */

import { Worker } from 'node:worker_threads';
import { AppError } from '#platform/errors.ts';
import type { ReadPapers } from '../read-papers.ts';
import type { Greeting, Request } from './shipped-thread.ts';
import type { Shipped } from './shipped.ts';

/** MB of V8's heap. A batch of usual papers takes a few; one of papers with thousands of authors still fits. */
const HEAP = { maxOldGenerationSizeMb: 512, maxYoungGenerationSizeMb: 12 };

/** Code that was compiled before is kept on the disk, for a thread only if it asks: 0.15 s and 20 MB. */
const START = `require('node:module').enableCompileCache();
  import(${JSON.stringify(new URL('shipped-thread.ts', import.meta.url).href)})`;

interface Waiting {
  resolve: (answer: unknown) => void;
  reject: (error: unknown) => void;
}

export interface ShippedAside extends AsyncDisposable {
  shipped: Shipped;
}

/**
 * Starts the thread and waits until the model is loaded there. Whoever waits for an answer when the thread ends, or asks
 * later, gets an error that says so.
 */
export async function openShippedAside(): Promise<ShippedAside> {
  const thread = new Worker(START, { eval: true, resourceLimits: HEAP });
  const waiting: Waiting[] = [];
  let ended: unknown;

  const next = async <Answer>(): Promise<Answer> =>
    (await new Promise<unknown>((resolve, reject) => {
      if (ended === undefined) waiting.push({ resolve, reject });
      else reject(ended);
    })) as Answer;
  const ask = async <Answer>(request: Request): Promise<Answer> => {
    thread.postMessage(request);
    return await next<Answer>();
  };
  const end = (cause?: unknown) => {
    ended ??= new AppError('upstream', 'The thread that reads papers for the search ended.', {
      cause,
      hint: cause instanceof Error ? cause.message : 'Repeat the command to go on.',
    });
    for (const { reject } of waiting.splice(0)) reject(ended);
  };
  thread.on('message', (answer: unknown) => waiting.shift()?.resolve(answer));
  thread.on('error', end);
  thread.on('exit', () => end());

  const greeting = await next<Greeting>();
  const shipped: Shipped =
    'problem' in greeting
      ? greeting
      : {
          embedder: {
            name: greeting.name,
            encode: async (texts) => await ask<Float32Array[]>({ texts }),
            readPapers: async (papers) => await ask<ReadPapers>({ papers }),
          },
        };
  return { shipped, [Symbol.asyncDispose]: async () => void (await thread.terminate()) };
}
