/** A model server of its own for a test file, and an embedder that asks it. */

import assert from 'node:assert/strict';
import { after, before, beforeEach } from 'node:test';
import { manualClock } from '#platform/clock.ts';
import { createLog } from '#platform/log.ts';
import { createHttpEmbedder } from '#search/embedders/http-embedder.ts';
import { endpointOf } from '#search/embedders/spec.ts';
import type { RemoteModel } from '#search/embedders/spec.ts';
import { startModelServer } from './model-server.ts';
import type { ModelServer } from './model-server.ts';

/** Nobody may ever read it. */
export const KEY = 'sk-hunter2';
const NOON = Date.parse('2026-01-06T12:00:00Z');

/** For a call at the top of a test file. `server` is there when its tests run, and has forgotten the test before. */
export function askedModel() {
  let server: ModelServer;
  before(async () => {
    server = await startModelServer();
  });
  after(async () => await server[Symbol.asyncDispose]());
  beforeEach(() => {
    server.requests.length = 0;
    server.faults.length = 0;
    server.rule = undefined;
  });
  return { server: () => server, set: (spec: Partial<RemoteModel> = {}, more: Asking = {}) => set(server, spec, more) };
}

interface Asking {
  key?: string;
  milliseconds?: number;
}

/** `waited`: seconds, by a clock that takes no time. */
function set(server: ModelServer, spec: Partial<RemoteModel>, { key = KEY, milliseconds = 5_000 }: Asking) {
  const lines: string[] = [];
  const clock = manualClock(NOON);
  const embedder = createHttpEmbedder({
    spec: {
      kind: 'remote',
      url: endpointOf(server.url),
      model: 'words',
      dimensions: undefined,
      paperPrefix: '',
      questionPrefix: '',
      ...spec,
    },
    key,
    fetch,
    clock,
    log: createLog({ level: 'debug', format: 'json' }, { write: (line) => void lines.push(line) }),
    milliseconds,
  });
  return { embedder, lines, waited: () => (clock.now() - NOON) / 1000 };
}

export const paper = (title: string) => ({ title, abstract: '' });
export const papers = (count: number) => Array.from({ length: count }, (_, number) => paper(`Paper ${number} of many`));
/** Fails the test if it succeeds, or if the key comes up. */
export async function failureOf(promise: Promise<unknown>): Promise<Error & { kind?: string }> {
  const error = await promise.then(
    () => assert.fail('it should have failed'),
    (reason: unknown) => reason as Error,
  );
  assert.doesNotMatch(`${error.message} ${String(error.cause)}`, /hunter2/);
  return error;
}
