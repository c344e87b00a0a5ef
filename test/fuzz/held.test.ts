/** Nothing that fits into the box holds the server for long, over some thousands of papers: measured as processor time. */

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import fc from 'fast-check';
import { indexDue } from '#search/index-due.ts';
import { parseQuery } from '#search/query/parse.ts';
import { createSearch } from '#search/search.ts';
import type { Search } from '#search/search.ts';
import { createSuggester } from '#search/suggest/suggest.ts';
import type { Suggester } from '#search/suggest/suggest.ts';
import { openTestDatabase } from '../database.ts';
import type { TestDatabase } from '../database.ts';
import { makeDraft, save } from '../drafts.ts';

const SEED = 20_261_126;
const PAPERS = 6000;
const INPUTS = 300;
/** What /search takes. */
const LONGEST = 250;
/**
 * The least of some runs. The worst of these inputs took 30 to 60 ms before letters and names were looked for where they
 * stand, and takes some 5 since; a busy machine makes processor time at most twice as long.
 */
const MOST_MS = 20;

const common = 'the of and to in a is that for we on with learning model data network'.split(' ');
const families = 'Wang Li Zhang Chen Liu Smith Yang'.split(' ');
const given = 'Wei Li J. S. Min Anna Yang A.'.split(' ');
const categories = 'cs.LG cs.CL stat.ML math.OC hep-th'.split(' ');

const letter = fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz');
const word = fc.oneof(letter, fc.constantFrom(...common), fc.constantFrom(...families));
const two = fc.tuple(word, word).map((words) => `"${words.join(' ')}"`);
const condition = fc.oneof(
  word,
  two,
  fc.oneof(word, two).map((name) => `author:${name}`),
  fc.constantFrom(...categories, 'cs', 'nothing').map((name) => `category:${name}`),
  fc.constantFrom('has:code', 'year:2025', 'before:2025', 'after:2026-01-01', 'org:acme', 'sort:new'),
);
const part = fc.tuple(fc.boolean(), condition).map(([isNot, one]) => (isNot ? `-${one}` : one));
/** Of one kind again and again, which is worst, or of all. */
const typed = fc
  .oneof(
    fc.array(letter, { minLength: 1, maxLength: 15 }),
    fc.array(word, { minLength: 1, maxLength: 30 }),
    fc.array(part, { minLength: 1, maxLength: 30 }),
    fc.array(two, { minLength: 10, maxLength: 20 }).map((all) => all.map((one) => `-${one}`)),
    fc.array(two, { minLength: 8, maxLength: 15 }).map((all) => all.map((one) => `-author:${one}`)),
  )
  .map((parts) => parts.join(' ').slice(0, LONGEST));

describe('over some thousands of papers', () => {
  let opened: TestDatabase;
  let search: Search;
  let suggester: Suggester;
  before(async () => {
    opened = await openTestDatabase('sqlite');
    await save(opened.db, ...Array.from({ length: PAPERS }, (_, at) => manyWords(at)));
    await indexDue(opened.db);
    search = createSearch(opened.db);
    suggester = createSuggester(opened.db, search);
    await suggester.prepare();
    await search.state();
  });
  after(async () => await opened[Symbol.asyncDispose]());

  test(`${INPUTS} inputs are each searched and offered for within ${MOST_MS} ms`, async () => {
    await fc.assert(
      fc.asyncProperty(typed, async (text) => {
        await within(`offers for ${text}`, async () => await suggester.suggest(text, 6));
        const query = parseQuery(text);
        await within(`search for ${text}`, async () => await search.find({ query, limit: 500, first: 11 }));
      }),
      { seed: SEED, numRuns: INPUTS, endOnFailure: true },
    );
  });
});

/** What is measured once in a while has the collector of garbage or the compiler in it, so the least counts. */
async function within(name: string, run: () => Promise<unknown>): Promise<void> {
  let least = Infinity;
  for (let round = 0; round < 6 && least > MOST_MS; round++) {
    const before = process.cpuUsage();
    await run();
    const { user, system } = process.cpuUsage(before);
    least = Math.min(least, (user + system) / 1000);
  }
  assert.ok(least <= MOST_MS, `${name}: ${least.toFixed(1)} ms`);
}

function manyWords(at: number) {
  const pick = (list: readonly string[], step: number): string =>
    list[(at * 7 + step * step * 13 + step) % list.length] ?? '';
  const letters = [...'abcdefghijklmnopqrstuvwxyz'];
  const made = (step: number): string =>
    `${pick(letters, step)}${pick(letters, 3 * step + at)}word${(at * step) % 997}`;
  return makeDraft(at + 1, {
    title: Array.from({ length: 8 }, (_, step) => (step % 2 === 0 ? made(step + 1) : pick(common, step))).join(' '),
    abstract: Array.from({ length: 90 }, (_, step) => (step % 3 === 0 ? made(step + 1) : pick(common, step + at))).join(
      ' ',
    ),
    authors: Array.from({ length: 5 }, (_, step) => ({
      family: step < 3 ? pick(families, step) : `${pick(letters, step).toUpperCase()}${made(step)}`,
      given: pick(given, step + at),
      suffix: '',
      affiliation: '',
    })),
    categories: [pick(categories, 1), pick(categories, 2)].filter((name, place, all) => all.indexOf(name) === place),
    publishedOn: `202${at % 7}-0${1 + (at % 9)}-15`,
  });
}
