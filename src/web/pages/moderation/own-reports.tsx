/** `/reports`: what somebody reported, and what became of it. */

import type { Context } from 'hono';
import { requireViewer } from '#accounts/current-viewer.ts';
import { listReportsBy } from '#discussion/moderation/own-reports.ts';
import type { OwnReport } from '#discussion/moderation/own-reports.ts';
import type { ModerationAction } from '#discussion/table.ts';
import { commentPath, paperPath } from '#feed/addresses.ts';
import { texToPlain } from '#papers/tex/plain.ts';
import { wantsJson } from '../../answer-type.ts';
import { Instant } from '../../components/instant.tsx';
import type { Site } from '../../site.ts';
import { Sheet } from './sheet.tsx';

export const REPORTS_PATH = '/reports';

/** Whoever made more has the rest in the export of their data. */
const SHOWN = 100;

export async function ownReportsPage(site: Site, c: Context): Promise<Response> {
  const viewer = requireViewer(c);
  const reports = await listReportsBy(site.db, viewer.id, SHOWN);
  if (wantsJson(c)) return c.json({ reports: reports.map(told) });
  return await c.html(
    <Sheet site={site} c={c} title="Your reports" nav={false}>
      {reports.length === 0 && <p>You have reported nothing.</p>}
      <ul class="requests">
        {reports.map((report) => (
          <li>
            <What report={report} />: “{report.reason}”{' '}
            <span class="quiet">
              <Instant at={report.reported_at} exact />
            </span>
            <br />
            {wordsOf(report)}
            {report.settled_at !== null && (
              <span class="quiet">
                {' '}
                <Instant at={report.settled_at} exact />
              </span>
            )}
          </li>
        ))}
      </ul>
    </Sheet>,
  );
}

function What({ report: { kind, target_id: id, paper_id: paperId, title, isThere } }: { report: OwnReport }) {
  const paper = title === null ? 'a paper that is hidden now' : <cite>{texToPlain(title)}</cite>;
  if (kind === 'paper') return isThere === 1 ? <a href={paperPath(paperId)}>{paper}</a> : <>{paper}</>;
  return (
    <>
      {isThere === 1 ? <a href={commentPath({ paperId, id })}>A comment</a> : 'A comment'} on {paper}
    </>
  );
}

const DECIDED: Partial<Record<ModerationAction, string>> = {
  hide: 'The moderators have hidden it.',
  unhide: 'The moderators looked at it and show it.',
  lock: 'The moderators have closed the discussion.',
  unlock: 'The moderators have opened the discussion again.',
  dismiss: 'The moderators looked at it and left it as it is.',
  ban: 'The moderators have banned who wrote it.',
};

function wordsOf({ settled_at, action }: OwnReport): string {
  if (settled_at === null) return 'The moderators have not decided yet.';
  return (action === null ? undefined : DECIDED[action]) ?? 'The moderators have decided.';
}

/** `decision` is null while there is none. */
function told({ kind, target_id: id, paper_id: paper, reason, reported_at, settled_at, action }: OwnReport) {
  return {
    kind,
    id,
    paper,
    reason,
    reportedAt: new Date(reported_at).toISOString(),
    decidedAt: settled_at === null ? null : new Date(settled_at).toISOString(),
    decision: settled_at === null ? null : action,
  };
}
