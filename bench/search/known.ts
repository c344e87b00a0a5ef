/** Somebody remembers what stood in a paper: does the second half of its abstract bring it back as the first result? */

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runScript } from '../command.ts';
import { atLeast } from '../figure.ts';
import type { Figure } from '../figure.ts';
import { seeded } from '../synthetic.ts';
import { openClient, papersOn, search, serve } from './asking.ts';
import { cut, secondHalf, shuffled } from './questions.ts';
import type { Asked } from './questions.ts';
import type { SearchBench } from './search-bench.ts';

const TARGET = 95;
const PAPERS = 200;
const SEED = 200;

export async function measure({ bench, corpus }: SearchBench): Promise<Figure[]> {
  const papers = shuffled(corpus.sample, seeded(SEED)).slice(0, PAPERS);
  const whole: Asked[] = papers.map(({ id, abstract }) => ({ id, q: secondHalf(abstract) }));
  const DATA_DIR = await bench.database();
  const file = join(await bench.folder(), 'known.json');
  await writeFile(file, JSON.stringify(whole));
  const first = JSON.parse(await runScript('bench/search/ask-library.ts', [DATA_DIR, file])) as string[];
  const byPage = await overHttp(
    DATA_DIR,
    whole.map(({ id, q }) => ({ id, q: cut(q) })),
  );
  const rate = (found: readonly (string | undefined)[]) =>
    (100 * found.filter((id, at) => id === whole[at]?.id).length) / whole.length;
  return [
    atLeast(`${PAPERS} papers, the abstract’s second half as question: the paper first`, rate(first), TARGET, '%'),
    atLeast('  the same through /search, which takes 250 characters of it', rate(byPage), TARGET, '%'),
  ];
}

async function overHttp(DATA_DIR: string, asked: readonly Asked[]): Promise<(string | undefined)[]> {
  const server = await serve(DATA_DIR);
  using client = openClient(server.url);
  try {
    const found: (string | undefined)[] = [];
    for (const question of asked) found.push(papersOn((await search(client, question)).text())[0]);
    return found;
  } finally {
    await server.stop();
  }
}
