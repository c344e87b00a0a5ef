/** `/moderation/act`: a moderator decides on a comment or a paper. */

import type { Context } from 'hono';
import { askerOf } from '#accounts/current-viewer.ts';
import { findUser } from '#accounts/store.ts';
import type { Viewer } from '#accounts/user.ts';
import { dismiss, setBanned, setHidden, setLocked } from '#discussion/moderation/moderate.ts';
import type { Moderating, Outcome } from '#discussion/moderation/moderate.ts';
import { problemOfReason, REASON_LIMIT } from '#discussion/moderation/report.ts';
import { findAround } from '#discussion/moderation/around-comment.ts';
import type { AroundComment } from '#discussion/moderation/around-comment.ts';
import { listReportsOn } from '#discussion/moderation/store.ts';
import type { GivenReport } from '#discussion/moderation/store.ts';
import { commentExcerpt } from '#discussion/markdown/excerpt.ts';
import type { CommentTable } from '#discussion/table.ts';
import { commentPath, paperPath } from '#feed/addresses.ts';
import { texToPlain } from '#papers/tex/plain.ts';
import { invalid } from '#platform/errors.ts';
import { UNPROCESSABLE, wantsJson } from '../../answer-type.ts';
import { accountName } from '../../account-name.ts';
import { AccountLink } from '../../components/account-link.tsx';
import { actPath } from '../../components/moderation-line.tsx';
import { PersonRecord } from '../../components/person-record.tsx';
import { GivenReports } from '../../components/reports.tsx';
import { Versions } from '../../components/versions.tsx';
import { readForm } from '../../form.ts';
import type { Site } from '../../site.ts';
import { demandDone } from './already.ts';
import { keepingReason } from './keeping-reason.ts';
import { ASK_BAN, mayBan } from '../../components/account-form.tsx';
import { ReasonForm } from '../../components/reason-form.tsx';
import type { ReasonButton } from '../../components/reason-form.tsx';
import { askBan } from './ban-question.tsx';
import { findTarget, requireModerator, requireModeratorInPerson, Sheet } from './sheet.tsx';
import type { FoundTarget } from './sheet.tsx';

const PATH = '/moderation/act';
/** More say the same again. */
const REPORTS_SHOWN = 20;
/** Of what is answered: enough to know what it is about. */
const ANSWERED_LETTERS = 240;

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
  const isQuestion = fields.text('do') === ASK_BAN;
  const wanted = isQuestion ? 'ban' : fields.text('do');
  if (wanted === 'ban') requireModeratorInPerson(c);
  const user = isQuestion && target.comment ? await findUser(site.db, target.comment.user_id) : undefined;
  const question = isQuestion
    ? askBan(site, c, { by, user, reason, path: PATH, hidden: { kind, id }, back: actPath(target) })
    : undefined;
  if (question !== undefined) return await question;
  const refused = await keepingReason(
    c,
    async () => {
      const outcome = await decide(site, target, wanted, { by, reason, now: site.clock.now() });
      await demandDone(site, wanted, outcome);
    },
    // As it is now: it may be refused because somebody was faster.
    async (why) => await page(site, c, by, await findTarget(site, kind, id), reason, why),
  );
  if (refused !== undefined) return refused;
  return wantsJson(c) ? c.json({ kind, id, done: wanted }) : c.redirect(`${actPath(target)}&done=${wanted}`, 303);
}

async function decide({ db }: Site, target: FoundTarget, wanted: string, moderating: Moderating): Promise<Outcome> {
  const { paper, comment } = target;
  const over = comment && { commentId: comment.id, paperId: paper.id };
  if (wanted === 'hide' || wanted === 'unhide') return await setHidden(db, target, wanted === 'hide', moderating);
  if (wanted === 'lock' || wanted === 'unlock')
    return await setLocked(db, paper.id, wanted === 'lock', { ...moderating, over });
  if (wanted === 'dismiss') return await dismiss(db, target, moderating);
  if (wanted === 'ban' && comment) return await setBanned(db, comment.user_id, true, { ...moderating, over });
  throw invalid(
    'The form does not say what to do.',
    'Press one of its buttons, or send do=hide, unhide, lock, unlock or dismiss.',
  );
}

async function page(
  site: Site,
  c: Context,
  by: Viewer,
  target: FoundTarget,
  reason: string,
  problem?: string,
): Promise<Response> {
  const { kind, id, paper, comment } = target;
  const [around, reports] = await Promise.all([
    comment && findAround(site.db, comment),
    listReportsOn(site.db, target, REPORTS_SHOWN),
  ]);
  const author = around?.author;
  const isOpen = reports.some(({ settled_at }) => settled_at === null);
  const buttons = buttonsFor(target, isOpen);
  if (author && author.bannedAt === null && mayBan(by, author))
    buttons.push([ASK_BAN, `Ban @${author.name} …`, 'danger']);
  return await c.html(
    <Sheet site={site} c={c} title={`Decide on a ${kind}`}>
      <Done
        c={c}
        isSo={(done) => isSo(done, target, { isOpen, isBanned: typeof author?.bannedAt === 'number' })}
        kind={kind}
      />
      <p>
        {comment && (
          <>
            By <AccountLink user={author} />, on{' '}
          </>
        )}
        <a href={paperPath(paper.id)}>{texToPlain(paper.title)}</a>. {stateOf(target)}
      </p>
      {around && comment && <About around={around} comment={comment} reports={reports} now={site.clock.now()} />}
      <GivenReports reports={reports} viewer={by} />
      <ReasonForm
        path={PATH}
        hidden={{ kind, id }}
        reason={reason}
        limit={REASON_LIMIT}
        problem={problem}
        label="Why?"
        hint={WHO_READS[kind]}
        buttons={buttons}
      />
    </Sheet>,
  );
}

