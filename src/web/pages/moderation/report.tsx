/** `/report`: a reader tells the moderators of a comment or a paper, and changes what they told. */

import type { Context } from 'hono';
import { requireViewer, requireWriter } from '#accounts/current-viewer.ts';
import type { Viewer } from '#accounts/user.ts';
import { ownComment, problemOfReason, REASON_LIMIT, report } from '#discussion/moderation/report.ts';
import { findReport } from '#discussion/moderation/store.ts';
import { tellOfReports } from '#discussion/moderation/tell.ts';
import { paperPath } from '#feed/addresses.ts';
import { exactTime } from '#platform/dates.ts';
import { paperNotHere } from '#papers/get-paper.ts';
import { isPaperId } from '#papers/ids.ts';
import { texToPlain } from '#papers/tex/plain.ts';
import { UNPROCESSABLE, wantsJson } from '../../answer-type.ts';
import { readForm } from '../../form.ts';
import { deletedComment, hiddenComment } from '../../deleted-below.ts';
import { limitDeed } from '../../limit-deeds.ts';
import type { Site } from '../../site.ts';
import { REPORTS_PATH } from './own-reports.tsx';
import { findTarget, Sheet } from './sheet.tsx';
import type { FoundTarget } from './sheet.tsx';
import { ReasonForm } from '../../components/reason-form.tsx';
import { Quoted } from '../../components/versions.tsx';

export async function reportPage(site: Site, c: Context): Promise<Response> {
  const viewer = requireWriter(c);
  const target = await findShown(site, viewer, c.req.query('kind') ?? '', c.req.query('id') ?? '');
  return await page(site, c, viewer, target);
}

export async function reportForm(site: Site, c: Context): Promise<Response> {
  const fields = await readForm(c);
  const [kind, id, reason] = [fields.text('kind'), fields.text('id'), fields.text('reason')];
  const viewer = requireWriter(c, `/report?${new URLSearchParams({ kind, id }).toString()}`);
  const target = await findShown(site, viewer, kind, id);
  const problem = problemOfReason(reason);
  if (problem !== undefined) {
    if (wantsJson(c)) return c.json({ error: problem }, UNPROCESSABLE);
    c.status(UNPROCESSABLE);
    return await page(site, c, viewer, target, { reason, problem });
  }
  await limitDeed(site, viewer, 'report');
  const about = { kind: target.kind, id: target.id };
  const told = await report(site.db, { ...about, reason, userId: viewer.id, now: site.clock.now() });
  site.accounts.later(async (signal) => await tellOfReports(site.accounts, signal));
  if (wantsJson(c)) return c.json(about, told === 'new' ? 201 : 200);
  const query = { paper: target.paper.id, ...(told === 'changed' ? { changed: '1' } : {}) };
  return c.redirect(`/report/sent?${new URLSearchParams(query).toString()}`, 303);
}

/** Where a report leads to, so that a reload sends nothing again. */
export async function reportSentPage(site: Site, c: Context): Promise<Response> {
  requireViewer(c, '/');
  const paper = c.req.query('paper') ?? '';
  const isChanged = c.req.query('changed') !== undefined;
  return await c.html(
    <Sheet site={site} c={c} title="Thank you" nav={false}>
      <p role="status">
        {isChanged ? 'Your report says now what you wrote. ' : ''}The moderators will look at it. What becomes of it
        stands among <a href={REPORTS_PATH}>your reports</a>.
      </p>
      <p>
        {isPaperId(paper) ? (
          <a class="button" href={paperPath(paper)}>
            Back to the paper
          </a>
        ) : (
          <a class="button" href="/">
            Read the latest papers
          </a>
        )}
      </p>
    </Sheet>,
  );
}

/** What is said of a hidden paper tells what it is: there is nothing to report, as in what is hidden or deleted, or one's own. */
async function findShown(site: Site, viewer: Viewer, kind: string, id: string): Promise<FoundTarget> {
  const target = await findTarget(site, kind, id);
  if (target.hidden) throw paperNotHere(target.paper.id);
  if (target.comment !== undefined && target.comment.deleted_at !== null) throw deletedComment(target.paper.id);
  if (target.comment !== undefined && target.comment.hidden_at !== null) throw hiddenComment(target.paper.id);
  if (target.comment?.user_id === viewer.id) throw ownComment();
  return target;
}

/** `typed`: what is to be mended. */
async function page(
  site: Site,
  c: Context,
  viewer: Viewer,
  target: FoundTarget,
  typed?: { reason: string; problem: string },
): Promise<Response> {
  const { kind, id, paper, comment } = target;
  const before = await findReport(site.db, target, { by: viewer.id });
  const isOpen = before !== undefined && before.settled_at === null;
  return await c.html(
    <Sheet site={site} c={c} title={isOpen ? 'Change your report' : `Report a ${kind}`} nav={false}>
      <p>
        {kind === 'comment' ? 'A comment on ' : ''}
        <a href={paperPath(paper.id)}>{texToPlain(paper.title)}</a>
      </p>
      {comment && <Quoted body={comment.body} />}
      {before !== undefined && (
        <p class="done-note">
          You reported it, {exactTime(before.reported_at)}.{' '}
          {before.settled_at === null
            ? 'The moderators have not decided yet. What you write now takes the place of what you wrote then.'
            : `The moderators decided, ${exactTime(before.settled_at)}. Report it again if there is something new.`}
        </p>
      )}
      <ReasonForm
        path="/report"
        hidden={{ kind, id }}
        reason={typed?.reason ?? (isOpen ? before.reason : '')}
        limit={REASON_LIMIT}
        problem={typed?.problem}
        label="What is wrong with it?"
        buttons={[['', isOpen ? 'Change the report' : 'Tell the moderators']]}
      />
    </Sheet>,
  );
}
