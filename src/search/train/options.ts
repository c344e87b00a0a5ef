/** Reads the options of `npm run train`: all are checked before anything is read, and all that is wrong is said at once. */

import { existsSync, statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { invalid } from '#platform/errors.ts';
import { MOST_WORDS } from './choose.ts';
import type { TrainOptions } from './train.ts';

/** Memory is taken for each of these before training begins: what is far too much should be said, not tried. */
const MOST_DIMENSIONS = 4096;
const MOST_PAIRS = 16_384;
const MOST_THREADS = Math.max(2, availableParallelism());
const MOST = 1_000_000_000;

interface Numbered {
  fallback: number;
  least: number;
  most: number;
  isEven?: boolean;
  meaning: string;
}

/** In the order of the help. */
const NUMBERS = {
  // As many rows of 256 bytes, their scales and their words as stay below 10 MB (10 000 000 bytes).
  words: { fallback: 36_000, least: 1, most: MOST_WORDS, meaning: 'rows of the model: the stems most papers use' },
  dimensions: { fallback: 256, least: 2, most: MOST_DIMENSIONS, isEven: true, meaning: 'numbers in a vector, even' },
  steps: { fallback: 1200, least: 1, most: MOST, meaning: 'how often the vectors are moved' },
  batch: { fallback: 1024, least: 2, most: MOST_PAIRS, isEven: true, meaning: 'pairs of texts a step, even' },
  threads: { fallback: 2, least: 1, most: MOST_THREADS, meaning: 'processors to use' },
  seed: { fallback: 1, least: 0, most: 2 ** 32 - 1, meaning: 'another one gives another model' },
  'held-out': {
    fallback: 5000,
    least: 2,
    most: MOST,
    isEven: true,
    meaning: 'papers at the end of the data that are only asked for, even',
  },
} satisfies Record<string, Numbered>;

type NumberName = keyof typeof NUMBERS;
const names = Object.keys(NUMBERS) as NumberName[];
const DEFAULT_DATA = '../shared/data/titles-abstracts-250k.tsv.gz';

export const HELP = `npm run train -- [OPTION…]
  --data FILE        titles and abstracts: .tsv (title TAB abstract) or .jsonl (title, abstract), also gzipped
                     (${DEFAULT_DATA}, which is no part of this program)
  --out FILE         where the model goes (broadsheet-embed.bin); this is not the one in use, so look at the scores first
${names.map((name) => `  --${`${name} N`.padEnd(16)} ${NUMBERS[name].meaning} (${NUMBERS[name].fallback})\n`).join('')}`;

export interface Request extends Omit<TrainOptions, 'report'> {
  data: string;
  out: string;
}

/** 'help' if that is asked for. Throws one `AppError` that lists every problem. */
export function readOptions(args: readonly string[]): Request | 'help' {
  const texts = readTexts(args);
  if (texts === 'help') return 'help';
  const { data = DEFAULT_DATA, out = 'broadsheet-embed.bin' } = texts;
  const problems: string[] = [];
  const numberOf = (name: NumberName): number => {
    const text = texts[name] ?? String(NUMBERS[name].fallback);
    const result = schemaOf(NUMBERS[name]).safeParse(text);
    if (!result.success) problems.push(`--${name} ${text}: ${result.error.issues[0]?.message}`);
    return result.data ?? 0;
  };
  const request = {
    data,
    out,
    words: numberOf('words'),
    dimensions: numberOf('dimensions'),
    steps: numberOf('steps'),
    batch: numberOf('batch'),
    threads: numberOf('threads'),
    seed: numberOf('seed'),
    heldOut: numberOf('held-out'),
  };
  // Each thread takes two pairs at a time.
  if (problems.length === 0 && request.batch < 2 * request.threads) {
    problems.push(
      `--threads ${request.threads}: a batch of ${request.batch} has work for ${request.batch / 2} threads`,
    );
  }
  problems.push(...problemsOfFiles(data, out));
  if (problems.length > 0) throw invalid(`npm run train cannot begin:\n  ${problems.join('\n  ')}`);
  return request;
}

function readTexts(args: readonly string[]): Partial<Record<NumberName | 'data' | 'out', string>> | 'help' {
  const text = { type: 'string' } as const;
  const numbers = Object.fromEntries(names.map((name) => [name, text])) as Record<NumberName, typeof text>;
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { ...numbers, data: text, out: text, help: { type: 'boolean' } },
    });
    return values.help === true ? 'help' : values;
  } catch (error) {
    throw invalid((error as Error).message.split('. ')[0] ?? '', 'npm run train -- --help lists the options.');
  }
}

function schemaOf({ least, most, isEven = false }: Numbered) {
  const message = `should be ${isEven ? 'an even' : 'a whole'} number from ${least} to ${most.toLocaleString('en')}`;
  return z
    .string()
    .regex(/^\d{1,10}$/, message)
    .transform(Number)
    .refine((value) => value >= least && value <= most && (!isEven || value % 2 === 0), message);
}

function problemsOfFiles(data: string, out: string): string[] {
  const problems: string[] = [];
  if (!statSync(data, { throwIfNoEntry: false })?.isFile()) {
    problems.push(`--data ${data}: there is no such file; name one with titles and abstracts, .tsv or .jsonl`);
  }
  if (!existsSync(dirname(out))) problems.push(`--out ${out}: there is no folder ${dirname(out)}`);
  else if (statSync(out, { throwIfNoEntry: false })?.isDirectory()) problems.push(`--out ${out}: this is a folder`);
  return problems;
}
