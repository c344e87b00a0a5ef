/** How long one reader waits for `/search`, for each kind of question, and for suggestions while typing. */

import { amount, atMost, forComparison } from '../figure.ts';
import type { Figure } from '../figure.ts';
import { openClient, papersOn, percentile, search, serve, warmUp } from './asking.ts';
import type { Client } from './asking.ts';
import { KINDS } from './questions.ts';
import type { Asked } from './questions.ts';
import type { SearchBench } from './search-bench.ts';
import { drawWorst, WORST } from './worst.ts';

const TARGET = { p50: 10, p99: 30 };
/** Of each kind, before anything is counted: the indexes are loaded, and V8 is done with compiling after some 700 searches. */
const WARM_UP = 100;
/** As one types a word of a title: its first letters. */
const TYPED = [2, 4, 7];

export async function measure({ bench, corpus, questions }: SearchBench): Promise<Figure[]> {
  const server = await serve(await bench.database());
  using client = openClient(server.url);
  using plain = openClient(server.url, {});
  try {
    const figures: Figure[] = [];
    for (const kind of KINDS) await warmUp(client, questions[kind].slice(-WARM_UP));
    for (const kind of KINDS) figures.push(...(await waits(client, kind, questions[kind])));
    const worst = drawWorst(corpus.sample);
    for (const kind of WORST) figures.push(...(await waits(client, kind, worst[kind])));
    const uncompressed = await timesOf(plain, questions.short);
    figures.push(forComparison('/search, short, asked for without compression', spread(uncompressed.times)));
    figures.push(
      ...(await suggestions(client, questions.short)),
      ...(await letters(client, worst.letters)),
      ...(await similar(client, questions['known item'])),
    );
    return figures;
  } finally {
    await server.stop();
  }
}

async function waits(client: Client, kind: string, asked: readonly Asked[]): Promise<Figure[]> {
  const { times, answered } = await timesOf(client, asked);
  const found = Math.round((100 * answered) / asked.length);
  return [
    atMost(
      `/search, one client, ${kind} (“${shortened(asked[0]?.q ?? '')}”), p50`,
      percentile(times, 0.5),
      TARGET.p50,
      'ms',
    ),
    atMost(
      '  p99',
      percentile(times, 0.99),
      TARGET.p99,
      'ms',
      `; p95 ${amount(percentile(times, 0.95))}, worst ${amount(Math.max(...times))}; ${found} % found papers`,
    ),
  ];
}

async function timesOf(client: Client, asked: readonly Asked[]) {
  const times: number[] = [];
  let answered = 0;
  for (const question of asked) {
    const answer = await search(client, question);
    times.push(answer.ms);
    if (answer.status === 302 || papersOn(answer.text()).length > 0) answered += 1;
  }
  return { times, answered };
}

async function suggestions(client: Client, asked: readonly Asked[]): Promise<Figure[]> {
  const times: number[] = [];
  for (const { q } of asked) {
    for (const letters of TYPED) {
      const { status, ms } = await client.ask(`/search/suggest?q=${encodeURIComponent(q.slice(0, letters))}`);
      if (status === 404) return [forComparison('/search/suggest', 'there are no suggestions')];
      if (status !== 200) throw new Error(`/search/suggest answered ${status}`);
      times.push(ms);
    }
  }
  return [forComparison(`/search/suggest after ${TYPED.join(', ')} letters`, spread(times))];
}

async function letters(client: Client, asked: readonly Asked[]): Promise<Figure[]> {
  const times: number[] = [];
  for (const { q } of asked) {
    const { status, ms } = await client.ask(`/search/suggest?q=${encodeURIComponent(q)}`);
    if (status !== 200) throw new Error(`/search/suggest answered ${status}`);
    times.push(ms);
  }
  return [forComparison('/search/suggest for one to fifteen single letters', spread(times))];
}

async function similar(client: Client, asked: readonly Asked[]): Promise<Figure[]> {
  const times: number[] = [];
  for (const { id } of asked) {
    const { status, ms } = await client.ask(`/similar?id=${encodeURIComponent(id)}`);
    if (status === 404) return [forComparison('/similar', 'there is no such page')];
    if (status !== 200) throw new Error(`/similar?id=${id} answered ${status}`);
    times.push(ms);
  }
  return [forComparison('/similar to one paper', spread(times))];
}

function spread(times: readonly number[]): string {
  const [p50, p95, p99] = [0.5, 0.95, 0.99].map((share) => amount(percentile(times, share)));
  return `p50 ${p50}, p95 ${p95}, p99 ${p99} ms`;
}

function shortened(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
