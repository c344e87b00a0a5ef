/** What became of a submission, for programs. */

import type { Context } from 'hono';
import { paperPath } from '#feed/addresses.ts';
import type { PaperId } from '#papers/paper.ts';
import type { SubmissionRequest } from '#papers/request-store.ts';
import { explainFailure, explainRefusal } from '#papers/submission.ts';
import type { Refusal } from '#papers/submission.ts';
import { UNPROCESSABLE } from './answer-type.ts';

/** A submission as its submitter sees it; `nextTry` is an instant as ISO 8601 has it. */
export function describeRequest({ paper_id: id, next_at, attempts, problem }: SubmissionRequest) {
  if (next_at === null) return { id, status: 'refused', problem };
  const failure = attempts === 0 ? {} : { failedTries: attempts, problem: explainFailure(problem ?? '') };
  return { id, status: 'waiting', ...failure, nextTry: new Date(next_at).toISOString() };
}

/** 201, for a program that has just submitted it, or 200. */
export function placedAnswer(c: Context, url: string, id: PaperId, status: 200 | 201): Response {
  const path = paperPath(id);
  return c.json({ id, status: 'placed', url: url + path }, status, status === 201 ? { Location: path } : {});
}

/** 202: it is kept, and `statusPath` says what becomes of it; or 422 with what was found wrong when it was fetched. */
export function requestAnswer(c: Context, url: string, request: SubmissionRequest, statusPath: string): Response {
  if (request.next_at !== null)
    return c.json({ ...describeRequest(request), url: url + statusPath }, 202, { Location: statusPath });
  return c.json({ error: request.problem ?? 'It was refused.', id: request.paper_id }, UNPROCESSABLE);
}

/** `reason` is for programs, `error` and `hint` for people. */
export function refusalAnswer(c: Context, url: string, refusal: Refusal): Response {
  const { message, hint } = explainRefusal(refusal);
  const place = refusal.why === 'submitted' ? { url: url + paperPath(refusal.id) } : {};
  return c.json({ error: message, hint, reason: refusal.why, ...place }, statusOf(refusal));
}

function statusOf({ why }: Refusal): 409 | 422 | 429 {
  if (why === 'submitted') return 409;
  return why === 'too-many' ? 429 : UNPROCESSABLE;
}
