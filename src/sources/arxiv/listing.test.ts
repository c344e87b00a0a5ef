import assert from 'node:assert/strict';
import { it } from 'node:test';
import { sql } from 'kysely';
import { fullName } from '#papers/paper.ts';
import { countPapers, findPaper } from '#papers/store.ts';
import { manyPapers, startArxiv } from '../../../test/arxiv-server.ts';
import type { StandInPaper } from '../../../test/arxiv-server.ts';
import { onEachDatabase } from '../../../test/database.ts';
import type { TestDatabase } from '../../../test/database.ts';
import { LISTING_MORNING, sourceContext } from '../../../test/source-context.ts';
import { harvest } from './harvest.ts';
import { ingestListing } from './listing.ts';

const [PAPER] = manyPapers(1) as [StandInPaper];
const DAY_MS = 86_400_000;

/** Makes saving fail in the middle, as a full disk would. */
async function refusePaper({ db, dialect }: TestDatabase, id: string): Promise<void> {
  const statement =
    dialect === 'sqlite'
      ? sql`create trigger refuse before insert on papers when new.id = ${sql.lit(id)} begin select raise(abort, 'not this one'); end`
      : sql`alter table papers add constraint "not this one" check (id <> ${sql.lit(id)})`;
  await statement.execute(db);
}

