/** The whole site in this process, without a port: requests go in, pages come out. */

import { createApp } from '../src/app.ts';
import { createHandler } from '../src/handler.ts';
import { manualClock } from '#platform/clock.ts';
import { readConfig } from '#platform/config.ts';
import { createLog } from '#platform/log.ts';
import type { DialectName } from '#platform/db/open.ts';
import { indexPapers } from '#search/index-papers.ts';
import { printStarter } from '#sources/starter.ts';
import { openTestDatabase } from './database.ts';
import type { Db } from '#schema.ts';

export interface TestSite extends AsyncDisposable {
  db: Db;
  /** Statements since the last `queries.length = 0`. */
  queries: string[];
  clock: ReturnType<typeof manualClock>;
  get(path: string, headers?: Record<string, string>, method?: string): Promise<Page>;
  /** Sends a form. */
  post(path: string, fields: [string, string][]): Promise<Page>;
  /** What is no text. */
  getBytes(path: string): Promise<{ status: number; headers: Headers; bytes: Buffer }>;
}

export interface Page {
  status: number;
  headers: Headers;
  html: string;
  /** Without tags, entities read, white space folded. */
  text: string;
}

export interface SiteOptions {
  dialect?: DialectName;
  settings?: Record<string, string>;
  /** Whether the starter edition is printed. */
  starter?: boolean;
}

const START = Date.parse('2026-01-08T12:00:00Z');

export async function openSite({
  dialect = 'sqlite',
  settings = {},
  starter = true,
}: SiteOptions = {}): Promise<TestSite> {
  const database = await openTestDatabase(dialect);
  const queries: string[] = [];
  const clock = manualClock(START);
  const config = readConfig({ ...database.settings, PUBLIC_URL: 'https://papers.example', ...settings });
  const log = createLog({ level: 'silent', format: 'json' });
  const app = await createApp(config, { clock, log, onQuery: (sql) => queries.push(sql) });
  if (starter) await printStarter(app);
  await indexPapers(app);
  const handler = createHandler(app, 'https://papers.example');
  const ask = async (path: string, init: RequestInit): Promise<Page> => {
    clock.advance(2000); // past the cache, so that every request sees the database
    const response = await handler(new Request(`https://papers.example${path}`, init));
    const html = await response.text();
    return { status: response.status, headers: response.headers, html, text: plainText(html) };
  };
  return {
    db: app.db,
    queries,
    clock,
    get: async (path, headers = { Accept: 'text/html' }, method = 'GET') => await ask(path, { headers, method }),
    post: async (path, fields) => await ask(path, { method: 'POST', body: new URLSearchParams(fields) }),
    async getBytes(path) {
      clock.advance(2000);
      const response = await handler(new Request(`https://papers.example${path}`));
      const bytes = Buffer.from(await response.arrayBuffer());
      return { status: response.status, headers: response.headers, bytes };
    },
    async [Symbol.asyncDispose]() {
      await app[Symbol.asyncDispose]();
      await database[Symbol.asyncDispose]();
    },
  };
}

const ENTITIES: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'" };

function plainText(html: string): string {
  return html
    .replaceAll(/<(script|style)[^>]*>.*?<\/\1>/gs, '')
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/&(amp|lt|gt|quot|#39);/g, (entity) => ENTITIES[entity] ?? entity)
    .replaceAll(/\s+/g, ' ');
}
