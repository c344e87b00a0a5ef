/** An installation that leaves the indexes of its search in files: later commands and starts read them, whatever happens to them. */

import assert from 'node:assert/strict';
import { open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { indexDue } from '#search/index-due.ts';
import { onEachDatabase } from '../database.ts';
import { makeDraft, save } from '../drafts.ts';
import { runProgram, start } from '../program.ts';

/** From a thousand on they are saved. */
const PAPERS = 1_100;

onEachDatabase('files of the search', (openDatabase) => {
  test('are made by a search and by a server that stops, read by later ones, and passed over when damaged', async (t) => {
    await using database = await openDatabase();
    const { DATA_DIR } = database.settings;
    await save(database.db, ...Array.from({ length: PAPERS }, (_, at) => makeDraft(at + 1, { title: `Whales ${at}` })));
    await indexDue(database.db);
    const search = async () => await runProgram(['search', 'whales 77'], database.settings);
    const files = async () => (await readdir(DATA_DIR)).filter((name) => name.startsWith('search-')).toSorted();

    const first = await search();
    assert.match(first.out, /Whales 77\b/);
    assert.deepEqual(await files(), ['search-words.index']);
    const { mtimeMs } = await stat(join(DATA_DIR, 'search-words.index'));
    assert.deepEqual(await search(), first);
    assert.equal((await stat(join(DATA_DIR, 'search-words.index'))).mtimeMs, mtimeMs);
    const status = await runProgram(['status'], database.settings);
    assert.match(status.out, /^Saved indexes of the search: words \(1 MB\) of 20\d\d-/m);

    const damaged = await open(join(DATA_DIR, 'search-words.index'), 'r+');
    await damaged.write(Buffer.from('damage'), 0, 6, 5_000);
    await damaged.close();
    const server = start(['serve'], { ...database.settings, LOG_LEVEL: 'warn', LOG_FORMAT: 'text' });
    t.after(() => server.kill('SIGKILL')); // after a failure; otherwise it has ended
    const [, url] = await server.saw(/is at (http:\S+)/);
    assert.match(await (await fetch(`${url}/search?q=whales+77`)).text(), /id="p-2601\.00078"/);
    server.kill('SIGTERM');
    const { code, err } = await server.finished;
    assert.equal(code, 0);
    assert.match(
      err,
      /^\S+ warn +a saved index is passed over and made anew: its checksum is wrong .*search-words\.index.*\n$/,
    );
    assert.equal((await files()).at(-1), 'search-words.index');
    // The server has made vectors meanwhile, so it is compared with what is found without the file.
    const read = await search();
    await rm(join(DATA_DIR, 'search-words.index'));
    assert.deepEqual(await search(), read);
  });
});