interface AboutProps {
  around: AroundComment;
  comment: CommentTable;
  reports: readonly GivenReport[];
  now: number;
}

/** Who wrote it, what it answers, and what it says and said. */
function About({ around: { author, answers, record, revisions }, comment, reports, now }: AboutProps) {
  const paperId = comment.paper_id;
  return (
    <>
      {author && <PersonRecord user={author} record={record} now={now} />}
      {answers && (
        <p>
          In answer to <a href={commentPath({ paperId, id: answers.id })}>{accountName(answers.author)}</a>
          {answers.state === 'shown' ? (
            <>: “{commentExcerpt(answers.body, ANSWERED_LETTERS)}”</>
          ) : (
            `, whose comment was ${answers.state === 'hidden' ? 'hidden by a moderator' : 'deleted'}.`
          )}
        </p>
      )}
      {comment.deleted_at === null && <Versions comment={comment} revisions={revisions} reports={reports} />}
    </>
  );
}

/** Who reads a reason besides moderators: they are to know before they write it. */
const WHO_READS = {
  comment:
    'It is kept in the log. Who wrote the comment reads why it is hidden, or why they are banned; everybody reads why a discussion is closed.',
  paper: 'It is kept in the log. Everybody reads why a discussion is closed.',
};

function isHidden({ comment, hidden }: FoundTarget): boolean {
  return comment === undefined ? hidden : comment.hidden_at !== null;
}

function stateOf(target: FoundTarget): string {
  const { comment, locked } = target;
  const seen = isHidden(target) ? 'It is hidden.' : 'Everybody sees it.';
  const state = comment !== undefined && comment.deleted_at !== null ? 'Who wrote it has deleted it.' : seen;
  return locked ? `${state} The discussion is closed.` : state;
}

/** `isOpen`: whether a report on it waits. */
function buttonsFor(target: FoundTarget, isOpen: boolean): ReasonButton[] {
  const { kind, comment, locked } = target;
  const isGone = comment !== undefined && comment.deleted_at !== null;
  const buttons: ReasonButton[] = [];
  if (!isGone)
    buttons.push(isHidden(target) ? ['unhide', `Show the ${kind} again`] : ['hide', `Hide the ${kind}`, 'main']);
  // One stands out: where nothing is left to hide, that there is nothing more to do.
  const nothing = ['dismiss', 'Dismiss the reports'] as const;
  if (isOpen) buttons.push(isGone || isHidden(target) ? [...nothing, 'main'] : [...nothing]);
  buttons.push(locked ? ['unlock', 'Open the discussion'] : ['lock', 'Close the discussion']);
  return buttons;
}

const DONE = new Map<string, (kind: string) => string>([
  ['hide', (kind) => `The ${kind} is hidden.`],
  ['unhide', (kind) => `The ${kind} is shown again.`],
  ['lock', () => 'The discussion is closed.'],
  ['unlock', () => 'The discussion is open again.'],
  ['dismiss', () => 'The reports are dismissed.'],
  ['ban', () => 'The account is banned.'],
]);

/** The note of an address that somebody keeps says nothing that is no longer so. */
function isSo(done: string, target: FoundTarget, now: { isOpen: boolean; isBanned: boolean }): boolean {
  if (done === 'hide' || done === 'unhide') return isHidden(target) === (done === 'hide');
  if (done === 'lock' || done === 'unlock') return target.locked === (done === 'lock');
  return done === 'ban' ? now.isBanned : !now.isOpen;
}

interface DoneProps {
  c: Context;
  kind: string;
  isSo: (done: string) => boolean;
}

/** What was just decided, and what waits: a moderator goes from one report to the next. */
function Done({ c, kind, isSo: isStillSo }: DoneProps) {
  const done = c.req.query('done') ?? '';
  const said = DONE.get(done)?.(kind);
  if (said === undefined || !isStillSo(done)) return null;
  const waiting = askerOf(c)?.waiting ?? 0;
  return (
    <p class="done-note" role="status">
      {said}{' '}
      {waiting === 0 ? (
        'No report waits.'
      ) : (
        <a href="/moderation/next">
          {waiting === 1 ? 'Go on to the report that is left' : `Go on to the next of ${waiting} reports`}
        </a>
      )}
    </p>
  );
}
