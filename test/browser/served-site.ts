/** The whole site on a port of its own, for browsers. */

import { createApp } from '../../src/app.ts';
import { createHandler } from '../../src/handler.ts';
import { readConfig } from '#platform/config.ts';
import { listen } from '#platform/http/listen.ts';
import { createLog } from '#platform/log.ts';
import type { Db } from '#schema.ts';
import type { BrowserContext } from 'playwright-core';
import type { User } from '#accounts/store.ts';
import type { App } from '../../src/app.ts';
import { openTestDatabase } from '../database.ts';
import { signInBrowser } from '../people.ts';
import { starterAt } from '../starter-template.ts';
import type { PersonOptions } from '../people.ts';
import type { Site } from './browser.ts';

export interface ServedSite extends Site {
  db: Db;
  app: App;
  /** Signs the browser in; the account is made if there is none. */
  signIn(context: BrowserContext, email: string, options?: PersonOptions): Promise<User>;
}

export interface ServeOptions {
  host?: string;
  /** Laid over those of a site that fetches nothing. */
  settings?: Record<string, string>;
}

/** With the starter edition, on SQLite. Passkeys want a host with a name: `localhost`. */
export async function serveSite({ host = '127.0.0.1', settings = {} }: ServeOptions = {}): Promise<ServedSite> {
  const database = await openTestDatabase('sqlite', starterAt('now'));
  const app = await createApp(readConfig({ ...database.settings, ARXIV_FETCH: 'off', ...settings }), {
    log: createLog({ level: 'error', format: 'text' }),
  });
  let handler = createHandler(app, 'http://127.0.0.1');
  const server = await listen((request) => handler(request), { host: '127.0.0.1', port: 0 });
  const url = `http://${host}:${server.port}`;
  handler = createHandler(app, url);
  return {
    url,
    db: app.db,
    app,
    signIn: async (context, email, options) => await signInBrowser(app, url, context, email, options),
    async [Symbol.asyncDispose]() {
      await server.close(100);
      await app[Symbol.asyncDispose]();
      await database[Symbol.asyncDispose]();
    },
  };
}
