/** `/moderation/people`: bans of accounts, and for admins what somebody may do. */

import type { Context } from 'hono';
import { findUser, findUserByName } from '#accounts/store.ts';
import type { User } from '#accounts/store.ts';
import { isModerator, roles } from '#accounts/user.ts';
import type { PublicUser, Viewer } from '#accounts/user.ts';
import { setBanned, setRole } from '#discussion/moderation/moderate.ts';
import type { Moderating } from '#discussion/moderation/moderate.ts';
import { problemOfReason, REASON_LIMIT } from '#discussion/moderation/report.ts';
import { userPath } from '#feed/addresses.ts';
import { invalid, notFound } from '#platform/errors.ts';
import { UNPROCESSABLE, wantsJson } from '../../answer-type.ts';
import { readForm } from '../../form.ts';
import type { Site } from '../../site.ts';
import { keepingReason } from './keeping-reason.ts';
import { ReasonForm } from './reason-form.tsx';
import { requireModerator, requireModeratorInPerson, Sheet } from './sheet.tsx';

const PATH = '/moderation/people';

export async function peoplePage(site: Site, c: Context): Promise<Response> {
  const by = requireModerator(c);
  const name = (c.req.query('name') ?? '').trim().toLowerCase().replace(/^@/, '');
  if (name === '') return await c.html(<Search site={site} c={c} name="" />);
  const found = await findUserByName(site.db, name);
  const user = found && (await findUser(site.db, found.id));
  if (user === undefined || user.deletedAt !== null) {
    c.status(404);
    return await c.html(<Search site={site} c={c} name={name} problem={`There is nobody called @${name} here.`} />);
  }
  return await page(site, c, by, user, '');
}

export async function peopleForm(site: Site, c: Context): Promise<Response> {
  const by = requireModeratorInPerson(c, PATH);
  const fields = await readForm(c);
  const [id, reason, wanted] = [fields.text('id'), fields.text('reason'), fields.text('do')];
  const user = await findUser(site.db, id);
  if (user === undefined) throw notFound('There is no such account.');
  const problem = problemOfReason(reason);
  if (problem !== undefined) {
    if (wantsJson(c)) return c.json({ error: problem }, UNPROCESSABLE);
    c.status(UNPROCESSABLE);
    return await page(site, c, by, user, reason, problem);
  }
  const refused = await keepingReason(
    c,
    async () => await decide(site, id, wanted, { by, reason, now: site.clock.now() }),
    async (why) => await page(site, c, by, user, reason, why),
  );
  if (refused !== undefined) return refused;
  return wantsJson(c) ? c.json({ id, name: user.name, done: wanted }) : c.redirect(`${PATH}?name=${user.name}`, 303);
}

async function decide({ db }: Site, id: string, wanted: string, moderating: Moderating): Promise<void> {
  const role = roles.find((one) => wanted === `make ${one}`);
  if (role !== undefined) await setRole(db, id, role, moderating);
  else if (wanted === 'ban' || wanted === 'unban') await setBanned(db, id, wanted === 'ban', moderating);
  else throw invalid('The form does not say what to do.', 'Press one of its buttons.');
}

interface SearchProps {
  site: Site;
  c: Context;
  name: string;
  problem?: string;
}

function Search({ site, c, name, problem }: SearchProps) {
  return (
    <Sheet site={site} c={c} title="People">
      <form class="form" action={PATH}>
        {problem !== undefined && (
          <p class="problem-note" role="alert">
            {problem}
          </p>
        )}
        <label>
          <span>Name of an account</span>
          <input name="name" value={name} required maxlength={60} autocapitalize="none" spellcheck={false} />
        </label>
        <p>
          <button class="main">Look it up</button>
        </p>
      </form>
    </Sheet>
  );
}

async function page(
  site: Site,
  c: Context,
  by: Viewer,
  user: User,
  reason: string,
  problem?: string,
): Promise<Response> {
  return await c.html(
    <Sheet site={site} c={c} title={`@${user.name}`}>
      <p>
        <a href={userPath(user.name)}>@{user.name}</a> is {user.role === 'admin' ? 'an admin' : `a ${user.role}`}
        {user.bannedAt !== null && `, banned: “${user.banReason ?? ''}”`}.
      </p>
      <AccountForm by={by} user={user} reason={reason} problem={problem} />
    </Sheet>,
  );
}

export interface AccountFormProps {
  by: Viewer;
  user: PublicUser;
  reason?: string;
  problem?: string | undefined;
}

/** Here and on the profile. Nothing where `by` can decide nothing about the account. */
export function AccountForm({ by, user, reason = '', problem }: AccountFormProps) {
  const buttons = buttonsFor(by, user);
  if (buttons.length === 0) return null;
  return (
    <ReasonForm
      path={PATH}
      hidden={{ id: user.id }}
      reason={reason}
      limit={REASON_LIMIT}
      problem={problem}
      label="Why? It is kept in the log, and who is banned reads it."
      buttons={buttons}
    />
  );
}

/** Whether there is anything that `by` can decide. */
export function mayModerate(by: Viewer, user: PublicUser): boolean {
  return buttonsFor(by, user).length > 0;
}

/** Nobody bans themselves, and only admins ban those who moderate. */
export function mayBan(by: Viewer, user: PublicUser): boolean {
  return user.deletedAt === null && user.id !== by.id && (by.role === 'admin' || !isModerator(user));
}

/** Those that the use cases allow. */
function buttonsFor(by: Viewer, user: PublicUser): [string, string][] {
  if (!isModerator(by) || by.bannedAt !== null) return [];
  const isAdmin = by.role === 'admin';
  const buttons: [string, string][] = [];
  if (mayBan(by, user)) buttons.push(user.bannedAt === null ? ['ban', 'Ban'] : ['unban', 'Lift the ban']);
  if (isAdmin) {
    for (const role of roles) if (role !== user.role) buttons.push([`make ${role}`, `Make ${role}`]);
  }
  return buttons;
}
