/** Brings in what is new on arXiv: today's listing, then everything that changed since the last harvest. */

import type { Day } from '#platform/day.ts';
import { AppError } from '#platform/errors.ts';
import { harvest, harvestName } from './arxiv/harvest.ts';
import { ingestListing, listingName } from './arxiv/listing.ts';
import type { Prefix } from './arxiv/oai-record.ts';
import type { SourceContext } from './context.ts';
import { noCounts, sumCounts } from './counts.ts';
import type { SourceCounts } from './counts.ts';

export interface ListingRequest {
  /** arXiv sets; default ARXIV_SETS. */
  sets?: readonly string[] | undefined;
  signal?: AbortSignal | undefined;
  /** After each answer that was read and saved, a line like `oai:arXiv:cs: 5 000 papers, 12 new`. */
  onProgress?: ((line: string) => void) | undefined;
}

export interface IngestRequest extends ListingRequest {
  /** Harvest from this day instead of where the last harvest ended. */
  from?: Day | undefined;
  prefixes?: readonly Prefix[] | undefined;
}

export interface IngestCounts extends SourceCounts {
  /** By name, in the order in which they were read. */
  sources: Record<string, SourceCounts>;
}

/** arXivRaw first: where both describe a version, the structured names of arXiv come last and stay. */
const PREFIXES: readonly Prefix[] = ['arXivRaw', 'arXiv'];

interface Source {
  name: string;
  read: (onPage: (counts: SourceCounts) => void) => Promise<unknown>;
}

/**
 * A source that fails does not stop the others: an AppError at the end names those that did. Rejects at once where the
 * signal aborts or something of ours is broken. Can be stopped at any moment; the next run goes on from there.
 */
export async function ingest(context: SourceContext, request: IngestRequest = {}): Promise<IngestCounts> {
  const { sets = context.config.ARXIV_SETS, prefixes = PREFIXES, from, signal } = request;
  const harvests = sets.flatMap((set) =>
    prefixes.map((prefix): Source => ({
      name: harvestName({ prefix, set }),
      read: async (onPage) => await harvest(context, { prefix, set, from, signal, onPage }),
    })),
  );
  return await readAll([listingSource(context, request), ...harvests], request);
}

/** Only today's listing: one request that makes a front page. Fails as `ingest` does. */
export async function fetchListing(context: SourceContext, request: ListingRequest = {}): Promise<IngestCounts> {
  return await readAll([listingSource(context, request)], request);
}

function listingSource(context: SourceContext, { sets = context.config.ARXIV_SETS, signal }: ListingRequest): Source {
  return {
    name: listingName(sets),
    read: async (onPage) => onPage((await ingestListing(context, { sets, signal })).counts),
  };
}

async function readAll(sources: readonly Source[], { signal, onProgress }: ListingRequest): Promise<IngestCounts> {
  const counts: Record<string, SourceCounts> = {};
  const failures: AppError[] = [];
  for (const { name, read } of sources) {
    counts[name] = noCounts();
    try {
      await read((soFar) => {
        counts[name] = { ...soFar };
        onProgress?.(progressLine(name, soFar));
      });
    } catch (error) {
      signal?.throwIfAborted();
      if (!(error instanceof AppError)) throw error;
      failures.push(error);
    }
  }
  const total = sumCounts(Object.values(counts));
  if (failures.length > 0) throw summary(failures, sources.length, total);
  return { ...total, sources: counts };
}

function progressLine(name: string, { added, changed, unchanged }: SourceCounts): string {
  const seen = (added + changed + unchanged).toLocaleString('en-US');
  return `${name}: ${seen} papers, ${added.toLocaleString('en-US')} new`;
}

/** One failure speaks for itself; of several, each message is told once. */
function summary(failures: readonly AppError[], sources: number, { added, changed }: SourceCounts): AppError {
  const [first] = failures;
  const saved = added + changed === 0 ? '' : ` ${added} new and ${changed} changed papers were saved before.`;
  const messages = [...new Set(failures.map((failure) => failure.message))];
  const text =
    messages.length === 1
      ? `${messages[0]}${saved}`
      : `${failures.length} of ${sources} arXiv sources failed.${saved}\n  ${messages.join('\n  ')}`;
  return new AppError('upstream', text, {
    cause: new AggregateError(failures),
    ...(first?.hint === undefined ? {} : { hint: first.hint }),
  });
}
