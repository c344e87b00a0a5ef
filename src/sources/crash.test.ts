import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { countPapers } from '#papers/store.ts';
import { systemClock } from '#platform/clock.ts';
import { manyPapers, startArxiv } from '../../test/arxiv-server.ts';
import type { ArxivServer } from '../../test/arxiv-server.ts';
import { onEachDatabase } from '../../test/database.ts';
import type { TestDatabase } from '../../test/database.ts';
import { LISTING_MORNING } from '../../test/source-context.ts';
import { listCursors } from './cursors.ts';

const PROGRAM = fileURLToPath(new URL('../../test/ingest-process.ts', import.meta.url));
const PAGES = 8;

onEachDatabase('a harvest that is killed', (open) => {
  it('goes on where it was, loses nothing and doubles nothing', { timeout: 180_000 }, async () => {
    await using database = await open();
    await using arxiv = await startArxiv({ papers: manyPapers(PAGES * 50), pageSize: 50, now: () => LISTING_MORNING });
    const began = Date.now();
    // In the middle of the first list, at the beginning of the second, and in its middle.
    for (const [kill, requests] of [4, 12, 24].entries()) {
      const running = start(database, arxiv, began);
      while (arxiv.requests.length < requests && running.exitCode === null) await systemClock.sleep(1);
      await systemClock.sleep(kill * 4); // while it waits for the answer, reads it, saves it
      running.kill('SIGKILL');
      await once(running, 'exit');
      assert.equal(running.signalCode, 'SIGKILL', 'it was still at work');
    }
    const last = start(database, arxiv, began);
    await once(last, 'exit');
    assert.equal(last.exitCode, 0);
    assert.equal(await countPapers(database.db), PAGES * 50);
    const { count } = await database.db
      .selectFrom('paper_categories')
      .select((e) => e.fn.countAll<number>().as('count'))
      .where('category', '=', 'cs.LG')
      .executeTakeFirstOrThrow();
    assert.equal(count, PAGES * 50);
    for (const cursor of await listCursors(database.db))
      assert.deepEqual([cursor.token, cursor.from_day], [null, '2026-01-06'], cursor.name);
    // A page is asked for again only where its answer was not yet saved. The first list was complete at the second
    // and third kill, and is harvested anew each time, as `--from` asks.
    const oai = arxiv.requests.filter(({ service }) => service === 'oai');
    assert.ok(oai.length <= 4 * PAGES + 3, `${oai.length} requests`);
  });
});

function start({ settings }: TestDatabase, arxiv: ArxivServer, began: number): ChildProcess {
  return spawn(
    process.execPath,
    ['--import', './bin/typescript.js', PROGRAM, '2026-01-01', String(began), String(LISTING_MORNING)],
    {
      env: { PATH: process.env['PATH'], ...settings, ...arxiv.settings },
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );
}
