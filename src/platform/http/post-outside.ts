/**
 * Posts to an address that a stranger chose, without letting them reach what only this machine can reach. The address
 * that a name leads to is checked where the connection is made, and it is the one that is connected to: a name that
 * leads elsewhere a moment later gains nothing. Redirects are not followed.
 */

import { lookup as systemLookup } from 'node:dns';
import type { LookupAddress } from 'node:dns';
import { Agent as HttpAgent, request as httpRequest } from 'node:http';
import type { IncomingMessage, RequestOptions } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { isIP } from 'node:net';
import type { LookupFunction } from 'node:net';
import { hostOf, literalOf, problemOfOutsideUrl, reachOf } from './outside-address.ts';
import type { Reach } from './outside-address.ts';

export interface Outgoing {
  url: string;
  headers: Record<string, string>;
  body: string;
}

export interface Received {
  status: number;
  /** As it came. */
  retryAfter: string | null;
  /** Where a redirect leads. */
  location: string | undefined;
  /**
   * The beginning of what was answered, by https only: whoever answers has then proved to be who was asked. Empty too if
   * the address is one that only the operator's allowing made reachable.
   */
  said: string;
}

export type Post = (outgoing: Outgoing, signal: AbortSignal) => Promise<Received>;

/** An address that must not be asked; trying again is of no use until it leads elsewhere. */
export class ForbiddenAddress extends Error {}

/** Answers to a notification are a line or two; whoever sends more is not read to the end. */
const ANSWER_BYTES = 64 * 1024;
const SAID_CHARACTERS = 200;
/** An honest server answers a notification in well under a second; Slack itself gives others three. */
const PATIENCE_MS = 10_000;
const CONNECT_MS = 5_000;

export type Lookup = (
  hostname: string,
  options: { all: true; verbatim: true },
  done: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

export interface PostOptions {
  /** Networks that may be reached although they are inside. */
  allowed: readonly string[];
  lookup?: Lookup;
  patienceMs?: number;
}

/** Each request has a connection of its own, and none goes through a proxy: it would make the connection for us, unchecked. */
export function postOutside({ allowed, lookup = systemLookup, patienceMs = PATIENCE_MS }: PostOptions): Post {
  const reach = reachOf(allowed);
  return async (outgoing, signal) => {
    const problem = problemOfOutsideUrl(outgoing.url, reach);
    if (problem !== undefined) throw new ForbiddenAddress(problem);
    const url = new URL(outgoing.url);
    const literal = literalOf(url);
    const seen: { reach: Reach } = { reach: literal === undefined ? 'outside' : reach(literal) };
    const patience = AbortSignal.timeout(patienceMs);
    try {
      return await send(outgoing, {
        url,
        lookup: checked(lookup, reach, (found) => (seen.reach = found)),
        signal: AbortSignal.any([signal, patience]),
        mayQuote: () => url.protocol === 'https:' && seen.reach === 'outside',
      });
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      if (patience.aborted) throw new Error(`no answer within ${patienceMs / 1000} seconds`, { cause: error });
      throw error;
    }
  };
}

/** As node:net asks: of all addresses that a name has, those that may be connected to. */
function checked(lookup: Lookup, reach: (address: string) => Reach, tell: (reach: Reach) => void): LookupFunction {
  return (hostname, { all, family }, done) => {
    lookup(hostname, { all: true, verbatim: true }, (error, addresses) => {
      if (error) return done(error, '', 0);
      const wanted = addresses.filter(
        (one) => !family || family === 'IPv4' || family === 'IPv6' || one.family === family,
      );
      const good = wanted.filter(({ address }) => reach(address) !== 'inside');
      const [first] = good;
      if (first === undefined) {
        const found = wanted.map(({ address }) => address).join(', ');
        return done(
          new ForbiddenAddress(`${hostname} leads to ${found || 'no address'}, which is not on the internet`),
          '',
          0,
        );
      }
      tell(good.some(({ address }) => reach(address) === 'allowed') ? 'allowed' : 'outside');
      if (all) done(null, good);
      else done(null, first.address, first.family);
    });
  };
}

interface Sending {
  url: URL;
  lookup: LookupFunction;
  signal: AbortSignal;
  mayQuote: () => boolean;
}

async function send({ headers, body }: Outgoing, { url, lookup, signal, mayQuote }: Sending): Promise<Received> {
  const isSecure = url.protocol === 'https:';
  const host = hostOf(url.hostname);
  const options: RequestOptions = {
    method: 'POST',
    host,
    port: url.port || (isSecure ? 443 : 80),
    path: url.pathname + url.search,
    headers: { ...headers, Host: url.host.replace(/\.(?=:|$)/, ''), 'Content-Length': Buffer.byteLength(body) },
    lookup,
    signal,
    // Agents of our own: the shared one may be told by the environment to use a proxy.
    agent: isSecure ? new HttpsAgent({ keepAlive: false }) : new HttpAgent({ keepAlive: false }),
    timeout: CONNECT_MS,
  };
  return await new Promise<Received>((resolve, reject) => {
    const asked = isSecure
      ? httpsRequest({ ...options, ...(isIP(host) === 0 ? { servername: host } : {}) })
      : httpRequest(options);
    asked.on('error', reject);
    asked.once('socket', (socket) => {
      const tooSlow = () => asked.destroy(new Error(`no connection within ${CONNECT_MS / 1000} seconds`));
      if (socket.connecting) socket.once('timeout', tooSlow);
      socket.once(isSecure ? 'secureConnect' : 'connect', () => socket.off('timeout', tooSlow));
    });
    asked.once('response', (response) => {
      asked.off('error', reject).on('error', () => undefined); // what ends it from here on is read's to judge
      void read(response, mayQuote).then(resolve, reject);
    });
    asked.end(body);
  });
}

/** The status is the answer; what is said with it is read so far as it is worth reading. */
async function read(response: IncomingMessage, mayQuote: () => boolean): Promise<Received> {
  const { statusCode: status = 0, headers } = response;
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > ANSWER_BYTES) break; // leaving the loop closes the connection
      chunks.push(chunk);
    }
  } catch {
    // Who has sent a status has had the request, whatever becomes of the rest.
  }
  response.destroy();
  return {
    status,
    retryAfter: headers['retry-after'] ?? null,
    location: headers.location,
    said: mayQuote() ? quoted(Buffer.concat(chunks).toString('utf8')) : '',
  };
}

function quoted(text: string): string {
  return [...text.replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim()].slice(0, SAID_CHARACTERS).join('');
}
