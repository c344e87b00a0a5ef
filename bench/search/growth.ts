/** How the waits grow with the papers: the same questions to ten, thirty, a hundred and 350 thousand of them. */

import { statSync } from 'node:fs';
import { join } from 'node:path';
import { amount, forComparison } from '../figure.ts';
import type { Figure } from '../figure.ts';
import { openClient, percentile, search, serve, warmUp } from './asking.ts';
import { residentOf } from './process-memory.ts';
import type { Kind } from './questions.ts';
import type { SearchBench } from './search-bench.ts';
import { exponent, slope } from './slope.ts';

const SIZES = [10_000, 30_000, 100_000, 350_000];
const ASKED: Kind[] = ['short', 'long', 'two common words', 'filtered'];
const QUESTIONS = 100;
const WARM_UP = 30;

interface Measured {
  papers: number;
  p50: Map<Kind, number>;
  p99: Map<Kind, number>;
  firstSearch: number;
  resident: number | undefined;
  file: number;
  importSeconds: number;
}

export async function measure(search: SearchBench): Promise<Figure[]> {
  const measured: Measured[] = [];
  const missing: number[] = [];
  for (const papers of SIZES) {
    const at = await measureAt(search, papers);
    if (at === undefined) missing.push(papers);
    else measured.push(at);
  }
  return [
    ...measured.map(row),
    ...ASKED.map((kind) => growth(`growth of p50, ${kind}`, measured, ({ p50 }) => p50.get(kind) ?? Number.NaN)),
    ...missing.map((papers) => forComparison(`${amount(papers)} papers`, 'skipped: ../shared/data has not as many')),
  ];
}

async function measureAt({ corpus, questions }: SearchBench, papers: number): Promise<Measured | undefined> {
  const made = await corpus.sized(papers);
  if (made === undefined) return undefined;
  const server = await serve(made.folder);
  using client = openClient(server.url);
  try {
    const firstSearch = (await search(client, questions.short.at(-1) ?? { q: 'graph' })).ms;
    const p50 = new Map<Kind, number>();
    const p99 = new Map<Kind, number>();
    for (const kind of ASKED) await warmUp(client, questions[kind].slice(-WARM_UP));
    for (const kind of ASKED) {
      const times: number[] = [];
      for (const asked of questions[kind].slice(0, QUESTIONS)) times.push((await search(client, asked)).ms);
      p50.set(kind, percentile(times, 0.5));
      p99.set(kind, percentile(times, 0.99));
    }
    const file = statSync(join(made.folder, 'broadsheet.db')).size / 1e6;
    return { papers, p50, p99, firstSearch, resident: residentOf(server.pid), file, importSeconds: made.importSeconds };
  } finally {
    await server.stop();
  }
}

function row({ papers, p50, p99, firstSearch, resident, file, importSeconds }: Measured): Figure {
  const waits = ASKED.map((kind) => `${kind} ${amount(p50.get(kind) ?? 0)}/${amount(p99.get(kind) ?? 0)}`);
  const others = [
    `first search ${amount(firstSearch)} ms`,
    ...(resident === undefined ? [] : [`server ${amount(resident)} MB`]),
    `database ${amount(file)} MB`,
    ...(Number.isNaN(importSeconds) ? [] : [`imported in ${amount(importSeconds)} s`]),
  ];
  return forComparison(`${amount(papers)} papers: p50/p99 in ms`, `${waits.join(', ')}; ${others.join(', ')}`);
}

function growth(what: string, measured: readonly Measured[], of: (one: Measured) => number): Figure {
  const points = measured.map((one) => [one.papers, of(one)] as const);
  const per = slope(points) * 100_000;
  return forComparison(
    what,
    `${amount(per)} ms for each 100,000 papers more; as papers to the power of ${exponent(points).toFixed(2)}`,
  );
}
