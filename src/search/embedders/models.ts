/** The models that this installation can use: the configured one, the shipped one, and those that it used before. */

import type { Clock } from '#platform/clock.ts';
import type { Config } from '#platform/config.ts';
import type { Log } from '#platform/log.ts';
import type { Embedder } from '../embedder.ts';
import { createHttpEmbedder } from './http-embedder.ts';
import { forQuestions } from './questions.ts';
import { earlierSpec, nameOf, specOf } from './spec.ts';
import type { ModelSpec } from './spec.ts';
import { createTransformersEmbedder } from './transformers-embedder.ts';
import type { TransformersLibrary } from './transformers-library.ts';

export interface Models {
  /** The one that the configuration asks for; undefined only where that is the shipped one and its file is damaged. */
  wanted(): Embedder | undefined;
  wantsShipped: boolean;
  /** The shipped one if one of these names is its name. */
  shippedAmong(names: readonly string[]): Embedder | undefined;
  /** The one whose vectors are kept under a name; undefined if it cannot encode questions any more. */
  named(name: string): Embedder | undefined;
}

export interface ModelsOptions {
  config: Config;
  clock: Clock;
  log: Log;
  fetch: typeof fetch;
  shipped: () => Embedder | undefined;
  /** Instead of transformers.js, for tests. */
  library?: () => Promise<TransformersLibrary>;
}

/** What the names of all shipped models begin with, those of other releases included. */
const SHIPPED = 'broadsheet-';

/** Nothing is loaded or asked before a model is used. */
export function openModels(options: ModelsOptions): Models {
  const { config, shipped } = options;
  const opened = new Map<string, Embedder>();
  const spec = specOf(config);

  function open(wanted: ModelSpec): Embedder {
    const name = nameOf(wanted);
    const embedder = opened.get(name) ?? createEmbedder(wanted, options);
    opened.set(name, embedder);
    return embedder;
  }

  function shippedAmong(names: readonly string[]): Embedder | undefined {
    // Where it has nothing to do it is not loaded, and nobody hears that its file is damaged.
    const embedder = names.some((name) => name.startsWith(SHIPPED)) ? shipped() : undefined;
    return embedder !== undefined && names.includes(embedder.name) ? embedder : undefined;
  }

  return {
    wanted: () => (spec === undefined ? shipped() : open(spec)),
    wantsShipped: spec === undefined,
    shippedAmong,
    named(name) {
      if (spec !== undefined && nameOf(spec) === name) return open(spec);
      const earlier = earlierSpec(name, config);
      if (earlier !== undefined) return open(earlier);
      return shippedAmong([name]);
    },
  };
}

function createEmbedder(spec: ModelSpec, { config, clock, log, fetch, library }: ModelsOptions): Embedder {
  const embedder =
    spec.kind === 'remote'
      ? createHttpEmbedder({ spec, key: config.EMBEDDINGS_KEY, fetch, clock, log })
      : createTransformersEmbedder({ spec, dataDir: config.DATA_DIR, log, ...(library ? { load: library } : {}) });
  return forQuestions(embedder, clock);
}
