/** Signatures of messages, as the Standard Webhooks convention has them (standardwebhooks.com, 1.0). Pure. */

import { createHmac, randomBytes } from 'node:crypto';

const PREFIX = 'whsec_';
/** The convention wants 24 to 64. */
const SECRET_BYTES = 32;

export function makeSecret(): string {
  return PREFIX + randomBytes(SECRET_BYTES).toString('base64');
}

export interface Signed {
  /** The same at each try. */
  id: string;
  /** Of this try, in whole seconds: receivers refuse what is older than five minutes. */
  timestamp: number;
  body: string;
}

/** The three headers. `secrets`: all that are valid now; a receiver needs to know one of them. */
export function signatureHeaders({ id, timestamp, body }: Signed, secrets: readonly string[]): Record<string, string> {
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.slice(PREFIX.length), 'base64');
    return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
  });
  return { 'webhook-id': id, 'webhook-timestamp': String(timestamp), 'webhook-signature': signatures.join(' ') };
}
