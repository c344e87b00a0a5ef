/** What the benches share: the papers, a database that holds them, and folders that go away at the end. */

import { existsSync, rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { runCommand } from './command.ts';
import { writeSyntheticCorpus } from './synthetic.ts';

const REAL_CORPUS = '../shared/data/arxiv-cs-100k.jsonl.gz';

export interface Corpus {
  file: string;
  /** For the head of the table. */
  words: string;
}

export interface Bench extends AsyncDisposable {
  corpus: Corpus;
  /** How often each time is measured. */
  times: number;
  /** Names the parts of a bench that has parts; empty for all of them. */
  only: readonly string[];
  /** A new empty folder. */
  folder(): Promise<string>;
  /** A DATA_DIR with the whole corpus in it; imported when first asked for. */
  database(): Promise<string>;
  /** Hands over a DATA_DIR that a bench has filled anyway. */
  keepDatabase(folder: string): void;
}

export interface BenchOptions {
  times: number;
  only?: readonly string[];
  /** JSONL instead of the real corpus. */
  file?: string;
  /** A DATA_DIR that holds the corpus already. */
  data?: string;
}

export async function openBench({ times, only = [], file, data }: BenchOptions): Promise<Bench> {
  const folders: string[] = [];
  // A bench that is stopped leaves nothing behind either; what it started ends in the same way (command.ts).
  process.once('exit', () => folders.forEach((made) => rmSync(made, { recursive: true, force: true })));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));
  const folder = async () => {
    const made = await mkdtemp(join(tmpdir(), 'broadsheet-bench-'));
    folders.push(made);
    return made;
  };
  const corpus = await findCorpus(file, folder);
  let filled = data === undefined ? undefined : resolve(data);
  return {
    corpus,
    times,
    only,
    folder,
    async database() {
      if (filled !== undefined) return filled;
      filled = await folder();
      process.stderr.write('importing the papers first …\n');
      await runCommand(['import', corpus.file], { DATA_DIR: filled });
      return filled;
    },
    keepDatabase: (made) => void (filled ??= made),
    async [Symbol.asyncDispose]() {
      for (const made of folders) await rm(made, { recursive: true, force: true });
    },
  };
}

async function findCorpus(file: string | undefined, folder: () => Promise<string>): Promise<Corpus> {
  const named = file ?? REAL_CORPUS;
  if (existsSync(named)) return { file: resolve(named), words: `papers of ${basename(named)}` };
  if (file !== undefined) throw new Error(`There is no file ${file}. Without --file, papers are made up.`);
  const made = join(await folder(), 'synthetic.jsonl.gz');
  process.stderr.write('making up 100 000 papers …\n');
  await writeSyntheticCorpus(made);
  return { file: made, words: `100 000 made-up papers (${REAL_CORPUS} is not here)` };
}
