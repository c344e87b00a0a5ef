/** `broadsheet user …`: people, for the operator; works with no mail configured. */

import { createApp } from '../app.ts';
import type { App } from '../app.ts';
import { openAccounts } from '#accounts/accounts.ts';
import type { Accounts } from '#accounts/accounts.ts';
import { addUser } from '#accounts/add-user.ts';
import { makeDirectLink } from '#accounts/sign-in-link.ts';
import { countUsers, findUserByEmail, findUserOfMailbox, listUsers } from '#accounts/store.ts';
import type { Role } from '#accounts/user.ts';
import { EMAIL_HINT, mailboxOf, parseEmail, parseFullName, problemOfFullName } from '#accounts/user.ts';
import { OPERATOR, setRole } from '#discussion/moderation/moderate.ts';
import { publicUrl, readConfig } from '#platform/config.ts';
import { invalid, notFound } from '#platform/errors.ts';
import type { Db } from '#schema.ts';
import type { Io } from './io.ts';

/** More are a matter for SQL. */
const LISTED = 10_000;

export async function addCommand(io: Io, typed: string, options: { fullName?: string; role?: Role }): Promise<number> {
  const email = readEmail(typed);
  return await withAccounts(async ({ db, clock, config }) => {
    const known = (await findUserOfMailbox(db, mailboxOf(email)))?.email;
    if (known !== undefined && known !== null)
      throw invalid(
        `${email} has an account already${known === email ? '' : `, by ${known}: one mailbox has one account`}.`,
        `To let its owner in: broadsheet user sign-in-link ${known}`,
      );
    const { role = 'reader' } = options;
    const fullName = parseFullName(options.fullName ?? '');
    const problem = problemOfFullName(fullName, config.SITE_NAME);
    if (problem !== undefined) throw invalid(problem);
    const isFree = async (trx: Db) => (await findUserOfMailbox(trx, mailboxOf(email))) === undefined;
    const added = await addUser(db, { email, role, fullName }, clock.now(), isFree);
    io.out(`${added.name} ${added.role}\n`);
    io.err(`To let them in without mail: broadsheet user sign-in-link ${email}\n`);
  });
}

export async function promoteCommand(io: Io, typed: string, { role = 'admin' }: { role?: Role }): Promise<number> {
  const email = readEmail(typed);
  return await withAccounts(async ({ db, clock, url }) => {
    const user = await findUserByEmail(db, email);
    if (user === undefined) throw await unknown(db, email);
    await setRole(db, user.id, role, { by: OPERATOR, reason: 'On the command line', now: clock.now(), url });
    io.out(`${user.name} ${role}\n`);
  });
}

export async function signInLinkCommand(io: Io, typed: string): Promise<number> {
  const email = readEmail(typed);
  return await withAccounts(async (accounts) => {
    const path = await makeDirectLink(accounts, email);
    if (path === undefined) throw await unknown(accounts.db, email);
    if ((await findUserByEmail(accounts.db, email)) === undefined) {
      const isFirst = (await countUsers(accounts.db)) === 0;
      io.err(`${email} has no account yet: the link makes one${isFirst ? ', and the first one is the admin' : ''}.\n`);
    }
    io.err('It signs in once, within an hour, whoever opens it.\n');
    io.out(`${accounts.url}${path}\n`);
  });
}

export async function listCommand(io: Io, { json }: { json?: boolean }): Promise<number> {
  return await withAccounts(async ({ db }) => {
    const users = await listUsers(db, LISTED);
    if (json) {
      io.out(`${JSON.stringify(users, null, 2)}\n`);
      return;
    }
    const lines = users.map(({ name, email, role, createdAt, bannedAt }) =>
      [
        name,
        email,
        role,
        new Date(createdAt).toISOString().slice(0, 10),
        ...(bannedAt === null ? [] : ['banned']),
      ].join('\t'),
    );
    io.out(lines.map((line) => `${line}\n`).join(''));
  });
}

async function withAccounts(work: (accounts: Accounts) => Promise<void>): Promise<number> {
  const config = readConfig();
  await using app: App = await createApp(config);
  await work(openAccounts({ ...app, url: publicUrl(config) }));
  return 0;
}

function readEmail(typed: string): string {
  const email = parseEmail(typed);
  if (email === undefined) throw invalid(`“${typed}” is no mail address.`, EMAIL_HINT);
  return email;
}

async function unknown(db: Db, email: string): Promise<Error> {
  const known = (await findUserOfMailbox(db, mailboxOf(email)))?.email ?? undefined;
  return known === undefined
    ? notFound(`${email} has no account.`, { hint: `To make one: broadsheet user add ${email}` })
    : notFound(`${email} has no account, but ${known} has, which is the same mailbox.`, { hint: 'Name that address.' });
}