onEachDatabase('a listing', (open) => {
  for (const format of ['rss', 'atom'] as const) {
    it(`tells as ${format.toUpperCase()} who is new today`, async () => {
      await using database = await open();
      const authors = [
        { keyname: 'Müller', forenames: 'Ada', affiliation: 'ETH Zürich, EPFL' },
        { keyname: 'García', forenames: 'José' },
      ];
      await using arxiv = await startArxiv({ papers: [{ ...PAPER, authors, doi: '10.1000/1' }] });
      const { day, counts } = await ingestListing(sourceContext(database, arxiv), { sets: ['cs'], format });
      assert.equal(day, '2026-01-06');
      assert.equal(counts.added, 1);
      const paper = await findPaper(database.db, PAPER.id);
      assert.deepEqual(paper?.authors.map(fullName), ['Ada Müller', 'José García']);
      assert.equal(paper?.authors[0]?.affiliation, 'ETH Zürich, EPFL');
      assert.equal(
        paper?.abstract,
        'We study case 1 of $\\alpha$-diffusion and find that it holds.\nA second paragraph says why.',
      );
      assert.deepEqual(paper?.categories, ['cs.LG', 'stat.ML']);
      assert.equal(paper?.announcedOn, '2026-01-06');
      assert.equal(paper?.announceType, 'new');
      assert.equal(paper?.license, 'http://creativecommons.org/licenses/by/4.0/');
      assert.equal(paper?.doi, '10.1000/1');
    });
  }

  it('is joined for all sets and asked for once', async () => {
    await using database = await open();
    await using arxiv = await startArxiv({ papers: manyPapers(3) });
    await ingestListing(sourceContext(database, arxiv), { sets: ['cs:cs:LG', 'stat'] });
    assert.deepEqual(
      arxiv.requests.map(({ url }) => url),
      ['/rss/cs.LG+stat'],
    );
  });

  it('is not sent again while it is the same', async () => {
    await using database = await open();
    await using arxiv = await startArxiv({ papers: manyPapers(3) });
    const context = sourceContext(database, arxiv);
    await ingestListing(context, { sets: ['cs'] });
    const second = await ingestListing(context, { sets: ['cs'] });
    assert.deepEqual(second, { day: undefined, counts: { added: 0, changed: 0, unchanged: 0, pages: 1, skipped: 0 } });
    arxiv.papers = manyPapers(4);
    assert.equal((await ingestListing(context, { sets: ['cs'] })).counts.added, 1);
  });

  it('is empty at a weekend, which is nothing new', async () => {
    await using database = await open();
    await using arxiv = await startArxiv({ papers: [] });
    const { day, counts } = await ingestListing(sourceContext(database, arxiv), { sets: ['cs'] });
    assert.equal(day, undefined);
    assert.equal(counts.added, 0);
  });

  it('refreshes replaced papers that we have, and brings in no others', async () => {
    await using database = await open();
    await using arxiv = await startArxiv({ papers: [PAPER] });
    const context = sourceContext(database, arxiv);
    await harvest(context, { prefix: 'arXiv', set: 'cs', from: '2026-01-01' });
    const announced = { day: '2026-01-14', type: 'replace' } as const;
    arxiv.papers = [
      { ...PAPER, title: 'Better title', announced },
      { ...PAPER, id: '2512.00009', announced },
    ];
    context.clock.advance(8 * DAY_MS);
    await ingestListing(context, { sets: ['cs'] });
    const paper = await findPaper(database.db, PAPER.id);
    assert.equal(paper?.title, 'Better title');
    assert.equal(paper?.publishedOn, '2026-01-05');
    assert.equal(paper?.announcedOn, '2026-01-06', 'its own day, not that of the replacement');
    assert.equal(await findPaper(database.db, '2512.00009'), undefined);
  });

  it('announces a cross-listed paper, unless we have had it for long', async () => {
    await using database = await open();
    const cross = {
      ...PAPER,
      id: '2511.00001',
      versions: [{ at: '2025-11-20T10:00:00Z' }],
      datestamp: '2025-11-21',
      categories: ['hep-th', 'cs.LG'],
      announced: { day: '2026-01-06', type: 'cross' as const },
    };
    const known = { ...cross, id: '2511.00002', announced: undefined };
    await using arxiv = await startArxiv({ papers: [cross, known] as StandInPaper[] });
    const context = sourceContext(database, arxiv);
    context.clock.advance(-30 * DAY_MS);
    arxiv.papers = [known as unknown as StandInPaper];
    await harvest(context, { prefix: 'arXiv', set: 'cs', from: '2025-11-01' });
    context.clock.advance(LISTING_MORNING - context.clock.now());
    arxiv.papers = [cross, { ...known, announced: cross.announced }];
    await ingestListing(context, { sets: ['cs'] });
    const [fresh, old] = [await findPaper(database.db, cross.id), await findPaper(database.db, known.id)];
    assert.deepEqual([fresh?.announcedOn, fresh?.announceType], ['2026-01-06', 'cross']);
    assert.equal(fresh?.publishedOn, '2025-11-30', 'the id says November; a harvest will tell the day');
    assert.equal(old?.announceType, null);
  });

  it('leaves out what claims to be of a day that has not come', async () => {
    await using database = await open();
    const late = { ...PAPER, id: '2601.00002', announced: { day: '9999-12-31', type: 'new' } as const };
    await using arxiv = await startArxiv({ papers: [PAPER, late] });
    const { counts } = await ingestListing(sourceContext(database, arxiv), { sets: ['cs'] });
    assert.deepEqual([counts.added, counts.skipped], [1, 1]);
  });

  it('is shown whole or not at all', async () => {
    await using database = await open();
    await using arxiv = await startArxiv({ papers: manyPapers(250) });
    const context = sourceContext(database, arxiv);
    arxiv.fail({ kind: 'truncated' });
    await assert.rejects(ingestListing(context, { sets: ['cs'] }), /ends in the middle of/);
    assert.equal(await countPapers(database.db), 0);
    await refusePaper(database, '2601.00200');
    await assert.rejects(ingestListing(context, { sets: ['cs'] }), /not this one/);
    assert.equal(await countPapers(database.db), 0, 'nothing of the batches before the one that failed');
  });

  it('that was cut off is fetched in parts', async () => {
    await using database = await open();
    const categories = ['math.NA'];
    const papers = [
      ...manyPapers(1_500),
      ...manyPapers(600).map((paper, index) => ({ ...paper, id: `2601.${10_001 + index}`, categories })),
    ];
    await using arxiv = await startArxiv({ papers });
    const { counts } = await ingestListing(sourceContext(database, arxiv), { sets: ['cs', 'math'] });
    assert.equal(counts.added, 2_100);
    assert.deepEqual(
      arxiv.requests.map(({ url }) => url),
      ['/rss/cs+math', '/rss/cs', '/rss/math'],
    );
  });

  it('of a category that does not exist is an error with arXiv’s words', async () => {
    await using database = await open();
    await using arxiv = await startArxiv({ papers: [] });
    const context = sourceContext(database, arxiv);
    await assert.rejects(
      ingestListing(context, { sets: ['cs:cs:L_G'] }),
      /rss\/cs\.L_G: it answered 400: Bad archive or category "cs\.L_G"/,
    );
  });
});
