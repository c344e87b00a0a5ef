import assert from 'node:assert/strict';
import { it } from 'node:test';
import { systemClock } from '#platform/clock.ts';
import type { AppError } from '#platform/errors.ts';
import { manyPapers, startArxiv } from '../../../test/arxiv-server.ts';
import type { ArxivServer, Fault } from '../../../test/arxiv-server.ts';
import { onEachDatabase } from '../../../test/database.ts';
import { LISTING_MORNING, sourceContext } from '../../../test/source-context.ts';
import type { TestSourceContext } from '../../../test/source-context.ts';
import { arxivGet } from './request.ts';
import { REQUEST_INTERVAL_MS } from './turn.ts';
import type { GetOptions } from './request.ts';

onEachDatabase('a request to arXiv', (open) => {
  async function attempt(fault: Fault, times: number, options: GetOptions = {}) {
    await using database = await open();
    await using arxiv = await startArxiv({ papers: manyPapers(3) });
    const context = sourceContext(database, arxiv);
    arxiv.fail(fault, { times });
    const outcome = await run(context, arxiv, options);
    return { ...outcome, requests: arxiv.requests, waited: context.clock.now() - LISTING_MORNING };
  }

  async function run(context: TestSourceContext, arxiv: ArxivServer, options: GetOptions) {
    try {
      const { status, body } = await arxivGet(context, `${arxiv.settings.ARXIV_RSS_URL}/rss/cs`, options);
      return { status, text: Buffer.from(body).toString() };
    } catch (error) {
      return { error: error as AppError };
    }
  }

  it('comes back after the seconds that Retry-After names', async () => {
    const { status, waited } = await attempt({ kind: 'status', status: 503, retryAfter: '120' }, 1);
    assert.equal(status, 200);
    assert.equal(waited, 120_000);
  });

  it('comes back at the date that Retry-After names', async () => {
    const { status, waited } = await attempt(
      { kind: 'status', status: 429, retryAfter: 'Tue, 06 Jan 2026 05:12:00 GMT' },
      1,
    );
    assert.equal(status, 200);
    assert.equal(waited, 120_000);
  });

  it('gives up at once, and stays away, where it should come back in hours', async () => {
    const { error, requests } = await attempt({ kind: 'status', status: 429, retryAfter: '7200' }, 1);
    assert.equal(error?.kind, 'upstream');
    assert.match(error?.message ?? '', /pause until 2026-01-06 07:10 UTC/);
    assert.equal(requests.length, 1);
  });

  it('waits longer each time where it is not told how long, then gives up and names the address', async () => {
    const { error, requests, waited } = await attempt({ kind: 'status', status: 429 }, 99);
    assert.equal(error?.kind, 'upstream');
    assert.match(
      error?.message ?? '',
      /^Cannot read http:\/\/127\.0\.0\.1:\d+\/rss\/cs: it answered 429, after 6 tries\.$/,
    );
    assert.equal(requests.length, 6);
    assert.ok(waited >= 5_000 * (1 + 2 + 4 + 8 + 16), `waited ${waited} ms`);
  });

  it('tries again after a reset connection and a server error', async () => {
    assert.equal((await attempt({ kind: 'reset' }, 1)).status, 200);
    assert.equal((await attempt({ kind: 'status', status: 502 }, 2)).status, 200);
  });

  it('hands on a refusal that another try would not change', async () => {
    const { status, requests } = await attempt({ kind: 'status', status: 403 }, 1);
    assert.equal(status, 403);
    assert.equal(requests.length, 1);
  });

  it('says that nobody answers after two tries', async () => {
    await using database = await open();
    const context = sourceContext(database, {
      settings: { ARXIV_OAI_URL: 'http://a', ARXIV_RSS_URL: 'http://a', ARXIV_API_URL: 'http://a' },
    });
    let tries = 0;
    context.fetch = async () => {
      tries += 1;
      throw new TypeError('fetch failed', { cause: Object.assign(new Error(), { code: 'ENOTFOUND' }) });
    };
    await assert.rejects(
      arxivGet(context, 'http://a/rss/cs'),
      /^AppError: Cannot read http:\/\/a\/rss\/cs: connection failed \(ENOTFOUND\), after 2 tries\.$/,
    );
    assert.equal(tries, 2);
  });

  it('does not wait for an answer that drips in', async () => {
    const { error } = await attempt({ kind: 'drip' }, 9, { limits: { milliseconds: 80, tries: 2 } });
    assert.match(error?.message ?? '', /no complete answer within 0\.08 s, after 2 tries/);
  });

  it('does not swallow an answer without end', async () => {
    const { error, requests } = await attempt({ kind: 'huge', bytes: 3_000_000 }, 1, { limits: { bytes: 2_000_000 } });
    assert.match(error?.message ?? '', /the answer is larger than 2 MB/);
    assert.equal(requests.length, 1);
  });

  it('follows a redirect as a request of its own, in its own turn', async () => {
    const { status, requests, waited } = await attempt({ kind: 'redirect', to: '/rss/stat' }, 1);
    assert.equal(status, 200);
    assert.deepEqual(
      requests.map(({ url }) => url),
      ['/rss/cs', '/rss/stat'],
    );
    assert.equal(waited, REQUEST_INTERVAL_MS);
  });

  it('does not run in circles, and not to other protocols', async () => {
    assert.match(
      (await attempt({ kind: 'redirect', to: '/rss/cs' }, 99)).error?.message ?? '',
      /redirects more than 5 times/,
    );
    assert.match(
      (await attempt({ kind: 'redirect', to: 'file:///etc/passwd' }, 1)).error?.message ?? '',
      /redirects to "file:/,
    );
  });

  it('ends with the reason of the signal, and leaves the turn to others', async () => {
    await using database = await open();
    await using arxiv = await startArxiv({ papers: manyPapers(1) });
    const context = sourceContext(database, arxiv);
    const stop = new AbortController();
    arxiv.fail({ kind: 'drip' });
    const running = arxivGet(context, `${arxiv.settings.ARXIV_RSS_URL}/rss/cs`, { signal: stop.signal });
    const rejection = assert.rejects(running, /shutting down/);
    while (arxiv.requests.length === 0) await systemClock.sleep(1);
    stop.abort(new Error('shutting down'));
    await rejection;
    await arxivGet(context, `${arxiv.settings.ARXIV_RSS_URL}/rss/cs`);
    assert.equal(context.clock.now() - LISTING_MORNING, REQUEST_INTERVAL_MS);
  });
});
