/** What can go wrong between arXiv and us. */

import type { ServerResponse } from 'node:http';
import { oaiError } from './oai.ts';

export type Fault =
  | { kind: 'truncated' }
  | { kind: 'entity-bomb' }
  /** A status with nothing useful in it: 503, 429, 500, 403. */
  | { kind: 'status'; status: number; retryAfter?: string }
  /** An error of OAI-PMH inside an HTTP 200: `badResumptionToken`, `noRecordsMatch`. */
  | { kind: 'oai-error'; code: string; message?: string }
  /** The same bytes as the last good answer. */
  | { kind: 'repeat' }
  /** Headers and a first piece, then one byte per 20 ms. */
  | { kind: 'drip' }
  /** Sends ISO 8859-1; `declared` is what the header and the XML declaration say it is. */
  | { kind: 'latin1'; declared: string }
  /** A good page whose records are missing. */
  | { kind: 'no-records' }
  /** One record in the middle without its id. */
  | { kind: 'bad-record' }
  | { kind: 'html' }
  | { kind: 'reset' }
  | { kind: 'redirect'; to: string }
  /** As many bytes of white space before the end. */
  | { kind: 'huge'; bytes: number };

export interface GoodAnswer {
  status: number;
  body: string;
  /** The last good answer before this one. */
  previous: string;
  now: number;
}

const BOMB = `<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol">${Array.from(
  { length: 9 },
  (_, level) => `<!ENTITY lol${level + 1} "${`&lol${level === 0 ? '' : level};`.repeat(10)}">`,
).join('')}]><OAI-PMH><error code="x">&lol9;</error></OAI-PMH>`;

/** Sends an answer with one thing wrong about it. */
export function sendFaulty(response: ServerResponse, fault: Fault, good: GoodAnswer): void {
  const send = (body: string | Buffer, type = 'text/xml') =>
    void response.writeHead(good.status, { 'content-type': type }).end(body);
  if (fault.kind === 'reset') return void response.destroy();
  if (fault.kind === 'status') {
    const headers = fault.retryAfter === undefined ? {} : { 'retry-after': fault.retryAfter };
    return void response.writeHead(fault.status, headers).end('<h1>Please slow down</h1>');
  }
  if (fault.kind === 'redirect') return void response.writeHead(301, { location: fault.to }).end();
  if (fault.kind === 'drip') return drip(response, good.body);
  if (fault.kind === 'latin1') {
    const declared = good.body.replace('encoding="UTF-8"', `encoding="${fault.declared}"`);
    return send(Buffer.from(declared, 'latin1'), `text/xml; charset=${fault.declared}`);
  }
  if (fault.kind === 'html')
    return send('<!DOCTYPE html><html><body><p>Down for maintenance</body></html>', 'text/html');
  send(spoil(fault, good));
}

function spoil(fault: Fault, { body, previous, now }: GoodAnswer): string {
  if (fault.kind === 'truncated') return body.slice(0, Math.floor(body.length * 0.7));
  if (fault.kind === 'entity-bomb') return BOMB;
  if (fault.kind === 'oai-error') return oaiError(now, fault.code, fault.message ?? fault.code);
  if (fault.kind === 'repeat') return previous || body;
  if (fault.kind === 'no-records') return body.replace(/<(record|item|entry)>.*<\/\1>/s, '');
  if (fault.kind === 'bad-record') return body.replace(/<id>\d+\.\d+<\/id>/, '<id>not an id</id>');
  if (fault.kind === 'huge') return body.replace(/\s*$/, ' '.repeat(fault.bytes));
  return body;
}

function drip(response: ServerResponse, body: string): void {
  response.writeHead(200, { 'content-type': 'text/xml' });
  response.write(body.slice(0, 100));
  let at = 100;
  const timer = setInterval(() => response.write(body.slice(at, ++at)), 20);
  response.on('close', () => clearInterval(timer));
}
