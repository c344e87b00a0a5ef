/** A thread that `shipped-aside.ts` starts: reads papers with the model of the release, one request after another. */

import { parentPort } from 'node:worker_threads';
import { encode, encodeStems } from '../embed.ts';
import type { Embeddable } from '../embedder.ts';
import { readPapers } from '../read-papers.ts';
import type { DueText } from '../read-papers.ts';
import { loadOrSay } from './shipped.ts';

/** First the model, or what is wrong with it. Then each request is answered, in their order. */
export type Greeting = { name: string } | { problem: string };
export type Request = { papers: readonly DueText[] } | { texts: readonly Embeddable[] };

function run(port: NonNullable<typeof parentPort>): void {
  const { model, problem } = loadOrSay();
  port.postMessage((model ? { name: model.name } : { problem }) satisfies Greeting);
  if (model === undefined) return;
  port.on('message', (request: Request) => {
    if ('texts' in request) return port.postMessage(request.texts.map((text) => encode(model, text)));
    const read = readPapers(request.papers, (stems) => encodeStems(model, stems));
    // Handed over, not copied.
    port.postMessage(read, [
      read.terms.buffer,
      read.lengths.buffer,
      read.hashes.buffer,
      read.vectors.buffer,
    ] as ArrayBuffer[]);
  });
}

if (parentPort) run(parentPort);
