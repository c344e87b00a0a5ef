/** A stand-in for arXiv: OAI-PMH, listings and query API from a small corpus, faults on demand, every request on record. */

import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { apiAnswer } from './arxiv-server/api.ts';
import type { StandInPaper } from './arxiv-server/corpus.ts';
import { sendFaulty } from './arxiv-server/faults.ts';
import type { Fault } from './arxiv-server/faults.ts';
import { listingAnswer } from './arxiv-server/listing.ts';
import { oaiAnswer } from './arxiv-server/oai.ts';

export { manyPapers } from './arxiv-server/corpus.ts';
export type { StandInPaper } from './arxiv-server/corpus.ts';
export type { Fault } from './arxiv-server/faults.ts';

export type Service = 'oai' | 'listing' | 'api';

export interface ArxivOptions {
  papers?: StandInPaper[];
  /** Records in an OAI page. */
  pageSize?: number;
  overlap?: number;
  /** Items at which a listing is cut off. */
  listingLimit?: number;
  /** Epoch ms; decides response dates and the expiry of tokens. */
  now?: () => number;
}

export interface RecordedRequest {
  service: Service | undefined;
  /** Path and query. */
  url: string;
  /** By the server's `now`. */
  at: number;
  userAgent: string;
  /** Requests in progress when it came, itself included. */
  concurrent: number;
}

export interface ArxivServer extends AsyncDisposable {
  /** To be laid over the configuration, or given to a program as its environment. */
  settings: { ARXIV_OAI_URL: string; ARXIV_RSS_URL: string; ARXIV_API_URL: string };
  /** May be changed at any time. */
  papers: StandInPaper[];
  requests: RecordedRequest[];
  /** Tokens are answered with badResumptionToken while it is set. */
  forgetTokens: boolean;
  /** The next `times` requests (to `service`, after letting `after` of them pass) go wrong. */
  fail(fault: Fault, options?: { times?: number; service?: Service; after?: number }): void;
}

interface PendingFault {
  fault: Fault;
  service: Service | undefined;
  times: number;
  after: number;
}

export async function startArxiv(options: ArxivOptions = {}): Promise<ArxivServer> {
  const { pageSize = 10, overlap = 0, listingLimit = 2_000, now = Date.now } = options;
  const pending: PendingFault[] = [];
  let inProgress = 0;
  let previous = '';
  const server = createServer((request, response) => {
    inProgress += 1;
    response.on('close', () => (inProgress -= 1));
    const url = new URL(request.url ?? '/', 'http://stand-in');
    const service = serviceOf(url.pathname);
    arxiv.requests.push({
      service,
      url: url.pathname + url.search,
      at: now(),
      userAgent: request.headers['user-agent'] ?? '',
      concurrent: inProgress,
    });
    const good = answer(url, service);
    const fault = takeFault(pending, service);
    if (fault === undefined) {
      previous = good.body;
      return send(request, response, good);
    }
    sendFaulty(response, fault, { ...good, previous, now: now() });
  });

  function answer(url: URL, service: Service | undefined): { status: number; body: string } {
    const { papers, forgetTokens } = arxiv;
    if (service === 'oai')
      return {
        status: 200,
        body: oaiAnswer(url.searchParams, { papers, pageSize, overlap, now: now(), forgetTokens }),
      };
    if (service === 'listing') return listingAnswer(url.pathname, papers, listingLimit);
    if (service === 'api') return apiAnswer(url.searchParams, papers);
    return { status: 404, body: 'nothing here' };
  }

  const base = await listen(server);
  const arxiv: ArxivServer = {
    settings: { ARXIV_OAI_URL: `${base}/oai`, ARXIV_RSS_URL: base, ARXIV_API_URL: `${base}/api/query` },
    papers: options.papers ?? [],
    requests: [],
    forgetTokens: false,
    fail: (fault, { times = 1, service, after = 0 } = {}) => void pending.push({ fault, service, times, after }),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return arxiv;
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function serviceOf(path: string): Service | undefined {
  if (path === '/oai') return 'oai';
  if (path === '/api/query') return 'api';
  return /^\/(?:rss|atom)\//.test(path) ? 'listing' : undefined;
}

function takeFault(pending: PendingFault[], service: Service | undefined): Fault | undefined {
  const index = pending.findIndex((one) => one.service === undefined || one.service === service);
  const found = pending[index];
  if (found === undefined) return undefined;
  if (found.after > 0) {
    found.after -= 1;
    return undefined;
  }
  if (--found.times === 0) pending.splice(index, 1);
  return found.fault;
}

function send(
  request: IncomingMessage,
  response: ServerResponse,
  { status, body }: { status: number; body: string },
): void {
  const etag = `"${createHash('sha256').update(body).digest('hex').slice(0, 16)}"`;
  if (status === 200 && request.headers['if-none-match'] === etag) return void response.writeHead(304, { etag }).end();
  response.writeHead(status, { 'content-type': 'text/xml; charset=utf-8', etag }).end(body);
}
