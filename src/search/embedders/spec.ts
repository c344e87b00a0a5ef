/** Which model the configuration asks for, and the name under which its vectors are kept. */

import type { Config } from '#platform/config.ts';
import type { Embeddable } from '../embedder.ts';

/** A model on another machine, or one of transformers.js; undefined in their place means the shipped one. */
export type ModelSpec = RemoteModel | LocalModel;

interface Prefixes {
  /** What the model wants before a text, without the space that follows it; mostly empty. */
  paperPrefix: string;
  questionPrefix: string;
}

export interface RemoteModel extends Prefixes {
  kind: 'remote';
  /** Full address of the endpoint. */
  url: string;
  model: string;
  /** Asked for with each request; undefined leaves it to the model. */
  dimensions: number | undefined;
}

export interface LocalModel extends Prefixes {
  kind: 'local';
  /** As in the configuration: `transformers:NAME?OPTIONS`. */
  model: string;
}

export const LOCAL = 'transformers:';

export function specOf(config: Config): ModelSpec | undefined {
  const model = config.EMBEDDINGS_MODEL;
  const prefixes = { paperPrefix: config.EMBEDDINGS_PAPER_PREFIX, questionPrefix: config.EMBEDDINGS_QUERY_PREFIX };
  if (model.startsWith(LOCAL)) return { kind: 'local', model, ...prefixes };
  if (config.EMBEDDINGS_URL === '') return undefined;
  const url = endpointOf(config.EMBEDDINGS_URL);
  return { kind: 'remote', url, model, dimensions: config.EMBEDDINGS_DIMENSIONS, ...prefixes };
}

/** The endpoint itself, the base that clients call `/v1`, or only a host: all lead to the same place. */
export function endpointOf(address: string): string {
  const url = new URL(address);
  const path = url.pathname.replace(/\/+$/, '');
  if (!path.endsWith('/embeddings')) url.pathname = `${path === '' ? '/v1' : path}/embeddings`;
  return url.href;
}

/**
 * `HOST/MODEL`, then the dimensions if some are asked for, then the prefix of papers if there is one: whatever changes
 * the vector of a paper. The prefix of questions does not.
 */
export function nameOf(spec: ModelSpec): string {
  const parts = [spec.kind === 'local' ? spec.model : `${new URL(spec.url).host}/${spec.model}`];
  if (spec.kind === 'remote' && spec.dimensions !== undefined) parts.push(`${spec.dimensions}d`);
  if (spec.paperPrefix !== '') parts.push(JSON.stringify(spec.paperPrefix));
  return parts.join(' ');
}

/** The model whose vectors are kept under `name`, if this configuration can still reach it. */
export function earlierSpec(name: string, config: Config): ModelSpec | undefined {
  const [, full = '', dimensions, quoted] = /^(\S+?)(?: (\d+)d)?(?: (".*"))?$/s.exec(name) ?? [];
  const prefixes = {
    paperPrefix: quoted === undefined ? '' : (JSON.parse(quoted) as string),
    // A model that wants nothing before a paper wants nothing before a question.
    questionPrefix: quoted === undefined ? '' : config.EMBEDDINGS_QUERY_PREFIX,
  };
  if (full.startsWith(LOCAL)) return { kind: 'local', model: full, ...prefixes };
  if (config.EMBEDDINGS_URL === '') return undefined;
  const url = endpointOf(config.EMBEDDINGS_URL);
  const start = `${new URL(url).host}/`;
  if (!full.startsWith(start)) return undefined;
  const model = full.slice(start.length);
  return {
    kind: 'remote',
    url,
    model,
    dimensions: dimensions === undefined ? undefined : Number(dimensions),
    ...prefixes,
  };
}

/** A question is text, a paper has a title: the same place that tells them apart for the prefixes. */
export function textOf(spec: ModelSpec, item: Embeddable): string {
  const [prefix, text] =
    typeof item === 'string' ? [spec.questionPrefix, item] : [spec.paperPrefix, `${item.title}\n${item.abstract}`];
  // Half a surrogate pair is no Unicode text; servers refuse the whole request for it.
  const trimmed = text.toWellFormed().trim();
  return trimmed === '' || prefix === '' ? trimmed : `${prefix} ${trimmed}`;
}
