/** Serves a fetch handler over HTTP and closes without cutting anybody off. */

import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { AppError } from '#platform/errors.ts';
import type { PageCache } from './page-cache.ts';
import type { Answer } from './page-forms.ts';

export interface Listener {
  port: number;
  /** Waits for answers under way, at most `graceMs`. */
  close(graceMs?: number): Promise<void>;
}

export interface ListenOptions {
  host: string;
  port: number;
  /** Asked before the handler: most readers want a page that was just made. */
  ready?: PageCache['ready'];
}

/** Long enough for the slowest page, short enough for an impatient service manager. */
const GRACE_MS = 5_000;

const REASONS: Record<string, (host: string, port: number) => string> = {
  EADDRINUSE: (_host, port) =>
    `Port ${port} is in use. Stop the other program, or choose another port: PORT=${port + 1} npm start`,
  EACCES: (_host, port) => `Port ${port} needs administrator rights. Choose a port above 1023, for instance PORT=3000.`,
  EADDRNOTAVAIL: (host) => `This machine has no address ${host}. HOST=127.0.0.1 and HOST=0.0.0.0 always work.`,
  ENOTFOUND: (host) => `HOST=${host} is not an address. HOST=127.0.0.1 and HOST=0.0.0.0 always work.`,
};

/** `peer` is the address at the other end of the connection, empty if it is already gone. */
export type PeerHandler = (request: Request, peer: string) => Response | Promise<Response>;

export async function listen(handler: PeerHandler, { host, port, ready }: ListenOptions): Promise<Listener> {
  const serve = getRequestListener((request, { incoming }) => handler(request, incoming.socket.remoteAddress ?? ''));
  const server = createServer((incoming, outgoing) => {
    const answer = ready?.(incoming);
    if (answer) send(answer, incoming, outgoing);
    else void serve(incoming, outgoing);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const reason = REASONS[error.code ?? ''];
      reject(reason ? new AppError('conflict', reason(host, port), { cause: error }) : error);
    });
    server.listen(port, host, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: async (graceMs = GRACE_MS) => await drain(server, graceMs),
  };
}

function send({ status, headers, body }: Answer, { method }: IncomingMessage, outgoing: ServerResponse): void {
  outgoing.writeHead(status, headers as string[]);
  outgoing.end(method === 'HEAD' || body.length === 0 ? undefined : body);
}

async function drain(server: Server, graceMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const timer = setTimeout(() => server.closeAllConnections(), graceMs);
  await closed;
  clearTimeout(timer);
}
