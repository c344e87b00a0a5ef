import assert from 'node:assert/strict';
import { it } from 'node:test';
import { fullName } from '#papers/paper.ts';
import { manyPapers, startArxiv } from '../../../test/arxiv-server.ts';
import type { StandInPaper } from '../../../test/arxiv-server.ts';
import { onEachDatabase } from '../../../test/database.ts';
import { sourceContext } from '../../../test/source-context.ts';
import { fetchPaper } from './api.ts';

const PAPERS: StandInPaper[] = manyPapers(2, {
  comments: 'Withdrawn',
  versions: [{ at: '2026-01-05T10:00:00Z' }, { at: '2026-02-01T10:00:00Z' }],
  authors: [
    { forenames: 'Ada', keyname: 'Müller', affiliation: 'ETH Zürich' },
    { forenames: 'Jan', keyname: 'de Vries' },
  ],
});

onEachDatabase('one paper from the query API', (open) => {
  it('is found by its id, with or without a version', async () => {
    await using database = await open();
    await using arxiv = await startArxiv({ papers: PAPERS });
    const context = sourceContext(database, arxiv);
    context.clock.advance(30 * 86_400_000); // after the second version
    for (const id of ['2601.00002', '2601.00002v1', 'https://arxiv.org/abs/2601.00002']) {
      const draft = await fetchPaper(context, id);
      assert.equal(draft?.id, '2601.00002');
      assert.deepEqual(draft?.authors.map(fullName), ['Ada Müller', 'Jan de Vries']);
      assert.equal(draft?.authors[0]?.affiliation, 'ETH Zürich');
      assert.deepEqual(draft?.categories, ['cs.LG', 'stat.ML']);
      assert.deepEqual(
        [draft?.publishedOn, draft?.updatedOn, draft?.announcedOn],
        ['2026-01-05', '2026-02-01', '2026-01-06'],
      );
      assert.equal(draft?.withdrawn, true);
    }
    assert.ok(arxiv.requests.every(({ url }) => url === '/api/query?id_list=2601.00002&max_results=1'));
  });

  it('is undefined if arXiv has none of that id', async () => {
    await using database = await open();
    await using arxiv = await startArxiv({ papers: PAPERS });
    assert.equal(await fetchPaper(sourceContext(database, arxiv), '2601.09999'), undefined);
  });

  it('is undefined if arXiv does not take the id for one', async () => {
    await using database = await open();
    await using arxiv = await startArxiv({ papers: PAPERS });
    const context = sourceContext(database, arxiv);
    const { fetch } = context;
    context.fetch = async (input, init) =>
      await fetch(input instanceof Request ? input : String(input).replace('2601.00001', 'abc'), init);
    assert.equal(await fetchPaper(context, '2601.00001'), undefined);
  });

  it('is not asked for by what is no id', async () => {
    await using database = await open();
    await using arxiv = await startArxiv({ papers: PAPERS });
    await assert.rejects(
      fetchPaper(sourceContext(database, arxiv), 'all:electron'),
      /"all:electron" is not an arXiv id/,
    );
    assert.equal(arxiv.requests.length, 0);
  });

  it('is an upstream error if the answer is none', async () => {
    await using database = await open();
    await using arxiv = await startArxiv({ papers: PAPERS });
    const context = sourceContext(database, arxiv);
    arxiv.fail({ kind: 'html' });
    await assert.rejects(fetchPaper(context, '2601.00001'), /id_list=2601\.00001&max_results=1: it has a DOCTYPE/);
    arxiv.fail({ kind: 'status', status: 403 });
    await assert.rejects(fetchPaper(context, '2601.00001'), /it answered 403/);
  });
});
