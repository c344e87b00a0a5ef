/** The whole site in this process, without a port: requests go in, pages come out. */

import { createApp } from '../src/app.ts';
import { createHandler } from '../src/handler.ts';
import { manualClock } from '#platform/clock.ts';
import { readConfig } from '#platform/config.ts';
import { createLog } from '#platform/log.ts';
import type { DialectName } from '#platform/db/open.ts';
import { indexPapers } from '#search/index-papers.ts';
import type { User } from '#accounts/store.ts';
import { openTestDatabase } from './database.ts';
import { signInPerson } from './people.ts';
import { starterAt } from './starter-template.ts';
import type { PersonOptions } from './people.ts';
import type { App } from '../src/app.ts';
import type { Db } from '#schema.ts';

export interface TestSite extends AsyncDisposable {
  db: Db;
  app: App;
  /** Statements since the last `queries.length = 0`. */
  queries: string[];
  clock: ReturnType<typeof manualClock>;
  get(path: string, headers?: Record<string, string>, method?: string): Promise<Page>;
  /** Sends a form. */
  post(path: string, fields: Fields, headers?: Record<string, string>): Promise<Page>;
  /** Any request at all. */
  ask(path: string, init: RequestInit): Promise<Page>;
  /** Somebody with an account and a session; the account is made if there is none. */
  signIn(email: string, options?: PersonOptions): Promise<Person>;
  /** As a program at that address. No time passes. */
  postFrom(peer: string, path: string, fields: Fields): Promise<Page>;
  /** What is no text. */
  getBytes(path: string): Promise<{ status: number; headers: Headers; bytes: Buffer }>;
}

export type Fields = Record<string, string> | [string, string][];

/** One who is signed in: asks with the cookie of a session. */
export interface Person {
  user: User;
  /** A Cookie header. */
  cookie: string;
  get(path: string, headers?: Record<string, string>): Promise<Page>;
  /** Sends a form, as a browser does from a page of the site. */
  post(path: string, fields?: Fields, headers?: Record<string, string>): Promise<Page>;
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
  const database = await openTestDatabase(dialect, starter ? starterAt('then', manualClock(START)) : undefined);
  const queries: string[] = [];
  const clock = manualClock(START);
  const config = readConfig({ ...database.settings, PUBLIC_URL: 'https://papers.example', ...settings });
  const log = createLog({ level: 'silent', format: 'json' });
  const app = await createApp(config, { clock, log, onQuery: (sql) => queries.push(sql) });
  const url = 'https://papers.example';
  // With another model than the shipped one, which the template was indexed with.
  await indexPapers(app);
  const handler = createHandler(app, url);
  const ask = async (path: string, init: RequestInit): Promise<Page> => {
    clock.advance(2000); // past the cache, so that every request sees the database
    const response = await handler(new Request(`${url}${path}`, init));
    const html = await response.text();
    return { status: response.status, headers: response.headers, html, text: plainText(html) };
  };
  const send = async (path: string, fields: Fields, headers: Record<string, string>) => {
    const page = await ask(path, { method: 'POST', body: new URLSearchParams(fields), headers });
    await app.later.settled(); // what follows from a write is done, and its queries are nobody else's
    return page;
  };
  return {
    db: app.db,
    app,
    queries,
    clock,
    get: async (path, headers = { Accept: 'text/html' }, method = 'GET') => await ask(path, { headers, method }),
    post: async (path, fields, headers = {}) => await send(path, fields, headers),
    ask,
    async postFrom(peer, path, fields) {
      const body = new URLSearchParams(fields);
      const response = await handler(new Request(`${url}${path}`, { method: 'POST', body }), peer);
      const html = await response.text();
      return { status: response.status, headers: response.headers, html, text: plainText(html) };
    },
    async signIn(email, options) {
      const { user, cookie } = await signInPerson(app, url, email, options);
      const browser = { Accept: 'text/html', Cookie: cookie };
      const fromHere = { ...browser, Origin: url, 'Sec-Fetch-Site': 'same-origin' };
      return {
        user,
        cookie,
        get: async (path, headers = {}) => await ask(path, { headers: { ...browser, ...headers } }),
        post: async (path, fields = {}, headers = {}) => await send(path, fields, { ...fromHere, ...headers }),
      };
    },
    async getBytes(path) {
      clock.advance(2000);
      const response = await handler(new Request(`${url}${path}`));
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
