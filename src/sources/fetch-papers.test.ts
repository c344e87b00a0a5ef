import assert from 'node:assert/strict';
import { it } from 'node:test';
import { findPaper } from '#papers/store.ts';
import { manyPapers, startArxiv } from '../../test/arxiv-server.ts';
import { onEachDatabase } from '../../test/database.ts';
import { sourceContext } from '../../test/source-context.ts';
import { fetchPapers } from './fetch-papers.ts';
import type { FetchedPaper } from './fetch-papers.ts';

async function outcomes(papers: AsyncIterable<FetchedPaper>): Promise<string[]> {
  const found: string[] = [];
  for await (const { id, outcome } of papers) found.push(`${id} ${outcome}`);
  return found;
}

onEachDatabase('single papers', (open) => {
  it('are fetched politely, each once, and what arXiv does not have is told', async () => {
    await using database = await open();
    const [first, second] = manyPapers(2);
    assert.ok(first && second);
    await using arxiv = await startArxiv({ papers: [first, second] });
    const context = sourceContext(database, arxiv);
    const started = context.clock.now();
    const asked = ['2601.00001v1', 'arXiv:2601.00001', '2601.09999', 'https://arxiv.org/abs/2601.00002'];
    assert.deepEqual(await outcomes(fetchPapers(context, asked)), [
      '2601.00001 new',
      '2601.09999 unknown',
      '2601.00002 new',
    ]);
    assert.equal(arxiv.requests.length, 3);
    assert.ok(context.clock.now() - started >= 6_000, 'three seconds between requests');
    assert.deepEqual(await outcomes(fetchPapers(context, ['2601.00001'])), ['2601.00001 unchanged']);
    arxiv.papers = [{ ...first, title: 'Another title' }];
    assert.deepEqual(await outcomes(fetchPapers(context, ['2601.00001'])), ['2601.00001 changed']);
  });

  it('are dated only if they are new', async () => {
    await using database = await open();
    const [fresh, old] = manyPapers(2);
    assert.ok(fresh && old);
    old.versions = [{ at: '2019-05-06T10:00:00Z' }];
    await using arxiv = await startArxiv({ papers: [fresh, old] });
    await outcomes(fetchPapers(sourceContext(database, arxiv), [fresh.id, old.id]));
    assert.equal((await findPaper(database.db, fresh.id))?.announcedOn, '2026-01-06');
    assert.equal((await findPaper(database.db, old.id))?.announcedOn, null);
  });

  it('are not asked for at all if one of the ids is none', async () => {
    await using database = await open();
    await using arxiv = await startArxiv({ papers: manyPapers(1) });
    await assert.rejects(outcomes(fetchPapers(sourceContext(database, arxiv), ['2601.00001', 'attention'])), {
      kind: 'invalid',
      message: '“attention” is not an arXiv id.',
      hint: /2310\.02541/,
    });
    assert.equal(arxiv.requests.length, 0);
  });
});
