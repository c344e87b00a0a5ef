/** Where a request comes from, for limits: the other end of the connection, or what a trusted proxy says of it. */

import { isIP } from 'node:net';
import type { Context } from 'hono';
import { networkOf, ownerOf } from './networks.ts';

/** Longer headers are not from a chain of proxies; what stands last was added by the nearest one. */
const HOPS_READ = 20;

export interface Hop {
  /** The other end of the connection. */
  peer: string;
  /** X-Forwarded-For: each proxy adds at the end whom it was asked by. */
  forwardedFor: string | undefined;
}

/**
 * Reads the address from right to left as long as the speaker is one of the trusted networks: what stands further left
 * was written by somebody who may lie. An IPv6 address is given as its /64.
 */
export function clientAddresses(trusted: readonly string[]): (hop: Hop) => string {
  const isTrusted = networkOf(trusted);
  return ({ peer, forwardedFor = '' }) => {
    const said = forwardedFor.split(',').slice(-HOPS_READ);
    let client = plain(peer);
    while (said.length > 0 && isTrusted(client)) {
      const next = plain(said.pop() ?? '');
      if (isIP(next.split('%', 1)[0] ?? '') === 0) break; // whoever is trusted and says nonsense speaks for itself
      client = next;
    }
    return ownerOf(client);
  };
}

/** Some proxies write a port (`1.2.3.4:567`, `[::1]:567`), and node writes IPv4 as IPv6 where it listens on both. */
function plain(text: string): string {
  const [, bracketed] = /^\[([^\]]*)\](?::\d+)?$/.exec(text.trim()) ?? [];
  const bare = bracketed ?? text.trim().replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, '$1');
  return bare.replace(/^::ffff:(?=\d+\.)/i, '');
}

/** What the site's handler hands to every page that is made for one reader. */
export interface ClientBindings {
  client: string;
}

/** Where there is none, as for pages that are made once for everybody, or for a connection that is gone already. */
export const UNKNOWN_CLIENT = 'unknown';

/** The reader's address, as a key of limits. */
export function clientOf(c: Context): string {
  return (c.env as Partial<ClientBindings> | undefined)?.client || UNKNOWN_CLIENT;
}
