/** The form that submits a paper, and what became of earlier ones. */

import { paperPath } from '#feed/addresses.ts';
import type { PaperId } from '#papers/paper.ts';
import type { SubmissionRequest } from '#papers/request-store.ts';
import { nextTry, TakeBack } from './fetching.tsx';

export interface SubmitFormProps {
  path: string;
  /** What was typed before. */
  typed: string;
  /** What was wrong with it, and what would be right. */
  problem?: string | undefined;
  /** Where the problem is that it is here: the paper to go to. */
  paper?: PaperId | undefined;
  isTooOld?: boolean | undefined;
  /** Of a banned reader, who is told so above every page. */
  isBanned: boolean;
  /** Whether this reader may submit papers of any age. */
  mayBeOlder: boolean;
  windowDays: number;
  perDay: number;
}

export function SubmitForm(props: SubmitFormProps) {
  const { path, typed, problem, paper, isTooOld = false, mayBeOlder, isBanned, windowDays, perDay } = props;
  if (isBanned) return <p>Nothing can be submitted from this account.</p>;
  return (
    <form class="form" method="post" action={path}>
      {problem !== undefined && (
        <p class="problem-note" role="alert" id="problem">
          {problem} {paper !== undefined && <a href={paperPath(paper)}>Go to {paper}</a>}
        </p>
      )}
      <label>
        <span>arXiv id or address</span>
        <input
          name="paper"
          value={typed}
          required
          maxlength={200}
          autocomplete="off"
          autocapitalize="none"
          spellcheck={false}
          placeholder="2310.02541"
          aria-describedby={problem === undefined ? 'rules' : 'problem rules'}
          aria-invalid={problem === undefined ? undefined : 'true'}
          autofocus
        />
      </label>
      {mayBeOlder && (
        <label class="check">
          <input type="checkbox" name="any_age" value="1" checked={isTooOld} />
          <span>Whatever its age (moderators only)</span>
        </label>
      )}
      <p>
        <button class="main">Submit it for today</button>
      </p>
      <p class="quiet" id="rules">
        Papers can be submitted {windowDays === 0 ? 'on the day' : `up to ${days(windowDays)} after the day`} of their
        publication, each once, and {perDay === 1 ? 'one' : `up to ${perDay}`} a day by one person. The edition says who
        submitted a paper.
      </p>
    </form>
  );
}

export interface WaitingProps {
  requests: readonly SubmissionRequest[];
  now: number;
  /** Where a submission is taken back. */
  path: string;
  pathOf: (id: PaperId) => string;
}

/** Submissions of this reader that are not in an edition. */
export function Waiting({ requests, now, path, pathOf }: WaitingProps) {
  if (requests.length === 0) return null;
  return (
    <section aria-labelledby="waiting">
      <h2 id="waiting">Your submissions that are not in an edition</h2>
      <ul class="requests">
        {requests.map((request) => (
          <li>
            <Request request={request} now={now} path={path} pathOf={pathOf} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Request({ request, now, path, pathOf }: Omit<WaitingProps, 'requests'> & { request: SubmissionRequest }) {
  const { paper_id: id, next_at, problem, attempts } = request;
  if (next_at === null) {
    return (
      <div class="spread">
        <p>
          <b>{id}</b>: {problem}
        </p>
        <TakeBack path={path} id={id} label="Clear" />
      </div>
    );
  }
  return (
    <p>
      <a href={pathOf(id)}>{id}</a>{' '}
      {attempts === 0 ? 'is being fetched.' : `could not be fetched yet. ${nextTry(request, now)}`}
    </p>
  );
}

function days(count: number): string {
  return count === 1 ? '1 day' : `${count} days`;
}
