/** `broadsheet ingest`: harvests arXiv now. */

import { createApp } from '../app.ts';
import { systemClock } from '#platform/clock.ts';
import { readConfig } from '#platform/config.ts';
import { epochToDay, isDay } from '#platform/day.ts';
import { texToPlain } from '#papers/tex/plain.ts';
import { invalid } from '#platform/errors.ts';
import { settings } from '#platform/settings.ts';
import { indexPapers } from '#search/index-papers.ts';
import { fetchPapers } from '#sources/fetch-papers.ts';
import { fetchListing, ingest } from '#sources/ingest.ts';
import type { Io } from './io.ts';
import { createProgress } from './progress.ts';

interface IngestOptions {
  from?: string;
  set?: string;
  prefix: string;
  listing?: boolean;
  id?: string;
}

/** 1 where arXiv does not have one of the papers that `--id` names. */
export async function ingestCommand(io: Io, options: IngestOptions): Promise<number> {
  if (options.id !== undefined) return await ingestPapers(io, options.id.split(','));
  const from = readDay(options.from);
  const sets = options.set === undefined ? undefined : readSets(options.set);
  const prefixes = readPrefixes(options.prefix);
  const signal = io.signal();
  await using app = await createApp(readConfig());
  const progress = createProgress(io);
  progress.note('asking arXiv, one request every three seconds');
  const request = {
    signal,
    prefixes,
    ...(from === undefined ? {} : { from }),
    ...(sets === undefined ? {} : { sets }),
    onProgress: (text: string) => progress.update(undefined, text),
  };
  try {
    const counts = await (options.listing ? fetchListing(app, request) : ingest(app, request));
    progress.end();
    // One line a source: a paper that two of them describe counts in both.
    for (const [name, { added, changed, unchanged }] of Object.entries(counts.sources)) {
      io.out(`${name}: ${added} new, ${changed} changed, ${unchanged} unchanged\n`);
    }
    await indexPapers(app, signal); // after a failure the next command or the server does it
  } finally {
    progress.end();
  }
  return 0;
}

async function ingestPapers(io: Io, ids: readonly string[]): Promise<number> {
  const signal = io.signal();
  await using app = await createApp(readConfig());
  let code = 0;
  try {
    for await (const { id, outcome, title } of fetchPapers(app, ids, signal)) {
      if (outcome === 'unknown') {
        io.err(`broadsheet: arXiv has no paper ${id}.\n`);
        code = 1;
      } else io.out(`${id}: ${outcome}, “${texToPlain(title)}”\n`);
    }
  } finally {
    await indexPapers(app);
  }
  return code;
}

function readDay(text: string | undefined): string | undefined {
  if (text !== undefined && !isDay(text)) throw invalid(`--from ${text} is not a day.`, 'A day looks like 2026-01-06.');
  if (text !== undefined && text > epochToDay(systemClock.now())) throw invalid(`--from ${text} lies in the future.`);
  return text;
}

function readSets(text: string): string[] {
  const result = settings.ARXIV_SETS.parse.safeParse(text);
  if (!result.success) throw invalid(`--set ${text} ${result.error.issues[0]?.message ?? 'is not a set'}.`);
  return result.data;
}

function readPrefixes(text: string): ('arXiv' | 'arXivRaw')[] {
  return text.split(',').map((name) => {
    if (name === 'arXiv' || name === 'arXivRaw') return name;
    throw invalid(`--prefix ${name} is not a format.`, 'Formats are arXiv and arXivRaw.');
  });
}
