import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { it } from 'node:test';
import { fullName } from '#papers/paper.ts';
import { countPapers, findPaper } from '#papers/store.ts';
import { manualClock } from '#platform/clock.ts';
import type { AppError } from '#platform/errors.ts';
import { manyPapers, startArxiv } from '../../test/arxiv-server.ts';
import { onEachDatabase } from '../../test/database.ts';
import { LISTING_MORNING, sourceContext } from '../../test/source-context.ts';
import { listCursors } from './cursors.ts';
import { fetchListing, ingest } from './ingest.ts';

const DAY_MS = 86_400_000;

onEachDatabase('ingest', (open) => {
  it('brings in the listing and then what the harvest knows better', async () => {
    await using database = await open();
    await using arxiv = await startArxiv({ papers: manyPapers(25), pageSize: 10 });
    const context = sourceContext(database, arxiv);
    const lines: string[] = [];
    const counts = await ingest(context, { from: '2026-01-01', onProgress: (line) => lines.push(line) });
    assert.equal(counts.added, 25);
    assert.equal(await countPapers(database.db), 25);
    assert.deepEqual(Object.keys(counts.sources), ['listing:cs', 'oai:arXivRaw:cs', 'oai:arXiv:cs']);
    assert.equal(lines.at(-1), 'oai:arXiv:cs: 25 papers, 0 new');
    const paper = await findPaper(database.db, '2601.00001');
    assert.equal(paper?.title, 'Diffusion at scale, part 1');
    assert.equal(
      paper?.abstract,
      'We study case 1 of $\\alpha$-diffusion and find that it holds.\nA second paragraph says why.',
    );
    assert.deepEqual(paper?.authors.map(fullName), ['Ada Müller', 'John Smith Jr.']);
    assert.deepEqual(paper?.categories, ['cs.LG', 'stat.ML']);
    assert.deepEqual(paper?.versions, [{ number: 1, at: Date.parse('2026-01-05T10:00:00Z') }]);
    assert.equal(paper?.publishedOn, '2026-01-05');
    assert.equal(paper?.submitter, 'Ada Submitter');
    assert.equal(paper?.announcedOn, '2026-01-06');
    assert.equal(paper?.announceType, 'new');
  });

  it('asks once per 3 s, one at a time, and says who it is', async () => {
    await using database = await open();
    const clock = manualClock(LISTING_MORNING);
    await using arxiv = await startArxiv({ papers: manyPapers(30), pageSize: 10, now: () => clock.now() });
    await ingest(sourceContext(database, arxiv, { clock }), { from: '2026-01-01' });
    assert.equal(arxiv.requests.length, 7);
    for (const [index, request] of arxiv.requests.entries()) {
      assert.equal(request.concurrent, 1);
      assert.match(request.userAgent, /^Broadsheet\/\d+\.\d+\.\d+ \(\+ops@example\.org\)$/);
      const before = arxiv.requests[index - 1];
      if (before) assert.ok(request.at - before.at >= 3_000, `${request.at - before.at} ms after ${before.url}`);
    }
  });

  it('asks the next time only for what changed since', async () => {
    await using database = await open();
    const clock = manualClock(LISTING_MORNING);
    await using arxiv = await startArxiv({ papers: manyPapers(25), pageSize: 50, now: () => clock.now() });
    const context = sourceContext(database, arxiv, { clock });
    await ingest(context);
    assert.match(arxiv.requests.find(({ service }) => service === 'oai')?.url ?? '', /from=2026-01-04/);
    clock.advance(DAY_MS);
    arxiv.requests.length = 0;
    arxiv.papers = arxiv.papers.map((paper) =>
      paper.id === '2601.00007' ? { ...paper, title: 'Another title', datestamp: '2026-01-07' } : paper,
    );
    const counts = await ingest(context);
    const urls = arxiv.requests.filter(({ service }) => service === 'oai').map(({ url }) => url);
    assert.deepEqual(
      urls,
      ['arXivRaw', 'arXiv'].map((prefix) => `/oai?verb=ListRecords&metadataPrefix=${prefix}&set=cs&from=2026-01-06`),
    );
    assert.equal(counts.added, 0);
    assert.equal((await findPaper(database.db, '2601.00007'))?.title, 'Another title');
  });

  it('changes nothing when it is run twice', async () => {
    await using database = await open();
    await using arxiv = await startArxiv({ papers: manyPapers(25), pageSize: 10, overlap: 3 });
    const context = sourceContext(database, arxiv);
    await ingest(context, { from: '2026-01-01' });
    const before = await database.db.selectFrom('papers').selectAll().orderBy('id').execute();
    const counts = await ingest(context, { from: '2026-01-01' });
    assert.deepEqual(await database.db.selectFrom('papers').selectAll().orderBy('id').execute(), before);
    assert.equal(counts.added, 0);
    assert.equal(counts.changed, 0);
  });

  it('goes on with the other sets when one fails, and says at the end which did', async () => {
    await using database = await open();
    await using arxiv = await startArxiv({ papers: manyPapers(5) });
    const context = sourceContext(database, arxiv, { settings: { ARXIV_SETS: 'cs stat' } });
    arxiv.fail({ kind: 'html' }, { service: 'oai' });
    await assert.rejects(ingest(context), (error: AppError) => {
      assert.equal(error.kind, 'upstream');
      assert.match(
        error.message,
        /set=cs&from=2026-01-04: it has a DOCTYPE, as web pages and entity bombs do\. 5 new and \d+ changed papers were saved/,
      );
      return true;
    });
    assert.equal(await countPapers(database.db), 5);
    assert.deepEqual(
      arxiv.requests.map(({ url }) => /^\/rss|set=\w+/.exec(url)?.[0]),
      ['/rss', 'set=cs', 'set=cs', 'set=stat', 'set=stat'],
    );
    const states = (await listCursors(database.db)).map(({ name, from_day }) => [name, from_day]);
    assert.deepEqual(states, [
      ['listing:cs+stat', '2026-01-06'],
      ['oai:arXiv:cs', '2026-01-06'],
      ['oai:arXiv:stat', '2026-01-06'],
      ['oai:arXivRaw:stat', '2026-01-06'],
    ]);
  });

  it('keeps what it could not read, with its address in the log', async () => {
    await using database = await open();
    await using arxiv = await startArxiv({ papers: manyPapers(5) });
    const context = sourceContext(database, arxiv);
    arxiv.fail({ kind: 'entity-bomb' }, { service: 'listing' });
    await assert.rejects(fetchListing(context), /rss\/cs: it has a DOCTYPE/);
    const folder = join(database.settings.DATA_DIR, 'rejected');
    const [file = ''] = await readdir(folder);
    assert.equal(file, '2026-01-06T05-10-00-000Z-listing-cs.txt');
    assert.match(await readFile(join(folder, file), 'utf8'), /<!ENTITY lol9/);
    assert.ok(
      context.lines.some(
        ({ url, kept }) => url === `${arxiv.settings.ARXIV_RSS_URL}/rss/cs` && kept === join(folder, file),
      ),
    );
    assert.equal((await fetchListing(context)).added, 5);
  });

  it('stops at once when told to', async () => {
    await using database = await open();
    await using arxiv = await startArxiv({ papers: manyPapers(25), pageSize: 5 });
    const context = sourceContext(database, arxiv);
    const stop = new AbortController();
    let lines = 0;
    const running = ingest(context, {
      from: '2026-01-01',
      signal: stop.signal,
      onProgress: () => ++lines === 3 && stop.abort(new Error('stopped')),
    });
    await assert.rejects(running, /stopped/);
    assert.equal(arxiv.requests.length, 3);
    await ingest(context, { from: '2026-01-01' });
    assert.equal(await countPapers(database.db), 25);
  });
});
