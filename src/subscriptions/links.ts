/**
 * The signed links in mails. They are short, because some mail servers break long header lines, and say nothing: an id
 * of ours, 128 bits of an HMAC, and a letter for what it is of. The letter is last, because mail programs that look for
 * addresses in plain text take a hyphen at the end for the writer's.
 */

import { timingSafeEqual } from 'node:crypto';
import { sign } from '#accounts/signature.ts';

export const UNSUBSCRIBE_PATH = '/u';
export const MANAGE_PATH = '/subscribe/manage';

export interface LinkContext {
  /** Where readers reach the site, without a slash at the end. */
  url: string;
  /** The installation's, `readSecret(config)`. */
  secret: string;
}

/** What an unsubscribing link ends. */
export type Ends = { kind: 'list'; subscriptionId: string } | { kind: 'all'; subscriberId: string };

const LETTERS = { list: 'l', all: 'a', manage: 'm' } as const;
type LinkKind = keyof typeof LETTERS;

/** Ids have 16 letters; longer ones than this are not ours. */
const TOKEN = /^([\w-]{1,40})\.([\w-]{22})([lam])$/;
const SIGNATURE_BYTES = 16;

/**
 * Ends one list, or everything: for List-Unsubscribe (RFC 8058) and for the mail's foot. It works for as long as the
 * secret stands, also after its reader had all other links ended: ending must always be possible.
 */
export function unsubscribeUrl({ url, secret }: LinkContext, ends: Ends): string {
  const id = ends.kind === 'list' ? ends.subscriptionId : ends.subscriberId;
  return `${url}${UNSUBSCRIBE_PATH}/${makeToken(ends.kind, id, '', secret)}`;
}

/** Leads to everything of one subscriber without signing in, until they have a new `linkKey`. */
export function manageUrl({ url, secret }: LinkContext, subscriber: { id: string; linkKey: string }): string {
  return `${url}${MANAGE_PATH}?t=${manageToken(secret, subscriber)}`;
}

export function manageToken(secret: string, { id, linkKey }: { id: string; linkKey: string }): string {
  return makeToken('manage', id, linkKey, secret);
}

/** What a token of an unsubscribing link ends, or undefined if it is not one of ours. Asks no database. */
export function readUnsubscribe(secret: string, token: string): Ends | undefined {
  const read = readToken(token);
  if (read === undefined || read.kind === 'manage' || !isRight(read, '', secret)) return undefined;
  return read.kind === 'list' ? { kind: 'list', subscriptionId: read.id } : { kind: 'all', subscriberId: read.id };
}

/** Whom a managing link names; whether it is ours, `isManageToken` says, with that subscriber's `linkKey`. */
export function namedByManage(token: string): string | undefined {
  const read = readToken(token);
  return read?.kind === 'manage' ? read.id : undefined;
}

export function isManageToken(secret: string, token: string, linkKey: string): boolean {
  const read = readToken(token);
  return read?.kind === 'manage' && isRight(read, linkKey, secret);
}

function makeToken(kind: LinkKind, id: string, linkKey: string, secret: string): string {
  return `${id}.${signatureOf({ kind, id }, linkKey, secret)}${LETTERS[kind]}`;
}

function signatureOf({ kind, id }: Pick<ReadToken, 'kind' | 'id'>, linkKey: string, secret: string): string {
  const whole = sign(`subscription ${kind} ${id} ${linkKey}`, secret);
  return whole.subarray(0, SIGNATURE_BYTES).toString('base64url');
}

interface ReadToken {
  kind: LinkKind;
  id: string;
  signature: string;
}

function readToken(token: string): ReadToken | undefined {
  const [, id = '', signature = '', letter] = TOKEN.exec(token) ?? [];
  const kind = (Object.keys(LETTERS) as LinkKind[]).find((name) => LETTERS[name] === letter);
  return kind && { kind, id, signature };
}

/** As text, because several texts are read as the same bytes. Both have the length that `TOKEN` asks for. */
function isRight(read: ReadToken, linkKey: string, secret: string): boolean {
  return timingSafeEqual(Buffer.from(read.signature), Buffer.from(signatureOf(read, linkKey, secret)));
}
