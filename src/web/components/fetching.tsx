/** A submission whose paper is not here yet: what happens with it, what went wrong, and what its submitter can do. */

import { exactTime } from '#platform/dates.ts';
import type { PaperId } from '#papers/paper.ts';
import type { SubmissionRequest } from '#papers/request-store.ts';
import { explainFailure } from '#papers/submission.ts';

/** How soon a page that waits looks again: at once while one watches, seldom when it takes long. */
const SOONEST_S = 3;
const LATEST_S = 60;
/** The job that tries again looks every few seconds for what is due, and needs some for the fetching itself. */
const AFTER_TRY_S = 15;

/** Seconds after which the page of a submission is to look again: when something can have changed, and not before. */
export function refreshSeconds({ asked_at, attempts, next_at }: SubmissionRequest, now: number): number {
  const untilTry = Math.ceil(((next_at ?? now) - now) / 1000);
  if (attempts > 0 && untilTry > 0) return untilTry + AFTER_TRY_S;
  return Math.min(LATEST_S, Math.max(SOONEST_S, Math.round((now - asked_at) / 10_000)));
}

export interface FetchingProps {
  request: SubmissionRequest;
  now: number;
  /** Where the form is sent. */
  path: string;
  /** Of this page. */
  here: string;
}

export function Fetching({ request, now, path, here }: FetchingProps) {
  const { paper_id: id, attempts, problem } = request;
  if (attempts === 0) {
    return (
      <>
        <h1>{id} is being fetched</h1>
        <p role="status">
          Your submission is kept. The paper comes from arXiv, which is asked one thing at a time; when it is here, it
          stands in the edition, and this page leads to it.
        </p>
        <p>
          <a class="button" href={here}>
            Look again
          </a>{' '}
          This page does so by itself. You can leave it.
        </p>
      </>
    );
  }
  return (
    <>
      <h1>{id} could not be fetched yet</h1>
      <p role="status">
        {explainFailure(problem ?? '')} {nextTry(request, now)}
      </p>
      <p>
        Your submission is kept: when the paper is here, it stands in the edition of that day with your name. Nothing
        needs to be done for it, and you can leave this page. If it cannot be fetched within a day, you read so at{' '}
        <a href={path}>Submit a paper</a>.
      </p>
      <div class="row">
        <form method="post" action={path}>
          <input type="hidden" name="paper" value={id} />
          <button>Try it now</button>
        </form>
        <TakeBack path={path} id={id} label="Take it back" />
      </div>
      <p class="quiet">
        {attempts === 1 ? 'One try has' : `${attempts} tries have`} failed since {exactTime(request.asked_at)}.
      </p>
    </>
  );
}

export function TakeBack({ path, id, label }: { path: string; id: PaperId; label: string }) {
  return (
    <form method="post" action={path}>
      <input type="hidden" name="take_back" value={id} />
      <button>
        {label}
        <span class="unseen"> ({id})</span>
      </button>
    </form>
  );
}

/** `It is tried again in 4 minutes, at 12:31 PM UTC.` */
export function nextTry({ next_at }: SubmissionRequest, now: number): string {
  if (next_at === null || next_at <= now) return 'It is being tried again now.';
  const minutes = Math.ceil((next_at - now) / 60_000);
  const time = (exactTime(next_at).split(', ').at(-1) ?? '').replaceAll(' ', '\u00A0');
  return `It is tried again in ${minutes === 1 ? 'a minute' : `${minutes} minutes`}, at ${time}.`;
}
