/** What a mail that came back says: a bounce (RFC 3464), a complaint (RFC 5965), or a request to unsubscribe. Pure. */

import { mailIdIn, mailIdOfReturn } from '../mail-id.ts';
import { UNSUBSCRIBE } from '../message.ts';
import { readEntity, readFields, walk } from './mime.ts';
import type { Entity } from './mime.ts';

export type Report =
  | { kind: 'bounce'; mailId: string; status: string; detail: string }
  | { kind: 'complaint'; mailId: string; detail: string }
  | { kind: 'unsubscribe'; token: string };

/**
 * Undefined for what is none of these, or names no mail of ours: anybody can write to the address that bounces go to,
 * and only who has had a mail knows its id.
 */
export function readReport(source: string): Report | undefined {
  const mail = readEntity(source);
  const entities = [...walk(mail)];
  const status = entities.find(({ type }) => /^message\/(?:global-)?delivery-status$/.test(type));
  const feedback = entities.find(({ type }) => type === 'message/feedback-report');
  if (status === undefined && feedback === undefined) return unsubscribeOf(mail);
  const mailId = mailIdOf(mail, entities);
  if (mailId === undefined) return undefined;
  if (feedback !== undefined) return complaintOf(feedback, mailId);
  return status && bounceOf(status, mailId);
}

function bounceOf({ text }: Entity, mailId: string): Report | undefined {
  // The first block is of the whole mail, each further one of a recipient; ours have one.
  const fields = new Map(text.split(/\n{2,}/).flatMap(readFields));
  const action = fields.get('action')?.toLowerCase();
  // `delayed`: the server goes on trying; `delivered`, `relayed`, `expanded`: it arrived.
  if (action !== 'failed') return undefined;
  const detail =
    (fields.get('diagnostic-code') ?? '').replace(/^smtp;\s*/i, '') || `status ${fields.get('status') ?? ''}`;
  return { kind: 'bounce', mailId, status: fields.get('status') ?? '5.0.0', detail };
}

function complaintOf({ text }: Entity, mailId: string): Report | undefined {
  const type = new Map(readFields(text)).get('feedback-type')?.toLowerCase();
  return type === 'not-spam' ? undefined : { kind: 'complaint', mailId, detail: `feedback: ${type ?? 'abuse'}` };
}

function unsubscribeOf({ headers }: Entity): Report | undefined {
  const [, token] =
    new RegExp(`^\\s*(?:re:\\s*)?${UNSUBSCRIBE}\\s+([\\w.-]{20,80})\\s*$`, 'i').exec(headers.get('subject') ?? '') ??
    [];
  return token === undefined ? undefined : { kind: 'unsubscribe', token };
}

/** By the address that it came back to, or by the Message-ID of the mail that it brings along. */
function mailIdOf(mail: Entity, entities: readonly Entity[]): string | undefined {
  const addresses = ['to', 'delivered-to', 'x-original-to', 'envelope-to'].flatMap((name) => mail.all(name));
  for (const address of addresses) {
    const id = mailIdOfReturn(address);
    if (id !== undefined) return id;
  }
  for (const entity of entities) {
    const inner = /^(?:message\/rfc822|text\/rfc822-headers|message\/global(?:-headers)?)$/.test(entity.type)
      ? readEntity(entity.text).headers
      : undefined;
    const named = inner?.get('message-id') ?? entity.headers.get('original-message-id');
    const id = named === undefined ? undefined : mailIdIn(named);
    if (id !== undefined) return id;
  }
  return undefined;
}
