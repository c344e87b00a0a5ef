/** `/moderation`: what was reported and not decided on, oldest first; `/moderation/next` leads to the first of it. */

import type { Context } from 'hono';
import { findUsers } from '#accounts/store.ts';
import type { PublicUser } from '#accounts/user.ts';
import { commentExcerpt } from '#discussion/markdown/excerpt.ts';
import { listOpenReports } from '#discussion/moderation/store.ts';
import { QUEUE_PATH } from '#discussion/moderation/tell.ts';
import { listWaiting } from '#discussion/moderation/waiting.ts';
import type { WaitingThing } from '#discussion/moderation/waiting.ts';
import { texToPlain } from '#papers/tex/plain.ts';
import { accountName } from '../../account-name.ts';
import { wantsJson } from '../../answer-type.ts';
import { Instant } from '../../components/instant.tsx';
import { actPath } from '../../components/moderation-line.tsx';
import type { Site } from '../../site.ts';
import { requireModerator, Sheet } from './sheet.tsx';

/** Those beyond come when these are decided on. */
const SHOWN = 100;
/** Of a comment: one sees what it is, and reads it on the page where it is decided on. */
const BEGINNING_LETTERS = 160;

export async function queuePage(site: Site, c: Context): Promise<Response> {
  requireModerator(c);
  const things = await listWaiting(site.db, SHOWN);
  const ids = things.flatMap(({ authorId, reports }) => [authorId ?? '', ...reports.map(({ user_id }) => user_id)]);
  const people = await findUsers(site.db, [...new Set(ids)]);
  if (wantsJson(c)) return c.json({ reports: toldOf(things, people) });
  return await c.html(
    <Sheet site={site} c={c} title="Reports">
      {things.length === 0 && <p>Nothing waits to be decided on.</p>}
      <ul class="requests">
        {things.map((thing) => (
          <Thing thing={thing} people={people} />
        ))}
      </ul>
    </Sheet>,
  );
}

type People = ReadonlyMap<string, PublicUser>;

function Thing({ thing, people }: { thing: WaitingThing; people: People }) {
  const { kind, target_id: id, title, authorId, beginning, isDeleted, reports } = thing;
  const by = authorId !== null && accountName(people.get(authorId));
  return (
    <li class="waiting-thing">
      <p>
        <a href={actPath({ kind, id })}>
          {kind === 'comment' ? (
            <>
              A comment by {by} on <cite>{texToPlain(title)}</cite>
            </>
          ) : (
            <>
              The paper <cite>{texToPlain(title)}</cite>
            </>
          )}
        </a>
        {kind === 'paper' && by !== false && <>, submitted by {by}</>}
      </p>
      {beginning !== '' && <p dir="auto">{commentExcerpt(beginning, BEGINNING_LETTERS)}</p>}
      {isDeleted && <p class="quiet">Deleted by its author.</p>}
      <ul>
        {reports.map(({ reason, reported_at: at, user_id, isEdited }) => (
          <li>
            “{reason}”{' '}
            <span class="quiet">
              {accountName(people.get(user_id))}, <Instant at={at} exact />
              {isEdited && '; edited since'}
            </span>
          </li>
        ))}
      </ul>
    </li>
  );
}

/** For programs: each report by itself, oldest first. */
function toldOf(things: readonly WaitingThing[], people: People) {
  return things
    .flatMap(({ kind, target_id: id, paper_id: paper, reports }) =>
      reports.map((report) => ({ kind, id, paper, report })),
    )
    .toSorted((a, b) => a.report.reported_at - b.report.reported_at)
    .map(({ report: { reason, reported_at, user_id }, ...thing }) => {
      const who = people.get(user_id);
      const by = who === undefined || who.deletedAt !== null ? null : who.name;
      return { ...thing, reason, by, reportedAt: new Date(reported_at).toISOString() };
    });
}

export async function nextReport(site: Site, c: Context): Promise<Response> {
  requireModerator(c);
  const [oldest] = await listOpenReports(site.db, 1);
  const path = oldest === undefined ? QUEUE_PATH : actPath({ kind: oldest.kind, id: oldest.target_id });
  return c.redirect(path, 303);
}
