/** One look at a repository by GitHub's REST API: how many stars, nothing new, gone, or not now. */

import { AppError } from '#platform/errors.ts';
import { readBody } from '#platform/http/read-body.ts';
import { networkFailure, retryAfter } from '#platform/http/retry.ts';
import type { SourceContext } from '../context.ts';
import { userAgent } from '../arxiv/user-agent.ts';

export type Look =
  | { kind: 'stars'; stars: number; etag: string | null; path: string; pause: number | undefined }
  /** As many as at the last look. */
  | { kind: 'same'; path: string; pause: number | undefined }
  /** Deleted, private, or taken down. */
  | { kind: 'gone'; problem: string; pause: number | undefined }
  /** Something passing. */
  | { kind: 'failed'; problem: string; pause: number | undefined }
  /** GitHub wants to be left alone until then (epoch ms); this look says nothing. */
  | { kind: 'limited'; pause: number };

/** A repository as JSON has some 7 kB. */
const BODY_LIMIT = 1_000_000;
const TIME_LIMIT_MS = 20_000;
/** GitHub answers a renamed repository with one redirect to its number. */
const REDIRECTS = 3;
/** Without a time to come back "wait for at least one minute" (docs.github.com: rate limits for the REST API). */
const LEAST_PAUSE_MS = 60_000;
/** The limit is per hour; whoever asks for more than a day is a clock that is wrong. */
export const LONGEST_PAUSE_MS = 86_400_000;

/** `/repos/owner/name` of an address on github.com; undefined for other forges. */
export function apiPathOf(codeUrl: string): string | undefined {
  const [, owner, name] = /^https:\/\/github\.com\/([\w.-]{1,80})\/([\w.-]{1,100})$/.exec(codeUrl) ?? [];
  return owner === undefined || name === undefined || /^\.+$/.test(owner + name)
    ? undefined
    : `/repos/${owner}/${name}`;
}

/** Throws AppError 'upstream' where every look would fail (a refused token), or the signal's reason. */
export async function lookAt(
  context: SourceContext,
  { path, etag }: { path: string; etag: string | null },
  signal?: AbortSignal,
): Promise<Look> {
  let target = path;
  for (let hop = 0; hop <= REDIRECTS; hop += 1) {
    // The tag is that of the address that was asked for: of another one it is not a tag at all.
    const answer = await ask(context, target, target === path ? etag : null, signal);
    if ('kind' in answer) return answer;
    const next = movedTo(context, answer);
    if (next === undefined) return read(context, answer, target);
    if (next === '')
      return { kind: 'failed', problem: 'GitHub redirects to an address that is not its own', pause: undefined };
    target = next;
  }
  return { kind: 'failed', problem: 'GitHub redirects in circles', pause: undefined };
}

interface Answer {
  status: number;
  headers: Headers;
  body: string;
}

async function ask(
  { config, fetch }: SourceContext,
  path: string,
  etag: string | null,
  signal: AbortSignal | undefined,
): Promise<Answer | Look> {
  const timeout = AbortSignal.timeout(TIME_LIMIT_MS);
  const url = `${baseOf(config.GITHUB_API_URL)}${path}`;
  try {
    const response = await fetch(url, {
      redirect: 'manual', // the token goes nowhere else
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
      headers: {
        accept: 'application/vnd.github+json',
        'x-github-api-version': '2022-11-28',
        'user-agent': userAgent(config),
        ...(config.GITHUB_TOKEN === '' ? {} : { authorization: `Bearer ${config.GITHUB_TOKEN}` }),
        ...(etag === null ? {} : { 'if-none-match': etag }),
      },
    });
    const body = new TextDecoder().decode(await readBody(response, BODY_LIMIT, url));
    return { status: response.status, headers: response.headers, body };
  } catch (error) {
    signal?.throwIfAborted();
    const reason = error instanceof AppError ? error.message : networkFailure(error).reason;
    return { kind: 'failed', problem: `no answer from GitHub (${reason})`, pause: undefined };
  }
}

function read({ clock }: SourceContext, { status, headers, body }: Answer, path: string): Look {
  const now = clock.now();
  if (status === 401) {
    throw new AppError('upstream', 'GitHub refuses the token.', {
      hint: 'Make a new one without any rights and set GITHUB_TOKEN, or leave it empty.',
    });
  }
  const pause = pauseOf(status, headers, now);
  if (pause !== undefined && (status === 403 || status === 429)) return { kind: 'limited', pause };
  if (status === 304) return { kind: 'same', path, pause };
  if (status === 404 || status === 410 || status === 451)
    return { kind: 'gone', problem: `GitHub answers ${status}: deleted, private or taken down`, pause };
  const stars = status === 200 ? starsIn(body) : undefined;
  if (stars === undefined)
    return { kind: 'failed', problem: `GitHub answers ${status} without a number of stars`, pause };
  return { kind: 'stars', stars, etag: headers.get('etag'), path, pause };
}

/** Until when nothing is to be asked (epoch ms); undefined if there is no need to wait. */
function pauseOf(status: number, headers: Headers, now: number): number | undefined {
  const wait = retryAfter(headers.get('retry-after'), now);
  const isUsedUp = headers.get('x-ratelimit-remaining') === '0';
  const reset = Number(headers.get('x-ratelimit-reset') ?? Number.NaN) * 1000;
  const until =
    wait !== undefined && status >= 400
      ? now + wait
      : isUsedUp && Number.isFinite(reset)
        ? reset
        : status === 429 || isUsedUp
          ? now + LEAST_PAUSE_MS
          : undefined;
  return until === undefined || until <= now ? undefined : Math.min(until, now + LONGEST_PAUSE_MS);
}

/** The path below the API to which a redirect leads; empty where it leads elsewhere, undefined if it is none. */
function movedTo({ config }: SourceContext, { status, headers }: Answer): string | undefined {
  if (![301, 302, 307, 308].includes(status)) return undefined;
  const base = baseOf(config.GITHUB_API_URL);
  const location = headers.get('location') ?? '';
  if (location === '' || !URL.canParse(location, `${base}/`)) return '';
  const { href } = new URL(location, `${base}/`);
  return href.startsWith(`${base}/`) ? href.slice(base.length) : '';
}

function starsIn(body: string): number | undefined {
  try {
    const { stargazers_count: stars } = JSON.parse(body) as { stargazers_count?: unknown };
    return Number.isSafeInteger(stars) && Number(stars) >= 0 ? Number(stars) : undefined;
  } catch {
    return undefined; // garbage, or null
  }
}

function baseOf(url: string): string {
  return url.replace(/\/+$/, '');
}
