/** `/moderation/act`: a moderator decides on a comment or a paper. */

import type { Context } from 'hono';
import { findUser } from '#accounts/store.ts';
import type { Viewer } from '#accounts/user.ts';
import { dismiss, setBanned, setHidden, setLocked } from '#discussion/moderation/moderate.ts';
import type { Moderating } from '#discussion/moderation/moderate.ts';
import { problemOfReason, REASON_LIMIT } from '#discussion/moderation/report.ts';
import { listReportsOn } from '#discussion/moderation/store.ts';
import { paperPath } from '#feed/addresses.ts';
import { texToPlain } from '#papers/tex/plain.ts';
import { invalid } from '#platform/errors.ts';
import { accountName } from '../../account-name.ts';
import { UNPROCESSABLE, wantsJson } from '../../answer-type.ts';
import { actPath } from '../../components/moderation-line.tsx';
import { GivenReports } from '../../components/reports.tsx';
import { readForm } from '../../form.ts';
import type { Site } from '../../site.ts';
import { keepingReason } from './keeping-reason.ts';
import { mayBan } from './people.tsx';
import { ReasonForm } from './reason-form.tsx';
import { findTarget, requireModerator, requireModeratorInPerson, Sheet } from './sheet.tsx';
import type { FoundTarget } from './sheet.tsx';

/** More say the same again. */
const REPORTS_SHOWN = 20;

export async function actPage(site: Site, c: Context): Promise<Response> {
  const by = requireModerator(c);
  return await page(site, c, by, await findTarget(site, c.req.query('kind') ?? '', c.req.query('id') ?? ''), '');
}

export async function actForm(site: Site, c: Context): Promise<Response> {
  const fields = await readForm(c);
  const [kind, id, reason] = [fields.text('kind'), fields.text('id'), fields.text('reason')];
  const by = requireModerator(c, '/moderation');
  const target = await findTarget(site, kind, id);
  const problem = problemOfReason(reason);
  if (problem !== undefined) {
    if (wantsJson(c)) return c.json({ error: problem }, UNPROCESSABLE);
    c.status(UNPROCESSABLE);
    return await page(site, c, by, target, reason, problem);
  }
  const wanted = fields.text('do');
  if (wanted === 'ban') requireModeratorInPerson(c);
  const refused = await keepingReason(
    c,
    async () => await decide(site, target, wanted, { by, reason, now: site.clock.now() }),
    async (why) => await page(site, c, by, target, reason, why),
  );
  if (refused !== undefined) return refused;
  return wantsJson(c) ? c.json({ kind, id, done: wanted }) : c.redirect(actPath(target), 303);
}

async function decide({ db }: Site, target: FoundTarget, wanted: string, moderating: Moderating): Promise<void> {
  const { paper, comment } = target;
  const over = comment && { commentId: comment.id, paperId: paper.id };
  if (wanted === 'hide' || wanted === 'unhide') await setHidden(db, target, wanted === 'hide', moderating);
  else if (wanted === 'lock' || wanted === 'unlock')
    await setLocked(db, paper.id, wanted === 'lock', { ...moderating, over });
  else if (wanted === 'dismiss') await dismiss(db, target, moderating);
  else if (wanted === 'ban' && comment) await setBanned(db, comment.user_id, true, { ...moderating, over });
  else throw invalid('The form does not say what to do.', 'Press one of its buttons.');
}

async function page(
  site: Site,
  c: Context,
  by: Viewer,
  target: FoundTarget,
  reason: string,
  problem?: string,
): Promise<Response> {
  const { kind, id, paper, hidden, locked, comment } = target;
  const [author, reports] = await Promise.all([
    comment && findUser(site.db, comment.user_id),
    listReportsOn(site.db, target, REPORTS_SHOWN),
  ]);
  const isHidden = comment === undefined ? hidden : comment.hidden_at !== null;
  const buttons: [string, string][] = [
    isHidden ? ['unhide', `Show the ${kind} again`] : ['hide', `Hide the ${kind}`],
    locked ? ['unlock', 'Open the discussion'] : ['lock', 'Close the discussion'],
    ['dismiss', 'Dismiss the reports'],
  ];
  if (author && author.bannedAt === null && mayBan(by, author)) buttons.push(['ban', `Ban @${author.name}`]);
  return await c.html(
    <Sheet site={site} c={c} title={`Decide on a ${kind}`}>
      <p>
        {comment && `By ${accountName(author)}, on `}
        <a href={paperPath(paper.id)}>{texToPlain(paper.title)}</a>. {isHidden ? 'It is hidden.' : 'Everybody sees it.'}{' '}
        {locked && 'The discussion is closed.'}
      </p>
      {comment && <blockquote class="reported">{comment.body}</blockquote>}
      <GivenReports reports={reports} />
      <ReasonForm
        path="/moderation/act"
        hidden={{ kind, id }}
        reason={reason}
        limit={REASON_LIMIT}
        problem={problem}
        label="Why? It is kept in the log, and who is banned reads it."
        buttons={buttons}
      />
    </Sheet>,
  );
}
