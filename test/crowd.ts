/** Many people with sessions, and several server processes on one database that they all know. */

import { randomBytes } from 'node:crypto';
import { addUser } from '#accounts/add-user.ts';
import { readSecret } from '#accounts/secret.ts';
import { sessionCookieName, writeSessionCookie } from '#accounts/session-cookie.ts';
import { findUserByEmail } from '#accounts/store.ts';
import { createApp } from '../src/app.ts';
import type { App } from '../src/app.ts';
import { readConfig } from '#platform/config.ts';
import { createLog } from '#platform/log.ts';
import type { SignedInPerson } from './people.ts';
import { start } from './program.ts';

/** Only whether it is https decides on the name of the cookie; no browser asks here. */
const URL_OF_ALL = 'http://127.0.0.1';

/** All of them write from one address. */
const UNHINDERED = { WRITES_PER_MINUTE_ADDRESS: '100000' };

export interface Crowd extends AsyncDisposable {
  app: App;
  people: SignedInPerson[];
  /** Addresses of the servers. */
  urls: string[];
}

export interface CrowdOptions {
  people: number;
  servers: number;
}

/** `settings` lead to a migrated database with papers. */
export async function gather(
  settings: { DATA_DIR: string; DATABASE_URL: string },
  { people, servers }: CrowdOptions,
): Promise<Crowd> {
  const app = await createApp(readConfig({ ...settings, ARXIV_FETCH: 'off' }), {
    log: createLog({ level: 'silent', format: 'json' }),
  });
  const crowd: SignedInPerson[] = [];
  for (let number = 0; number < people; number += 1) crowd.push(await makePerson(app, `person-${number}@lab.example`));
  const running = Array.from({ length: servers }, () =>
    start(['serve'], { ...settings, ...UNHINDERED, LOG_LEVEL: 'error' }),
  );
  const urls = await Promise.all(
    running.map(async (server) => {
      const [, port = ''] = await server.saw(/is at http:\S+:(\d+)/);
      return `http://127.0.0.1:${port}`;
    }),
  );
  return {
    app,
    people: crowd,
    urls,
    async [Symbol.asyncDispose]() {
      for (const server of running) server.kill('SIGTERM');
      await Promise.all(running.map(async ({ finished }) => await finished));
      await app[Symbol.asyncDispose]();
    },
  };
}

/** With a session, but not by the way of a mail: a hundred of those take a minute. */
async function makePerson(app: App, email: string): Promise<SignedInPerson> {
  const { db, clock } = app;
  const now = clock.now();
  const { id } = await addUser(db, { email }, now);
  const token = randomBytes(24).toString('hex');
  await db
    .insertInto('sessions')
    .values({
      ...{ id: token.slice(0, 24), user_id: id, token, expires_at: now + 86_400_000 },
      ...{ ip_address: null, user_agent: null, created_at: now, updated_at: now },
    })
    .execute();
  const user = await findUserByEmail(db, email);
  if (user === undefined) throw new Error(`${email} has no account`);
  const value = encodeURIComponent(writeSessionCookie(token, readSecret(app.config)));
  return { user, cookie: `${sessionCookieName(URL_OF_ALL)}=${value}` };
}

/** Sends the form of the button, as a program. */
export async function sendVote(url: string, paperId: string, cookie: string, voted: boolean): Promise<number> {
  const answer = await fetch(`${url}/papers/${paperId}/upvote`, {
    method: 'POST',
    headers: { Accept: 'application/json', Cookie: cookie },
    body: new URLSearchParams({ voted: voted ? '1' : '0' }),
  });
  if (!answer.ok) throw new Error(`A vote was answered with ${answer.status}: ${await answer.text()}`);
  return ((await answer.json()) as { upvotes: number }).upvotes;
}
