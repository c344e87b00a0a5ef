import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { systemClock } from '#platform/clock.ts';
import { AppError } from '#platform/errors.ts';
import { hidePaper } from '#papers/hide.ts';
import type { PaperDraft } from '#papers/paper.ts';
import { indexDue } from '#search/index-due.ts';
import type { Query, Sort } from '#search/query/query.ts';
import { createSearch } from '#search/search.ts';
import { onEachDatabase } from '../../test/database.ts';
import type { TestDatabase } from '../../test/database.ts';
import { makeDraft, NOW, save } from '../../test/drafts.ts';
import { toyVectors } from '../../test/toy-vectors.ts';
import { SEARCH_DEPTH } from './search-depth.ts';
import { listMatches } from './search.ts';
import type { Searcher } from './search.ts';

const PAGE = 10;

/** Papers about weather that differ in how much they are about it, so that most scores move when one arrives. */
function weatherPaper(number: number, more: Partial<PaperDraft> = {}): PaperDraft {
  const filler = 'measured over the sea '.repeat(number % 7);
  const mentions = 'storm weather '.repeat(1 + (number % 5));
  const publishedOn = `2025-${String(1 + (number % 12)).padStart(2, '0')}-0${1 + (number % 9)}`;
  return makeDraft(number, { title: `Report ${number}`, abstract: `${filler}${mentions}`, publishedOn, ...more });
}

const asked = (text: string, sort: Sort = 'relevance'): Query => ({ parts: [{ kind: 'word', text }], sort });
const CONDITION: Query = { parts: [{ kind: 'category', name: 'cs.LG' }], sort: 'relevance' };

