/** The papers that are searched: a sample of them to make questions of, and parts of them as files to import. */

import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import type { Bench } from '../bench.ts';
import { runCommand } from '../command.ts';

export interface BenchPaper {
  id: string;
  title: string;
  abstract: string;
  authors: string[];
  categories: string[];
  published: string;
}

/** Titles and abstracts of all fields, one TAB-separated pair a line; absent outside of the workshop. */
const MORE_PAPERS = '../shared/data/titles-abstracts-250k.tsv.gz';
/** Papers of the sample: several times what is asked. */
const SAMPLE = 5_000;

export interface Corpus {
  /** Spread evenly over the whole. */
  sample: BenchPaper[];
  size: number;
  /** A DATA_DIR with this many papers, spread evenly over the whole; undefined where there are not as many. */
  sized(papers: number): Promise<Part | undefined>;
}

export interface Part {
  /** A DATA_DIR that holds the papers. */
  folder: string;
  /** The same papers as JSONL, gzipped if its name says so. */
  file: string;
  /** NaN where they were imported already. */
  importSeconds: number;
}

export async function openCorpus(bench: Bench): Promise<Corpus> {
  let size = 0;
  for await (const _ of linesOf(bench.corpus.file)) size += 1;
  const sample: BenchPaper[] = [];
  for await (const line of everyNth(linesOf(bench.corpus.file), size, SAMPLE)) {
    sample.push(JSON.parse(line) as BenchPaper);
  }
  const made = new Map<number, Promise<Part>>();
  return {
    sample,
    size,
    async sized(papers) {
      if (papers === size) {
        return { folder: await bench.database(), file: bench.corpus.file, importSeconds: Number.NaN };
      }
      if (papers > size && !existsSync(MORE_PAPERS)) return undefined;
      const known = made.get(papers) ?? importPart(bench, size, papers);
      made.set(papers, known);
      return await known;
    },
  };
}

async function importPart(bench: Bench, size: number, papers: number): Promise<Part> {
  process.stderr.write(`importing ${papers.toLocaleString('en-US')} papers …\n`);
  const folder = await bench.folder();
  const file = join(folder, 'papers.jsonl.gz');
  const lines =
    papers <= size
      ? everyNth(linesOf(bench.corpus.file), size, papers)
      : both(linesOf(bench.corpus.file), madeOfPairs(papers - size));
  await pipeline(Readable.from(ended(lines)), createGzip({ level: 1 }), createWriteStream(file));
  const { seconds } = await runCommand(['import', file], { DATA_DIR: folder });
  return { folder, file, importSeconds: seconds };
}

/** Papers of the pairs, under ids that no paper has. */
async function* madeOfPairs(most: number): AsyncGenerator<string> {
  let number = 0;
  for await (const line of linesOf(MORE_PAPERS)) {
    if (number >= most) return;
    const [title = '', abstract = ''] = line.split('\t');
    number += 1;
    yield JSON.stringify({
      id: `openreview:bench${number}`,
      title,
      abstract,
      authors: [`Ada Number${number % 50_000}`],
      categories: ['cs.LG'],
      published: '2024-01-05',
    });
  }
}

export async function* linesOf(file: string): AsyncGenerator<string> {
  const source = createReadStream(file);
  const text = file.endsWith('.gz') ? source.pipe(createGunzip()) : source;
  try {
    for await (const line of createInterface({ input: text, crlfDelay: Infinity })) if (line !== '') yield line;
  } finally {
    source.destroy();
  }
}

async function* everyNth(lines: AsyncIterable<string>, size: number, wanted: number): AsyncGenerator<string> {
  let at = 0;
  for await (const line of lines) {
    if (Math.floor((at * wanted) / size) !== Math.floor(((at + 1) * wanted) / size)) yield line;
    at += 1;
  }
}

async function* both(first: AsyncIterable<string>, second: AsyncIterable<string>): AsyncGenerator<string> {
  yield* first;
  yield* second;
}

async function* ended(lines: AsyncIterable<string>): AsyncGenerator<string> {
  for await (const line of lines) yield `${line}\n`;
}
