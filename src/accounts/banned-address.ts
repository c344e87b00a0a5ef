/** A banned address is known again after its account was deleted, though the address itself is gone. */

import { createHmac } from 'node:crypto';
import type { Config } from '#platform/config.ts';
import { readSecret } from './secret.ts';

/**
 * Stands where the deleted account had its address (lower case). Keyed, because addresses can be guessed; whoever
 * changes the secret forgets the addresses too. No address looks like it: it has no “@”.
 */
export function markOfBanned(config: Pick<Config, 'AUTH_SECRET' | 'DATA_DIR'>, email: string): string {
  return `banned:${createHmac('sha256', readSecret(config)).update(`banned ${email}`).digest('hex')}`;
}
