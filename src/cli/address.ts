/** `broadsheet address …`: mail addresses to which no digest and no alert is sent, for the operator. */

import { createApp } from '../app.ts';
import type { App } from '../app.ts';
import { EMAIL_HINT, parseEmail } from '#accounts/user.ts';
import { readConfig } from '#platform/config.ts';
import { invalid, notFound } from '#platform/errors.ts';
import { listSuppressed, suppress, unsuppress } from '#subscriptions/suppress.ts';
import { requireDatabase } from './existing-database.ts';
import type { Io } from './io.ts';

/** More are a matter for SQL. */
const LISTED = 10_000;

export async function listAddressesCommand(io: Io, { json }: { json?: boolean }): Promise<number> {
  return await withApp(async ({ db }) => {
    const found = await listSuppressed(db, LISTED);
    if (json) io.out(`${JSON.stringify(found, null, 2)}\n`);
    else
      for (const { email, reason, detail, suppressedAt } of found)
        io.out(`${email}\t${new Date(suppressedAt).toISOString().slice(0, 10)}\t${reason}\t${detail}\n`);
  });
}

export async function suppressCommand(io: Io, typed: string): Promise<number> {
  const email = readEmail(typed);
  return await withApp(async ({ db, clock }) => {
    await suppress(db, { email, reason: 'operator', detail: 'On the command line' }, clock.now());
    io.out(`${email} gets no digests and alerts any more\n`);
  });
}

export async function liftCommand(io: Io, typed: string): Promise<number> {
  const email = readEmail(typed);
  return await withApp(async ({ db, clock }) => {
    if (!(await unsuppress(db, email, clock.now())))
      throw notFound(`${email} is not suppressed.`, { hint: 'Those that are: broadsheet address list' });
    io.out(`${email} can get digests and alerts again\n`);
  });
}

async function withApp(work: (app: App) => Promise<void>): Promise<number> {
  const config = readConfig();
  requireDatabase(config);
  await using app = await createApp(config);
  await work(app);
  return 0;
}

function readEmail(typed: string): string {
  const email = parseEmail(typed);
  if (email === undefined) throw invalid(`“${typed}” is no mail address.`, EMAIL_HINT);
  return email;
}
