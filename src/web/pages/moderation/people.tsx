/** `/moderation/people`: who moderates and who is banned; bans of accounts, and for admins what somebody may do. */

import type { Context } from 'hono';
import { sendMails } from '#accounts/send-mails.ts';
import { findUser, findUserByName, hasOtherAdmin, listBanned, listModerators } from '#accounts/store.ts';
import type { User } from '#accounts/store.ts';
import { roles } from '#accounts/user.ts';
import type { Viewer } from '#accounts/user.ts';
import { setBanned, setRole } from '#discussion/moderation/moderate.ts';
import type { Moderating, Outcome } from '#discussion/moderation/moderate.ts';
import { listBanReasons } from '#discussion/moderation/store.ts';
import { problemOfReason } from '#discussion/moderation/report.ts';
import { userPath } from '#feed/addresses.ts';
import { exactTime } from '#platform/dates.ts';
import { invalid, notFound } from '#platform/errors.ts';
import { accountName } from '../../account-name.ts';
import { UNPROCESSABLE, wantsJson } from '../../answer-type.ts';
import { AccountForm, ASK_BAN, PEOPLE_PATH as PATH } from '../../components/account-form.tsx';
import { readForm } from '../../form.ts';
import type { Site } from '../../site.ts';
import { askBan } from './ban-question.tsx';
import { demandDone } from './already.ts';
import { keepingReason } from './keeping-reason.ts';
import { requireModerator, requireModeratorInPerson, Sheet } from './sheet.tsx';

/** Earlier ones are found by their name. */
const BANNED_SHOWN = 100;

export async function peoplePage(site: Site, c: Context): Promise<Response> {
  const by = requireModerator(c);
  const name = (c.req.query('name') ?? '').trim().toLowerCase().replace(/^@/, '');
  if (name === '') return await listsPage(site, c, '');
  const found = await findUserByName(site.db, name);
  const user = found && (await findUser(site.db, found.id));
  if (user === undefined || user.deletedAt !== null) {
    c.status(404);
    return await listsPage(site, c, name, `There is nobody called @${name} here.`);
  }
  return await page(site, c, by, user, '');
}

export async function peopleForm(site: Site, c: Context): Promise<Response> {
  const by = requireModeratorInPerson(c, PATH);
  const fields = await readForm(c);
  const [id, reason, asked] = [fields.text('id'), fields.text('reason'), fields.text('do')];
  const wanted = asked === ASK_BAN ? 'ban' : asked;
  const user = await findUser(site.db, id);
  if (user === undefined) throw notFound('There is no such account.');
  const problem = problemOfReason(reason);
  if (problem !== undefined) {
    if (wantsJson(c)) return c.json({ error: problem }, UNPROCESSABLE);
    c.status(UNPROCESSABLE);
    return await page(site, c, by, user, reason, problem);
  }
  const question =
    asked === ASK_BAN
      ? askBan(site, c, { by, user, reason, path: PATH, hidden: { id }, back: `${PATH}?name=${user.name}` })
      : undefined;
  if (question !== undefined) return await question;
  const refused = await keepingReason(
    c,
    async () =>
      await demandDone(
        site,
        wanted,
        await decide(site, id, wanted, { by, reason, now: site.clock.now(), url: site.url }),
      ),
    async (why) => await page(site, c, by, (await findUser(site.db, id)) ?? user, reason, why),
  );
  if (refused !== undefined) return refused;
  site.accounts.later(async (signal) => await sendMails(site.accounts, signal));
  const done = new URLSearchParams({ name: user.name, done: wanted }).toString();
  return wantsJson(c) ? c.json({ id, name: user.name, done: wanted }) : c.redirect(`${PATH}?${done}`, 303);
}

async function decide({ db }: Site, id: string, wanted: string, moderating: Moderating): Promise<Outcome> {
  const role = roles.find((one) => wanted === `make ${one}`);
  if (role !== undefined) return await setRole(db, id, role, moderating);
  if (wanted === 'ban' || wanted === 'unban') return await setBanned(db, id, wanted === 'ban', moderating);
  throw invalid(
    'The form does not say what to do.',
    `Press one of its buttons: do is ban, unban, ${roles.map((one) => `make ${one}`).join(' or ')}.`,
  );
}

async function listsPage(site: Site, c: Context, name: string, problem?: string): Promise<Response> {
  const [moderators, banned] = await Promise.all([listModerators(site.db), listBanned(site.db, BANNED_SHOWN)]);
  const left = banned.filter(({ deletedAt }) => deletedAt !== null);
  const reasons = await listBanReasons(
    site.db,
    left.map(({ id }) => id),
  );
  return await c.html(
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
      <People title="Admins" people={moderators.filter(({ role }) => role === 'admin')} />
      <People title="Moderators" people={moderators.filter(({ role }) => role === 'moderator')} />
      <People title="Banned" people={banned} reasons={reasons} />
    </Sheet>,
  );
}

interface PeopleProps {
  title: string;
  people: readonly User[];
  /** Why those are banned whose account says so no more, by id. */
  reasons?: ReadonlyMap<string, string>;
}

function People({ title, people, reasons }: PeopleProps) {
  return (
    <>
      <h2>{title}</h2>
      {people.length === 0 && <p class="quiet">Nobody.</p>}
      <ul class="requests">
        {people.map(({ id, name, fullName, bannedAt, banReason, deletedAt }) => (
          <li>
            {deletedAt === null ? <a href={`${PATH}?name=${name}`}>@{name}</a> : accountName({ name, deletedAt })}{' '}
            {fullName}
            {deletedAt !== null && bannedAt !== null && (
              <span class="quiet">
                {' '}
                banned, {exactTime(bannedAt)}, and left, {exactTime(deletedAt)}
                {reasons?.has(id) === true && `: “${reasons.get(id) ?? ''}”`}
              </span>
            )}
            {deletedAt === null && bannedAt !== null && (
              <span class="quiet">
                {' '}
                banned, {exactTime(bannedAt)}: “{banReason}”
              </span>
            )}
          </li>
        ))}
      </ul>
    </>
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
  const isOwn = user.id === by.id;
  const mayStepDown = isOwn && (await hasOtherAdmin(site.db, user.id));
  return await c.html(
    <Sheet site={site} c={c} title={`@${user.name}`}>
      {wasDone(c, user) && (
        <p class="done-note" role="status">
          Done, and kept in the <a href="/moderation/log">log</a>.
        </p>
      )}
      <p>
        {ROLES[user.role]}
        {user.bannedAt !== null && `, banned since ${exactTime(user.bannedAt)}: “${user.banReason ?? ''}”`}.{' '}
        <a href={userPath(user.name)}>Profile</a>
      </p>
      {isOwn && by.role === 'admin' && !mayStepDown && problem === undefined && (
        <p class="quiet">You are the only admin. Make somebody else an admin before you stop being one.</p>
      )}
      <AccountForm by={by} user={user} own={mayStepDown || problem !== undefined} reason={reason} problem={problem} />
    </Sheet>,
  );
}

const ROLES = { reader: 'A reader', moderator: 'A moderator', admin: 'An admin' };

/** The note of an address that somebody keeps says nothing that is no longer so. */
function wasDone(c: Context, user: User): boolean {
  const done = c.req.query('done');
  if (done === 'ban' || done === 'unban') return (user.bannedAt !== null) === (done === 'ban');
  return done === `make ${user.role}`;
}
