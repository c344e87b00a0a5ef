/** What somebody meant to do when they had to sign in first, signed so that it is done afterwards and nothing else is. */

import { isSignature, sign } from './signature.ts';

export interface Intent {
  /** What is to be done: `upvote`. */
  action: string;
  /** The page that does it: `/papers/2310.02541`. */
  path: string;
}

/** Time to find the mail and open the link. */
const INTENT_MS = 60 * 60_000;

/**
 * A text that only this installation can make, good for an hour, for one action on one page. It says nothing of who
 * asked: keep it in a cookie of the browser that did, never in an address, or a link would vote for whoever opens it.
 */
export function signIntent({ action, path }: Intent, secret: string, now: number): string {
  const body = Buffer.from(JSON.stringify([action, path, now + INTENT_MS])).toString('base64url');
  return `${body}.${sign(`intent:${body}`, secret).toString('base64url')}`;
}

/** Undefined if it is not ours, or too old. Compare action and path before you act. */
export function readIntent(text: string, secret: string, now: number): Intent | undefined {
  const [body = '', signature = ''] = text.split('.');
  if (!isSignature(Buffer.from(signature, 'base64url'), `intent:${body}`, secret)) return undefined;
  const [action, path, until] = JSON.parse(Buffer.from(body, 'base64url').toString()) as [string, string, number];
  return now < until ? { action, path } : undefined;
}
