import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { it } from 'node:test';
import { sql } from 'kysely';
import { countPapers } from '#papers/store.ts';
import { systemClock } from '#platform/clock.ts';
import { countDue } from '#search/index-due.ts';
import type { Query } from '#search/query/query.ts';
import { createSearch } from '#search/search.ts';
import { onEachDatabase } from '../database.ts';
import { start } from '../program.ts';

const PAPERS = 12_000;

function line(number: number): string {
  const id = `${number > 9_000 ? '2602' : '2601'}.${String(number).padStart(5, '0')}`;
  const authors = [`Ada Number${number}`, 'Otto van der Both'];
  return JSON.stringify({
    id,
    title: `Paper ${number}`,
    abstract: 'Of things. '.repeat(40),
    authors,
    categories: ['cs.LG'],
    published: '2026-01-05',
  });
}

onEachDatabase('an import that is killed', (open) => {
  it('goes on when it is repeated, loses nothing and doubles nothing', { timeout: 300_000 }, async () => {
    await using database = await open();
    const { db, settings } = database;
    const file = join(settings.DATA_DIR, 'papers.jsonl');
    await writeFile(file, Array.from({ length: PAPERS }, (_, at) => line(at + 1)).join('\n'));
    let saved = 0;
    for (const part of [0.1, 0.4, 0.7]) {
      const running = start(['import', file], settings);
      let ended = false;
      void running.finished.then(() => (ended = true));
      while (saved < PAPERS * part && !ended) {
        saved = await countPapers(db);
        await systemClock.sleep(3);
      }
      running.kill('SIGKILL');
      assert.equal((await running.finished).code, null, 'it was still at work');
      const kept = await countPapers(db);
      assert.ok(kept >= saved && kept < PAPERS, `${kept} papers`);
    }
    const { code, out, err } = await start(['import', file], settings).finished;
    assert.equal(code, 0, err);
    assert.match(out, /new, .*unchanged/);
    assert.equal(await countPapers(db), PAPERS);
    assert.equal(await countDue(db), 0);
    const rows = await sql<{ papers: number; authors: number; indexed: number }>`select
      (select count(*) from papers) as papers, (select count(*) from paper_authors) as authors,
      (select count(*) from search_entries) as indexed`.execute(db);
    assert.deepEqual({ ...rows.rows[0] }, { papers: PAPERS, authors: 2 * PAPERS, indexed: PAPERS });
    const query: Query = { parts: [{ kind: 'word', text: 'Number777' }], sort: 'relevance' };
    assert.equal((await createSearch(db).find({ query, limit: 9 })).total, 1);
  });
});
