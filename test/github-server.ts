/** A stand-in for GitHub's REST API: repositories with stars and tags, faults on demand, every request on record. */

import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type GithubFault =
  | { kind: 'status'; status: number; headers?: Record<string, string>; body?: string }
  | { kind: 'reset' };

export interface GithubServer extends AsyncDisposable {
  settings: { GITHUB_API_URL: string };
  /** Stars by `owner/name` in lower case. May be changed at any time. */
  stars: Map<string, number>;
  /** Old name -> new name: asked for by the old one, it answers with a redirect to its number. */
  moved: Map<string, string>;
  requests: { path: string; etag: string | undefined; authorization: string | undefined; status: number }[];
  /** What goes wrong with the next requests, one each. */
  faults: GithubFault[];
  /** Headers of every good answer, such as those of the rate limit. */
  headers: Record<string, string>;
}

/** Repositories have the numbers 1, 2, … in the order of `stars`. */
export async function startGithub(stars: Record<string, number>): Promise<GithubServer> {
  const server = createServer((request, response) => {
    const answer = github.faults.shift() ?? good(request);
    const path = request.url ?? '';
    const { authorization, 'if-none-match': etag } = request.headers;
    github.requests.push({ path, etag, authorization, status: answer.kind === 'status' ? answer.status : 0 });
    send(response, answer);
  });

  function good(request: IncomingMessage): GithubFault {
    const [, kind, ...rest] = (request.url ?? '').split('/');
    const names = [...github.stars.keys()];
    const name = kind === 'repositories' ? names[Number(rest[0]) - 1] : rest.join('/').toLowerCase();
    const target = github.moved.get(name ?? '');
    if (target !== undefined) {
      const location = `${github.settings.GITHUB_API_URL}/repositories/${names.indexOf(target) + 1}`;
      return { kind: 'status', status: 301, headers: { location }, body: JSON.stringify({ url: location }) };
    }
    const count = github.stars.get(name ?? '');
    if (count === undefined) return { kind: 'status', status: 404, body: '{"message":"Not Found"}' };
    const etag = `W/"${name}-${count}"`;
    const headers = { etag, ...github.headers };
    if (request.headers['if-none-match'] === etag) return { kind: 'status', status: 304, headers, body: '' };
    return { kind: 'status', status: 200, headers, body: JSON.stringify({ full_name: name, stargazers_count: count }) };
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v3`;
  server.prependListener('request', (request: IncomingMessage) => {
    request.url = (request.url ?? '').replace(/^\/api\/v3/, '');
  });
  const github: GithubServer = {
    settings: { GITHUB_API_URL: base },
    stars: new Map(Object.entries(stars)),
    moved: new Map(),
    requests: [],
    faults: [],
    headers: { 'x-ratelimit-remaining': '55' },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return github;
}

function send(response: ServerResponse, answer: GithubFault): void {
  if (answer.kind === 'reset') return void response.destroy();
  const { status, headers = {}, body = '' } = answer;
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers }).end(body);
}
