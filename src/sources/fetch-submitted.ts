/** Fetches the papers that people submitted and that are not here yet, and puts them into the edition. */

import { lockPapers, savePapers } from '#papers/save.ts';
import {
  deleteRequest,
  findDueRequest,
  findRequest,
  forgetRefused,
  isShutOut,
  updateRequest,
} from '#papers/request-store.ts';
import type { SubmissionRequest } from '#papers/request-store.ts';
import type { PaperDraft, PaperId } from '#papers/paper.ts';
import { findPaper } from '#papers/store.ts';
import { explainFailure, explainRefusal, refuseAge } from '#papers/submission.ts';
import type { Refusal } from '#papers/submission.ts';
import { place, refusePlace } from '#papers/submit.ts';
import { dayInZone, epochToDay } from '#platform/day.ts';
import { AppError } from '#platform/errors.ts';
import type { Trx } from '#schema.ts';
import { fetchPaper } from './arxiv/api.ts';
import type { SourceContext } from './context.ts';
import { datedIfNew } from './news.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** After a failure: a minute, doubled each time, at most an hour. Each try of its own asks several times. */
const FIRST_WAIT_MS = MINUTE;
const LONGEST_WAIT_MS = HOUR;
/** Outages of arXiv last hours; after a day the news is old, and its submitter should know. */
const GIVE_UP_MS = 24 * HOUR;
/** How long people can read why something was refused. */
const REMEMBER_MS = 30 * 24 * HOUR;

/** All that are due, one after the other. Each is complete before the next is begun; failures are kept with the request. */
export async function fetchSubmitted(context: SourceContext, signal?: AbortSignal): Promise<void> {
  const { db, clock } = context;
  await forgetRefused(db, clock.now() - REMEMBER_MS);
  for (;;) {
    signal?.throwIfAborted();
    const request = await findDueRequest(db, clock.now());
    if (request === undefined) return;
    await tryRequest(context, request, signal);
  }
}

/**
 * One person's submission at once, as long as `signal` lets it. What is not done by then is due for the job. Never
 * rejects for what arXiv does; how it went is in the database.
 */
export async function fetchSubmittedNow(
  context: SourceContext,
  who: { userId: string; paperId: PaperId },
  signal: AbortSignal,
): Promise<void> {
  const request = await findRequest(context.db, who);
  if (request === undefined || request.next_at === null) return;
  try {
    await tryRequest(context, request, signal);
  } catch (error) {
    if (!signal.aborted) throw error;
    await updateRequest(context.db, request, { next_at: context.clock.now() });
  }
}

async function tryRequest(context: SourceContext, request: SubmissionRequest, signal?: AbortSignal): Promise<void> {
  const { db, clock } = context;
  let draft: PaperDraft | undefined;
  try {
    // Somebody else's submission or the day's listing may have brought it in.
    const isHere = (await findPaper(db, request.paper_id)) !== undefined;
    if (!isHere) draft = await fetchPaper(context, request.paper_id, signal);
    await db.transaction().execute(async (trx) => await complete(context, trx, request, isHere ? 'here' : draft));
  } catch (error) {
    signal?.throwIfAborted();
    const isKnown = error instanceof AppError;
    // Whatever it was: it is this request's own affair, and those behind it go on.
    const problem = isKnown ? error.message : 'This site made a mistake with it.';
    await updateRequest(db, request, afterFailure(request, problem, clock.now()));
    const told = isKnown ? { reason: problem } : { err: error as Error };
    context.log[isKnown ? 'warn' : 'error'](
      { paper: request.paper_id, ...told },
      'a submitted paper could not be fetched',
    );
  }
}

/** Paper, place and the end of the request in one transaction: a kill leaves all of it or none. */
async function complete(
  { config, clock }: SourceContext,
  trx: Trx,
  request: SubmissionRequest,
  found: PaperDraft | 'here' | undefined,
): Promise<void> {
  await lockPapers(trx);
  const now = clock.now();
  const { paper_id: id, user_id: userId } = request;
  // The same request may have been completed, or taken back, since it was read.
  const current = await findRequest(trx, { userId, paperId: id });
  if (current === undefined || current.next_at === null) return;
  if (await isShutOut(trx, userId))
    return await updateRequest(trx, request, {
      next_at: null,
      problem: 'The account that asked for it can no longer submit.',
      by_ban: 1,
    });
  const paper = found === 'here' ? await findPaper(trx, id) : found;
  const day = dayInZone(now, config.TIME_ZONE, config.ROLLOVER_HOUR);
  const rules = { windowDays: config.SUBMIT_WINDOW_DAYS, perDay: config.SUBMIT_PER_DAY };
  // The day on which it was asked for counts for its age: it is not the person's fault that arXiv was slow.
  const askedOn = dayInZone(request.asked_at, config.TIME_ZONE, config.ROLLOVER_HOUR);
  const refusal: Refusal | undefined =
    (paper === undefined ? ({ why: 'unknown', id } as const) : undefined) ??
    (await refusePlace(trx, id)) ??
    (request.any_age === 1 || paper === undefined ? undefined : refuseAge(paper, rules, askedOn));
  if (refusal) {
    if (refusal.why === 'submitted' && refusal.userId === userId) return await deleteRequest(trx, request);
    const { message, hint } = explainRefusal(refusal);
    return await updateRequest(trx, request, { next_at: null, problem: `${message} ${hint}` });
  }
  if (found !== 'here' && found !== undefined) await savePapers(trx, [datedIfNew(found, epochToDay(now))], now);
  await place(trx, { id, userId, day, now });
}

/** Pure. */
export function afterFailure(
  { attempts, asked_at }: Pick<SubmissionRequest, 'attempts' | 'asked_at'>,
  problem: string,
  now: number,
): Pick<SubmissionRequest, 'attempts' | 'next_at' | 'problem'> {
  const wait = Math.min(FIRST_WAIT_MS * 2 ** attempts, LONGEST_WAIT_MS);
  if (now + wait <= asked_at + GIVE_UP_MS) return { attempts: attempts + 1, next_at: now + wait, problem };
  return {
    attempts: attempts + 1,
    next_at: null,
    problem: `It could not be fetched within a day. ${explainFailure(problem)} Submit it again later.`,
  };
}
