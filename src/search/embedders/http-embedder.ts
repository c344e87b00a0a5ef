/** A model on a server that speaks OpenAI's embeddings protocol. */

import type { Embedder } from '../embedder.ts';
import { readVectors } from './answer.ts';
import { askEndpoint, failed } from './endpoint.ts';
import type { Endpoint, Patience } from './endpoint.ts';
import { workInLanes } from './lanes.ts';
import { intoRequests, LONGEST_TEXT, sendInParts } from './parts.ts';
import type { Sent, Server } from './parts.ts';
import { nameOf, textOf } from './spec.ts';

/** Enough to keep a distant server busy; a near one queues what it cannot do at once. */
const LANES = 4;
/** Papers that are kept together: what a stop loses, and pays for twice. */
const BATCH = 256;

export function createHttpEmbedder(endpoint: Endpoint): Embedder {
  const { spec, log } = endpoint;
  const name = nameOf(spec);
  const known = { dimensions: spec.dimensions, longest: LONGEST_TEXT };

  function check(vectors: Float32Array[] | string): Float32Array[] {
    if (typeof vectors === 'string') throw failed(spec, vectors);
    const made = vectors[0]?.length;
    if (known.dimensions !== undefined && made !== known.dimensions)
      throw failed(spec, wrongLength(made, known.dimensions, spec.dimensions !== undefined));
    known.dimensions = made;
    return vectors;
  }

  function serverFor(patience: Patience, signal: AbortSignal | undefined): Server {
    return {
      async send(texts): Promise<Sent> {
        const reply = await askEndpoint(endpoint, texts, patience, signal);
        return 'refused' in reply ? reply : { vectors: check(readVectors(reply.json, texts.length)) };
      },
      get longest() {
        return known.longest;
      },
      set longest(length) {
        known.longest = length;
        log.info({ model: name, characters: length }, 'the model server takes shorter texts only; longer ones are cut');
      },
      giveUp(text, reason) {
        log.warn({ model: name, text: text.slice(0, 80), reason }, 'the model server makes no vector of one text');
        return new Float32Array(known.dimensions ?? 0);
      },
      refuse(reason) {
        throw failed(spec, reason);
      },
    };
  }

  return {
    name,
    batch: BATCH,
    async encode(items, signal) {
      const patience = items.every((item) => typeof item === 'string') ? 'question' : 'papers';
      const texts = items.map((item) => textOf(spec, item));
      const requests = intoRequests(texts.filter((text) => text !== ''));
      const answers: Float32Array[][] = Array.from({ length: requests.length });
      await workInLanes(requests, { lanes: LANES, signal }, async (request, place, either) => {
        answers[place] = await sendInParts(serverFor(patience, either), request);
      });
      const vectors = answers.flat().values();
      // What has no text is not asked for, because most servers refuse it.
      return texts.map(
        (text) => (text === '' ? undefined : vectors.next().value) ?? new Float32Array(known.dimensions ?? 0),
      );
    },
  };
}

function wrongLength(made: number | undefined, expected: number, isAskedFor: boolean): string {
  return isAskedFor
    ? `vectors of ${made} numbers came where EMBEDDINGS_DIMENSIONS asks for ${expected}; leave it empty if the model has one length only`
    : `vectors of ${made} numbers came after some of ${expected}; it has another model under the same name now, which needs a name of its own in EMBEDDINGS_MODEL`;
}
