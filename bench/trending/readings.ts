/** Papers of Hugging Face's Daily Papers whose upvotes were read twice: on their first day, and days or months later. */

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { z } from 'zod';
import type { Day } from '#platform/day.ts';

export interface TwiceRead {
  id: string;
  /** The edition that it stood in. */
  day: Day;
  /** Epoch ms: when it appeared on arXiv, in the edition, and when it was read. */
  publishedAt: number;
  submittedAt: number;
  readAt: number;
  /** As read early. */
  upvotes: number;
  comments: number;
  /** Undefined where no repository was known. */
  stars: number | undefined;
  /** Upvotes as read last. */
  late: number;
}

const OBSERVATIONS = 'hf-upvote-observations.tsv.gz';
const PAPERS = 'hf-daily-papers.jsonl.gz';

const HOUR = 3_600_000;
/** An early reading is one of the first three days: later ones have little left to foretell. */
const EARLY_MS = 72 * HOUR;
/** As long after it a late reading must be at least, or both say the same. */
const LATER_MS = 72 * HOUR;

const paperLine = z.object({
  id: z.string(),
  published_at: z.string().nullable(),
  submitted_on_daily_at: z.string().nullable(),
});

interface Observation {
  day: Day;
  readAt: number;
  upvotes: number;
  comments: number;
  stars: number | undefined;
}

/** Undefined where the folder does not hold the two files. */
export function readReadings(folder: string): TwiceRead[] | undefined {
  if (![OBSERVATIONS, PAPERS].every((name) => existsSync(join(folder, name)))) return undefined;
  const known = readPapers(join(folder, PAPERS));
  return [...readObservations(join(folder, OBSERVATIONS))].flatMap(([id, observations]) => {
    const [first, ...others] = observations.toSorted((a, b) => a.readAt - b.readAt);
    const last = others.at(-1);
    if (first === undefined || last === undefined) return [];
    const opened = Date.parse(first.day);
    if (first.readAt - opened > EARLY_MS || last.readAt - first.readAt < LATER_MS) return [];
    const { published = opened, submitted = opened } = known.get(id) ?? {};
    const paper = { id, ...first, publishedAt: published, submittedAt: Math.min(submitted, first.readAt) };
    return [{ ...paper, late: last.upvotes }];
  });
}

function readPapers(file: string): Map<string, { published?: number; submitted?: number }> {
  const instant = (text: string | null) => (text === null ? undefined : Date.parse(text));
  return new Map(
    linesOf(file).map((line) => {
      const { id, published_at, submitted_on_daily_at } = paperLine.parse(JSON.parse(line));
      const published = instant(published_at);
      const submitted = instant(submitted_on_daily_at);
      return [id, { ...(published && { published }), ...(submitted && { submitted }) }];
    }),
  );
}

/** By paper. */
function readObservations(file: string): Map<string, Observation[]> {
  const byPaper = new Map<string, Observation[]>();
  for (const line of linesOf(file).slice(1)) {
    const [id = '', day = '', readAt = '', upvotes, comments, stars] = line.split('\t');
    const observation = {
      day,
      readAt: Date.parse(readAt),
      upvotes: Number(upvotes),
      comments: Number(comments ?? 0),
      stars: stars === undefined || stars === '' ? undefined : Number(stars),
    };
    const known = byPaper.get(id);
    if (known) known.push(observation);
    else byPaper.set(id, [observation]);
  }
  return byPaper;
}

function linesOf(file: string): string[] {
  return gunzipSync(readFileSync(file)).toString('utf8').trimEnd().split('\n');
}
