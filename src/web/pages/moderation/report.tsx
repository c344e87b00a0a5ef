/** `/report`: a reader tells the moderators of a comment or a paper. */

import type { Context } from 'hono';
import { requireViewer, requireWriter } from '#accounts/current-viewer.ts';
import { problemOfReason, REASON_LIMIT, report } from '#discussion/moderation/report.ts';
import { paperPath } from '#feed/addresses.ts';
import { paperNotHere } from '#papers/get-paper.ts';
import { isPaperId } from '#papers/ids.ts';
import { texToPlain } from '#papers/tex/plain.ts';
import { UNPROCESSABLE, wantsJson } from '../../answer-type.ts';
import { readForm } from '../../form.ts';
import { limitDeed } from '../../limit-deeds.ts';
import type { Site } from '../../site.ts';
import { findTarget, Sheet } from './sheet.tsx';
import type { FoundTarget } from './sheet.tsx';
import { ReasonForm } from './reason-form.tsx';

export async function reportPage(site: Site, c: Context): Promise<Response> {
  requireWriter(c);
  return await page(site, c, await findShown(site, c.req.query('kind') ?? '', c.req.query('id') ?? ''), '');
}

export async function reportForm(site: Site, c: Context): Promise<Response> {
  const fields = await readForm(c);
  const [kind, id, reason] = [fields.text('kind'), fields.text('id'), fields.text('reason')];
  const viewer = requireWriter(c, `/report?${new URLSearchParams({ kind, id }).toString()}`);
  const target = await findShown(site, kind, id);
  const problem = problemOfReason(reason);
  if (problem !== undefined) {
    if (wantsJson(c)) return c.json({ error: problem }, UNPROCESSABLE);
    c.status(UNPROCESSABLE);
    return await page(site, c, target, reason, problem);
  }
  await limitDeed(site, viewer, 'report');
  await report(site.db, { kind: target.kind, id: target.id, reason, userId: viewer.id, now: site.clock.now() });
  if (wantsJson(c)) return c.json({ kind: target.kind, id: target.id }, 201);
  return c.redirect(`/report/sent?${new URLSearchParams({ paper: target.paper.id }).toString()}`, 303);
}

/** Where a report leads to, so that a reload sends nothing again. */
export async function reportSentPage(site: Site, c: Context): Promise<Response> {
  requireViewer(c, '/');
  const paper = c.req.query('paper') ?? '';
  return await c.html(
    <Sheet site={site} c={c} title="Thank you" nav={false}>
      <p role="status">The moderators will look at it. What they decide is theirs to say.</p>
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

/** What is said of a hidden paper tells what it is: there is nothing to report. */
async function findShown(site: Site, kind: string, id: string): Promise<FoundTarget> {
  const target = await findTarget(site, kind, id);
  if (target.hidden) throw paperNotHere(target.paper.id);
  return target;
}

async function page(
  site: Site,
  c: Context,
  { kind, id, paper, comment }: FoundTarget,
  reason: string,
  problem?: string,
): Promise<Response> {
  return await c.html(
    <Sheet site={site} c={c} title={`Report a ${kind}`} nav={false}>
      <p>
        {kind === 'comment' ? 'A comment on ' : ''}
        <a href={paperPath(paper.id)}>{texToPlain(paper.title)}</a>
      </p>
      {comment && (
        <blockquote class="reported">{comment.hidden_at === null ? comment.body : 'Hidden already.'}</blockquote>
      )}
      <ReasonForm
        path="/report"
        hidden={{ kind, id }}
        reason={reason}
        limit={REASON_LIMIT}
        problem={problem}
        label="What is wrong with it?"
        buttons={[['', 'Tell the moderators']]}
      />
    </Sheet>,
  );
}
