/** Nothing that is sent to a search makes it fail, hang or print what was sent: thousands of inputs over real HTTP. */

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { after, before, describe, test } from 'node:test';
import fc from 'fast-check';
import type { DialectName } from '#platform/db/open.ts';
import { indexDue } from '#search/index-due.ts';
import { dialects, openTestDatabase } from '../database.ts';
import { makeDraft, save } from '../drafts.ts';
import { start } from '../program.ts';
import { readPage } from './html.ts';
import { percent, sent } from './inputs.ts';
import type { Sent } from './inputs.ts';
import { MARK } from './pieces.ts';

/** The same inputs in each run; a failure prints the seed and the smallest input that fails. */
const SEED = 20_260_106;
const INPUTS = 2_000;
/** 20 000 in all; PostgreSQL differs in the statements only. */
const PARTS: Record<DialectName, number> = { sqlite: 9, postgres: 1 };
/** Asked at the same time, over connections that are kept. */
const AT_ONCE = 20;
/** Far beyond what any of them takes on a busy machine. */
const HANGS_AFTER_MS = 10_000;

const PAPERS = [
  makeDraft(1, { title: 'Graph learning of $\\alpha$-stable C++ graphs', authors: author('Ada', 'Lovelace') }),
  makeDraft(2, {
    title: `The state <${MARK}> of GPT-4 & "RegMean++"`,
    abstract: 'Graphs are learning. $x^{2}$ '.repeat(30),
  }),
  makeDraft(3, {
    title: 'Schrödinger’s ℓ1 état-of-the-art',
    categories: ['math.OC', 'cs.LG'],
    codeUrl: 'https://github.com/a/b',
  }),
  makeDraft(4, { title: 'العربية and עברית and 中文', abstract: '', authors: author('Geoffrey', 'Hinton') }),
];

for (const dialect of dialects) {
  describe(`searches with anything at all (${dialect})`, () => {
    let site: FuzzedSite;
    before(async () => (site = await openFuzzedSite(dialect)));
    after(async () => await site[Symbol.asyncDispose]());

    for (let part = 0; part < PARTS[dialect]; part += 1) {
      test(`${INPUTS} of them are answered with pages that are right (${part + 1} of ${PARTS[dialect]})`, async () => {
        await fc.assert(
          fc.asyncProperty(fc.array(sent, { minLength: AT_ONCE, maxLength: AT_ONCE }), async (all) => {
            await Promise.all(all.map(async (one) => await check(site, one)));
          }),
          { seed: SEED + part, numRuns: INPUTS / AT_ONCE },
        );
      });
    }

    test('a search of 250 kB is refused, and the next one is answered', async () => {
      const long = 'a "b -c:'.repeat(32_000);
      for (const path of ['/search?q=', '/search/suggest?q=', '/similar?text=']) {
        // node:http says 431 and closes; whether that is read while the rest is still being sent is chance.
        const status = await site.send({ method: 'GET', path: path + percent(long), alone: true }).then(
          (answer) => answer.status,
          (error: NodeJS.ErrnoException) => error.code,
        );
        assert.ok(status === 431 || status === 'ECONNRESET' || status === 'EPIPE', `${path} ${status}`);
      }
      const { status } = await site.send({ method: 'POST', path: '/similar', body: `text=${percent(long)}` });
      assert.equal(status, 413);
      // As much as fits into the head of a request.
      await check(site, { method: 'GET', path: `/search?q=${'%22'.repeat(5_000)}`, typed: '"'.repeat(5_000) });
      assert.equal((await site.send({ method: 'GET', path: '/search?q=graph' })).status, 200);
    });
  });
}

async function check(site: FuzzedSite, one: Sent): Promise<void> {
  const { status, type, body } = await site.send(one);
  const name = `${one.method} ${one.path.slice(0, 500)}`;
  assert.ok(status < 500, `${name} answered ${status}`);
  if (status === 431) return; // node:http itself, for more than 16 kB
  // Whatever was sent, what comes back is UTF-8.
  const text = new TextDecoder('utf-8', { fatal: true }).decode(body);
  if (type.startsWith('application/json')) {
    const answer = JSON.parse(text) as Record<string, unknown>;
    if (status === 200) assert.deepEqual(Object.keys(answer).toSorted(), ['authors', 'papers'], name);
    return;
  }
  if (status >= 300 && status < 400) return;
  assert.match(type, /^text\/html/, name);
  const { tags, faults } = readPage(text);
  assert.deepEqual(faults, [], name);
  assert.ok(!tags.some((tag) => tag.name === MARK || tag.attributes.has(MARK) || tag.attributes.has('onfocus')), name);
  assert.doesNotMatch(text, /\0/, name);
  const box = tags.find((tag) => tag.name === 'input' && tag.attributes.get('name') === 'q');
  // Where what was typed asks for nothing (`"`, `sort:relevance`), that is the page with the empty form.
  const asksNothing = tags.some((tag) => tag.attributes.get('class') === 'examples');
  if (one.typed !== undefined && status === 200 && !asksNothing) {
    assert.equal(
      asShown(box?.attributes.get('value') ?? ''),
      asShown(one.typed),
      `${name}: what was typed stays in the box`,
    );
  }
}

/** Spaces and control characters apart, and halves of pairs, which UTF-8 cannot carry. */
function asShown(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[\s\p{Cc}\uFFFD]+/gu, ' ')
    .trim();
}

interface FuzzedSite extends AsyncDisposable {
  /** `alone`: over a connection of its own, because the server will end it. */
  send(one: Sent & { alone?: boolean }): Promise<{ status: number; type: string; body: Buffer }>;
}

/** A process of its own: it shares the work with this one, and is what really runs. */
async function openFuzzedSite(dialect: DialectName): Promise<FuzzedSite> {
  const database = await openTestDatabase(dialect);
  await save(database.db, ...PAPERS);
  await indexDue(database.db);
  const program = start(['serve'], { ...database.settings, LOG_LEVEL: 'warn' });
  const [, port] = await program.saw(/is at http:\S+:(\d+)/);
  const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
  return {
    async send({ method, path, body, alone = false }) {
      const asking = request({
        ...{ host: '127.0.0.1', port, agent: alone ? false : agent, method, path },
        headers: body === undefined ? {} : { 'Content-Type': 'application/x-www-form-urlencoded' },
        signal: AbortSignal.timeout(HANGS_AFTER_MS),
      });
      asking.on('error', () => undefined); // one that comes after the answer, of what was still being sent
      asking.end(body);
      const [answer] = (await once(asking, 'response')) as [IncomingMessage];
      const chunks: Buffer[] = [];
      for await (const chunk of answer) chunks.push(chunk as Buffer);
      return {
        status: answer.statusCode ?? 0,
        type: answer.headers['content-type'] ?? '',
        body: Buffer.concat(chunks),
      };
    },
    async [Symbol.asyncDispose]() {
      agent.destroy();
      program.kill('SIGTERM');
      const { code, err } = await program.finished;
      await database[Symbol.asyncDispose]();
      assert.deepEqual({ code, err }, { code: 0, err: '' }, 'it ends well, and has nothing to complain about');
    },
  };
}

function author(given: string, family: string) {
  return [{ family, given, suffix: '', affiliation: '' }];
}