onEachDatabase('pages of a search', (open) => {
  let opened: TestDatabase;
  const searcher = (vectors = false): Searcher => ({
    db: opened.db,
    search: createSearch(opened.db, async () => (vectors ? await toyVectors(opened.db) : undefined)),
    clock: systemClock,
  });
  const add = async (...drafts: PaperDraft[]) => {
    await save(opened.db, ...drafts);
    await indexDue(opened.db);
  };
  const page = async (from: Searcher, query: Query, mark?: string, limit = PAGE) => {
    const { cards, next } = await listMatches(from, query, { limit, after: mark });
    return { ids: cards.map(({ paper }) => paper.id), next };
  };
  /** Every page from the mark on. `between` happens before each of them. */
  const readAll = async (
    from: () => Searcher,
    query: Query,
    between: (pages: number) => Promise<void> | void = () => {},
  ) => {
    const seen: string[][] = [];
    let mark: string | undefined;
    do {
      if (seen.length > 0) await between(seen.length);
      const { ids, next } = await page(from(), query, mark);
      seen.push(ids);
      mark = next;
    } while (mark !== undefined && seen.length < 100);
    return seen;
  };
  const id = (number: number) => makeDraft(number).id;
  const numbers = (from: number, to: number) => Array.from({ length: to - from }, (_, at) => from + at);
  const assertEach = (pages: readonly string[][], expected: readonly string[]) => {
    const seen = pages.flat();
    assert.equal(new Set(seen).size, seen.length, 'nothing repeats');
    assert.deepEqual(
      expected.filter((one) => !seen.includes(one)),
      [],
      'nothing is lost',
    );
  };

  beforeEach(async () => {
    opened = await open();
    await add(...numbers(1, 61).map((number) => weatherPaper(number)));
  });
  afterEach(async () => await opened[Symbol.asyncDispose]());

  for (const sort of ['relevance', 'new', 'trending'] as const) {
    test(`sort:${sort}: papers that arrive between pages make none repeat and none vanish`, async () => {
      const one = searcher();
      const pages = await readAll(
        () => one,
        asked('storm weather', sort),
        async (at) => await add(weatherPaper(200 + at, { title: 'Storm weather, weather storm', abstract: '' })),
      );
      assertEach(pages, numbers(1, 61).map(id));
      for (const ids of pages.slice(0, -1)) assert.equal(ids.length, PAGE);
    });
  }

  test('a paper that arrives and is the best of all comes next, once', async () => {
    const one = searcher();
    const pages = await readAll(
      () => one,
      asked('storm weather hurricane'),
      async (at) => {
        if (at === 1) await add(weatherPaper(300, { title: 'A hurricane is storm weather' }));
      },
    );
    assert.equal(pages.flat().filter((one) => one === id(300)).length, 1);
    assert.ok(pages[1]?.[0] === id(300), String(pages[1]));
  });

  test('a process that has followed many changes and one that started later agree', async () => {
    const old = searcher();
    await page(old, asked('storm weather'));
    for (const round of [1, 2, 3]) {
      await add(
        ...numbers(1, 31).map((number) => weatherPaper(number, { abstract: `storm weather ${'sea '.repeat(round)}` })),
      );
      await page(old, asked('storm'));
    }
    let turn = 0;
    const fresh = searcher();
    const pages = await readAll(() => (turn++ % 2 === 0 ? old : fresh), asked('storm weather'));
    assertEach(pages, numbers(1, 61).map(id));
  });

  test('vectors that answer on one page and not on the next make nothing repeat, and every paper with the words is shown', async () => {
    let turn = 0;
    const withVectors = searcher(true);
    const without = searcher();
    const pages = await readAll(() => (turn++ % 2 === 0 ? withVectors : without), asked('storm weather'));
    assertEach(pages, numbers(1, 61).map(id));
  });

  for (const sort of ['relevance', 'new', 'trending'] as const) {
    test(`sort:${sort}: papers hidden between pages, shown or not, are left out, and no other is`, async () => {
      const one = searcher();
      const first = await page(one, asked('storm weather', sort));
      const gone = [first.ids[9] ?? '', first.ids[0] ?? ''];
      const later = numbers(1, 61)
        .map(id)
        .filter((other) => !first.ids.includes(other));
      gone.push(later[0] ?? '', later[20] ?? '');
      const pages = [first.ids];
      for (const paper of gone) await hide(opened, paper);
      for (let mark = first.next; mark !== undefined;) {
        const { ids, next } = await page(one, asked('storm weather', sort), mark);
        pages.push(ids);
        mark = next;
      }
      assertEach(
        pages,
        later.filter((other) => !gone.includes(other)),
      );
      assert.ok(
        !pages
          .slice(1)
          .flat()
          .some((other) => gone.includes(other)),
      );
      for (const ids of pages.slice(0, -1)) assert.equal(ids.length, PAGE, 'pages stay full');
    });
  }

  for (const sort of ['new', 'trending'] as const) {
    test(`sort:${sort}: the first paper with every word does not hide those with some, once they are being read`, async () => {
      const one = searcher();
      const query = asked('storm submarine', sort);
      const pages = await readAll(
        () => one,
        query,
        async (at) => await add(makeDraft(400 + at, { title: 'A storm over a submarine', publishedOn: '2020-01-01' })),
      );
      assertEach(pages, numbers(1, 61).map(id));
      assert.equal((await listMatches(one, query, { limit: PAGE })).exact, true);
    });
  }

  test('conditions alone can be read to the end, however many papers fulfil them, and so can a search by date', async () => {
    await add(...numbers(1000, 1000 + SEARCH_DEPTH + 30).map((number) => weatherPaper(number)));
    const one = searcher();
    const expected = [...numbers(1, 61), ...numbers(1000, 1000 + SEARCH_DEPTH + 30)].map(id);
    for (const query of [CONDITION, asked('weather', 'new')]) {
      const found: string[][] = [];
      let mark: string | undefined;
      do {
        const { ids, next } = await page(one, query, mark, 100);
        found.push(ids);
        mark = next;
      } while (mark !== undefined);
      assertEach(found, expected);
      const { depth, total } = await listMatches(one, query, { limit: 1 });
      assert.deepEqual({ depth, total }, { depth: undefined, total: expected.length });
    }
  });

  test('a search by relevance ends at its depth and says so, its marks stay short enough for an address', async () => {
    await add(...numbers(1000, 1000 + SEARCH_DEPTH + 30).map((number) => weatherPaper(number)));
    const one = searcher();
    let mark: string | undefined;
    const seen: string[] = [];
    let longest = 0;
    do {
      const { ids, next } = await page(one, asked('weather'), mark);
      seen.push(...ids);
      mark = next;
      longest = Math.max(longest, next?.length ?? 0);
      if (seen.length === 2 * PAGE) assert.ok((next?.length ?? 0) < 80, next);
    } while (mark !== undefined);
    assert.equal(new Set(seen).size, SEARCH_DEPTH);
    assert.equal(seen.length, SEARCH_DEPTH);
    assert.ok(longest < 1500, `${longest} characters`);
    assert.equal((await listMatches(one, asked('weather'), { limit: 1 })).depth, SEARCH_DEPTH);
  });

  test('marks that are cut off, of another order, of before or made up are refused', async () => {
    const one = searcher();
    const byRelevance = (await page(one, asked('weather'))).next ?? '';
    const byDate = (await page(one, asked('weather', 'new'))).next ?? '';
    const older = Buffer.from(JSON.stringify(['m', 0.75, 12])).toString('base64url');
    const marks: [Query, string][] = [
      [asked('weather'), byDate],
      [asked('weather', 'new'), byRelevance],
      ...[
        byRelevance.slice(0, -3),
        `${byRelevance}A`,
        `${byRelevance}.`,
        'm.0.',
        'm.9.AQE',
        'm.0.ü',
        older,
        'x',
        '.',
      ].map((mark): [Query, string] => [asked('weather'), mark]),
    ];
    for (const [query, mark] of marks) {
      await assert.rejects(
        async () => await page(one, query, mark),
        (error) => error instanceof AppError && error.kind === 'invalid' && /Leave "after" out/.test(error.hint ?? ''),
        mark,
      );
    }
  });

  for (const sort of ['relevance', 'trending'] as const) {
    test(`sort:${sort}: a work that came from two sources is one result, on whichever pages its papers fall`, async () => {
      const authors = [{ family: 'Lovelace', given: 'Ada', suffix: '', affiliation: '' }];
      const title = 'The storm weather of a northern sea';
      await add(
        makeDraft(500, { title, authors, abstract: 'storm weather', publishedOn: '2025-12-30' }),
        makeDraft(0, { id: 'openreview:abc', title, authors, abstract: 'sea '.repeat(60), publishedOn: '2025-05-01' }),
      );
      const one = searcher();
      const pages = await readAll(() => one, asked('storm weather', sort));
      assertEach(pages, numbers(1, 61).map(id));
      const copies = pages.flat().filter((other) => other === id(500) || other === 'openreview:abc');
      assert.equal(copies.length, 1, copies.join());
      for (const ids of pages.slice(0, -1)) assert.equal(ids.length, PAGE);
    });
  }
});

async function hide({ db }: TestDatabase, paper: string): Promise<void> {
  await db.transaction().execute(async (trx) => await hidePaper(trx, paper, NOW));
  await indexDue(db);
}
