/** Loads transformers.js, which is there only if the operator has installed it, and a model through it. */

import { join } from 'node:path';
import { AppError } from '#platform/errors.ts';
import type { Log } from '#platform/log.ts';

/** As much of transformers.js as is needed; its types are not there where it is not installed. */
export interface TransformersLibrary {
  env: { cacheDir: string | null; localModelPath: string };
  pipeline(task: 'feature-extraction', model: string, options: { dtype: string }): Promise<Extractor>;
}

export type Extractor = (
  texts: string[],
  options: { pooling: string },
) => Promise<{ dims: number[]; data: ArrayLike<number> }>;

const PACKAGE: string = '@huggingface/transformers';
/**
 * npm leaves out what our package.json calls an optional peer unless told that it is a dependency, and the library's
 * install script fetches what only NVIDIA's cards need.
 */
const INSTALL = `npm install --no-save --save-prod --ignore-scripts ${PACKAGE}`;

export interface ExtractorOptions {
  model: string;
  dtype: string;
  /** The models lie in its folder `models`. */
  dataDir: string;
  log: Log;
  /** Tests give their own. */
  load?: (() => Promise<TransformersLibrary>) | undefined;
}

/** Nothing is loaded before the first call; a failure to load is tried anew with the next one. */
export function openExtractor(options: ExtractorOptions): () => Promise<Extractor> {
  let opening: Promise<Extractor> | undefined;
  return async () => {
    opening ??= open(options);
    try {
      return await opening;
    } catch (error) {
      opening = undefined;
      throw error;
    }
  };
}

async function open({ model, dtype, dataDir, log, load = loadLibrary }: ExtractorOptions): Promise<Extractor> {
  const library = await load();
  // The same folder for what is fetched and what the operator puts there: both lie under the model's name.
  library.env.cacheDir = library.env.localModelPath = join(dataDir, 'models');
  log.info({ model }, 'loading the model; the first time it is fetched from Hugging Face');
  try {
    return await library.pipeline('feature-extraction', model, { dtype });
  } catch (cause) {
    throw new AppError('upstream', `The model ${model} cannot be loaded by transformers.js: ${firstLine(cause)}`, {
      cause,
      hint: `Its files are looked for on Hugging Face and in ${join(dataDir, 'models', model)}.`,
    });
  }
}

async function loadLibrary(): Promise<TransformersLibrary> {
  try {
    return (await import(PACKAGE)) as TransformersLibrary;
  } catch (cause) {
    const isMissing = (cause as { code?: string }).code === 'ERR_MODULE_NOT_FOUND';
    throw new AppError(
      'invalid',
      isMissing
        ? `EMBEDDINGS_MODEL asks for a model of transformers.js, and ${PACKAGE} is not installed: ${INSTALL}`
        : `${PACKAGE} is installed but does not start: ${firstLine(cause)}`,
      { cause },
    );
  }
}

function firstLine(error: unknown): string {
  return String((error as Error).message).split('\n')[0] ?? '';
}
