/** One client that asks over a connection which it keeps, and what its waits amount to. */

import { Agent, get } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { brotliDecompressSync, zstdDecompressSync } from 'node:zlib';
import { PROGRAM, startServer } from '../command.ts';
import type { Server } from '../command.ts';
import type { Asked } from './questions.ts';

export const BROWSER = { 'Accept-Encoding': 'gzip, deflate, br, zstd' };

export interface Client extends Disposable {
  ask(path: string): Promise<Answered>;
}

export interface Answered {
  status: number;
  /** From sending the question to the last byte of the answer. */
  ms: number;
  text(): string;
}

export function openClient(url: string, headers: Record<string, string> = BROWSER): Client {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  return {
    // With callbacks and without reading what nobody looks at: who asks shares the processors with who answers.
    ask: async (path) =>
      await new Promise((resolve, reject) => {
        const started = performance.now();
        const asking = get(url + path, { agent, headers }, (answer) => {
          const chunks: Buffer[] = [];
          answer.on('data', (chunk: Buffer) => chunks.push(chunk));
          answer.once('error', reject);
          answer.once('end', () => resolve({ ...readOf(answer, chunks), ms: performance.now() - started }));
        });
        asking.once('error', reject);
      }),
    [Symbol.dispose]: () => agent.destroy(),
  };
}

function readOf({ statusCode = 0, headers }: IncomingMessage, chunks: readonly Buffer[]): Omit<Answered, 'ms'> {
  return {
    status: statusCode,
    text() {
      const body = Buffer.concat(chunks);
      const encoding = headers['content-encoding'];
      if (encoding === 'zstd') return zstdDecompressSync(body).toString();
      return (encoding === 'br' ? brotliDecompressSync(body) : body).toString();
    },
  };
}

export function searchPath({ q }: Pick<Asked, 'q'>): string {
  return `/search?q=${encodeURIComponent(q)}`;
}

/** Fails for anything but a page of results; a redirect to the paper that was asked for is one. */
export async function search(client: Client, asked: Pick<Asked, 'q'>): Promise<Answered> {
  const answered = await client.ask(searchPath(asked));
  if (answered.status !== 200 && answered.status !== 302) {
    throw new Error(`${searchPath(asked)} answered ${answered.status}: ${answered.text().slice(0, 500)}`);
  }
  return answered;
}

/** Ids of the papers on a page of results, in their order. */
export function papersOn(html: string): string[] {
  return [...html.matchAll(/<article[^>]* id="p-([^"]+)"/g)].map(([, id = '']) => id);
}

/** Until some answer has papers that were found: the indexes may still be loading when the first page is served. */
export async function warmUp(client: Client, questions: readonly Asked[]): Promise<void> {
  for (const asked of questions) await search(client, asked);
}

/** `processes`: as `PROCESSES`, which the deployment guide asks for where many people search at once. */
export async function serve(DATA_DIR: string, processes = 1): Promise<Server> {
  return await startServer({ DATA_DIR, PROCESSES: String(processes) }, [...PROGRAM, 'serve']);
}

/** `share` of the values are at most this. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}
