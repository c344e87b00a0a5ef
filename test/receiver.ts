/** Somebody who is sent webhooks: a real HTTP server that keeps what it gets and misbehaves on request. */

import { createServer } from 'node:http';
import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Got {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
  /** `webhook-id` */
  id: string;
}

/** What becomes of a request, instead of 204. */
export type Fault =
  | { kind: 'status'; status: number; headers?: Record<string, string>; body?: string }
  /** The connection is cut without an answer. */
  | { kind: 'drop' }
  /** Nothing is answered. */
  | { kind: 'stall' }
  /** A status and then a byte now and then. */
  | { kind: 'drip' }
  /** An answer of so many bytes. */
  | { kind: 'huge'; bytes: number; status: number };

export interface Receiver extends AsyncDisposable {
  /** `http://127.0.0.1:PORT` */
  url: string;
  port: number;
  got: Got[];
  /** Bytes of a huge answer that were taken. */
  sent: number;
  /** What the next requests meet, in this order; then all is well again. */
  faults: Fault[];
  /** What all requests meet as long as there are no `faults`. */
  always: Fault | undefined;
}

/** `delayMs`: how long it thinks before it answers. */
export async function startReceiver({ delayMs = 0 }: { delayMs?: number } = {}): Promise<Receiver> {
  const receiver = { got: [] as Got[], faults: [] as Fault[], always: undefined as Fault | undefined, sent: 0 };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('error', () => undefined);
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      const body = Buffer.concat(chunks).toString();
      receiver.got.push({ method, path: url, headers, body, id: String(headers['webhook-id'] ?? '') });
      const fault = receiver.faults.shift() ?? receiver.always;
      const reply = () => answer(response, fault, (bytes) => (receiver.sent += bytes));
      if (delayMs === 0) reply();
      else setTimeout(reply, delayMs);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return Object.assign(receiver, {
    port,
    url: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  });
}

function answer(response: ServerResponse, fault: Fault | undefined, count: (bytes: number) => void): void {
  response.on('error', () => undefined);
  switch (fault?.kind) {
    case undefined:
      response.writeHead(204).end();
      return;
    case 'status':
      response.writeHead(fault.status, fault.headers).end(fault.body ?? '');
      return;
    case 'drop':
      response.destroy();
      return;
    case 'stall':
      return;
    case 'drip': {
      response.writeHead(200);
      const timer = setInterval(() => response.write('.'), 50);
      response.on('close', () => clearInterval(timer));
      return;
    }
    case 'huge':
      response.writeHead(fault.status);
      pour(response, fault.bytes, count);
  }
}

function pour(response: ServerResponse, left: number, count: (bytes: number) => void): void {
  const chunk = Buffer.alloc(Math.min(left, 65_536), 'x');
  if (left <= 0 || response.destroyed) return void response.end();
  count(chunk.length);
  if (response.write(chunk)) setImmediate(() => pour(response, left - chunk.length, count));
  else response.once('drain', () => pour(response, left - chunk.length, count));
}
