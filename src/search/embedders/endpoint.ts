/** One request to a model server, sent again where that makes sense. */

import type { Clock } from '#platform/clock.ts';
import { AppError } from '#platform/errors.ts';
import { readBody } from '#platform/http/read-body.ts';
import { backoff, networkFailure, retryAfter } from '#platform/http/retry.ts';
import type { Log } from '#platform/log.ts';
import type { RemoteModel } from './spec.ts';
import { explainStatus, wordsOf } from './status-words.ts';

export interface Endpoint {
  spec: RemoteModel;
  /** Empty if the server asks for none. */
  key: string;
  fetch: typeof fetch;
  clock: Clock;
  log: Log;
  /** From the first byte sent to the last one received. */
  milliseconds?: number;
}

/** `refused`: the server's words where it finds the texts too many or too long. */
export type Reply = { json: unknown } | { refused: string };

/** Somebody waits for the answer to a question; the papers have time. */
export type Patience = 'question' | 'papers';

/** 32 abstracts take a model of 300 million parameters on a small machine without graphics card half a minute. */
const REQUEST_MS = 120_000;
const TRIES: Record<Patience, number> = { question: 1, papers: 5 };
/** A connection that was closed while it was idle is no bad sign: the next one works, for a reader too. */
const TRIES_OF_A_LOST_CONNECTION: Record<Patience, number> = { question: 2, papers: 5 };
/** Offline, no such host, refused: much the same in a minute. */
const TRIES_IN_VAIN: Record<Patience, number> = { question: 1, papers: 2 };
/** With five tries a request is given up after some fifteen seconds of waiting, and the job comes back later. */
const FIRST_BACKOFF_MS = 1_000;
/** Longer pauses that a server asks for are left to the job's next run. */
const LONGEST_PAUSE_MS = 120_000;
/** 32 vectors of 4096 numbers with 20 characters each are 3 MB. */
const LARGEST_ANSWER = 32_000_000;

interface Failure {
  reason: string;
  tries: number;
  pause?: number | undefined;
}

/** Rejects with an AppError that names the server and never the key, or with the signal's reason. */
export async function askEndpoint(
  endpoint: Endpoint,
  input: readonly string[],
  patience: Patience,
  signal?: AbortSignal,
): Promise<Reply> {
  const { clock, log, spec } = endpoint;
  for (let attempt = 1; ; attempt += 1) {
    const outcome = await tryOnce(endpoint, input, patience, signal);
    if (!('reason' in outcome)) return outcome;
    const { reason, tries, pause = backoff(attempt, FIRST_BACKOFF_MS) } = outcome;
    if (attempt >= tries) throw failed(spec, `${reason}${attempt > 1 ? `, after ${attempt} tries` : ''}`);
    if (pause > LONGEST_PAUSE_MS)
      throw failed(spec, `${reason} and wants to be left alone for ${Math.ceil(pause / 60_000)} minutes`);
    log.debug({ server: placeOf(spec), reason, attempt }, 'the model server did not answer; trying again');
    await clock.sleep(pause, signal);
  }
}

async function tryOnce(
  endpoint: Endpoint,
  input: readonly string[],
  patience: Patience,
  signal: AbortSignal | undefined,
): Promise<Reply | Failure> {
  const { spec, key, clock, milliseconds = REQUEST_MS } = endpoint;
  const timeout = AbortSignal.timeout(milliseconds);
  try {
    const response = await endpoint.fetch(spec.url, {
      method: 'POST',
      redirect: 'manual',
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
      headers: {
        'content-type': 'application/json',
        accept: 'application/json',
        ...(key === '' ? {} : { authorization: `Bearer ${key}` }),
      },
      body: JSON.stringify({
        model: spec.model,
        input,
        ...(spec.dimensions === undefined ? {} : { dimensions: spec.dimensions }),
      }),
    });
    const text = new TextDecoder().decode(await readBody(response, LARGEST_ANSWER, placeOf(spec)));
    if (response.ok) return { json: parse(spec, text, response.headers.get('content-type')) };
    const words = wordsOf(text, key);
    const meaning = explainStatus(response.status, words, key !== '');
    if (meaning.kind === 'refused') return { refused: meaning.reason };
    if (meaning.kind === 'hopeless') throw failed(spec, meaning.reason);
    const pause = retryAfter(response.headers.get('retry-after'), clock.now());
    return { reason: meaning.reason, tries: TRIES[patience], pause };
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof AppError) throw error;
    if ((error as Error).name === 'TimeoutError')
      return { reason: `it gave no complete answer within ${milliseconds / 1000} s`, tries: TRIES[patience] };
    const { reason, passing } = networkFailure(error);
    return {
      reason: `the connection failed (${reason})`,
      tries: (passing ? TRIES_OF_A_LOST_CONNECTION : TRIES_IN_VAIN)[patience],
    };
  }
}

function parse(spec: RemoteModel, text: string, type: string | null): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw failed(spec, `it answered no JSON but ${type ?? 'something'}; is EMBEDDINGS_URL its address?`, cause);
  }
}

/** Without the query of the address, in which some services have their key. */
function placeOf({ url }: RemoteModel): string {
  const { origin, pathname } = new URL(url);
  return `${origin}${pathname}`;
}

export function failed(spec: RemoteModel, reason: string, cause?: unknown): AppError {
  return new AppError(
    'upstream',
    `The model server ${placeOf(spec)} made no vectors: ${reason}.`,
    cause === undefined ? {} : { cause },
  );
}
