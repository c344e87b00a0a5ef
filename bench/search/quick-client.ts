/**
 * A client for load: asks over a connection that it keeps and looks at nothing but the status and the length of answers.
 * node:http's takes several times as much of the processors that it shares with the server which is measured.
 */

import { connect } from 'node:net';

export interface QuickClient extends Disposable {
  /** One question at a time; `ms` from sending it to the last byte of the answer. */
  ask(path: string): Promise<{ status: number; ms: number }>;
}

const END_OF_HEAD = '\r\n\r\n';
/** Longer than any answer that is expected, so that most arrive in one piece. */
const READ_BYTES = 256 * 1024;

interface Asking {
  started: number;
  resolve: (answered: { status: number; ms: number }) => void;
  reject: (error: Error) => void;
}

/** Answers must give their length, as all of ours do. */
export function openQuickClient(url: string, headers: Readonly<Record<string, string>>): QuickClient {
  const { hostname, port, host } = new URL(url);
  const lines = Object.entries({ Host: host, ...headers }).map(([name, value]) => `${name}: ${value}\r\n`);
  const rest = ` HTTP/1.1\r\n${lines.join('')}\r\n`;
  let asking: Asking | undefined;
  let head = '';
  let status = 0;
  /** Bytes of the answer that are still to come; undefined until its head is read. */
  let left: number | undefined;

  const fail = (error: Error): void => {
    asking?.reject(error);
    asking = undefined;
  };
  const read = (size: number, bytes: Buffer): boolean => {
    if (left === undefined) {
      head += bytes.toString('latin1', 0, size);
      const end = head.indexOf(END_OF_HEAD);
      if (end < 0) return true;
      const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
      if (length === undefined) fail(new Error(`An answer without its length: ${head.slice(0, end)}`));
      status = Number(head.slice(9, 12));
      left = Number(length) + end + END_OF_HEAD.length - head.length;
    } else left -= size;
    if (left > 0) return true;
    head = '';
    left = undefined;
    if (asking) asking.resolve({ status, ms: performance.now() - asking.started });
    asking = undefined;
    return true;
  };

  const socket = connect({
    host: hostname,
    port: Number(port),
    noDelay: true,
    onread: { buffer: Buffer.allocUnsafe(READ_BYTES), callback: (size, bytes) => read(size, bytes as Buffer) },
  });
  socket.once('error', fail);
  socket.once('close', () => fail(new Error('The server closed the connection.')));
  return {
    ask: async (path) =>
      await new Promise((resolve, reject) => {
        if (socket.destroyed) return reject(new Error('The server closed the connection.'));
        asking = { started: performance.now(), resolve, reject };
        socket.write(`GET ${path}${rest}`, 'latin1');
      }),
    [Symbol.dispose]: () => socket.destroy(),
  };
}
