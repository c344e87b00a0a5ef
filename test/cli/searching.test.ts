/** A server that is searched while other processes import, and while its database goes away and comes back. */

import assert from 'node:assert/strict';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, test } from 'node:test';
import { indexDue } from '#search/index-due.ts';
import { dialects, onEachDatabase, openTestDatabase } from '../database.ts';
import { makeDraft, save } from '../drafts.ts';
import { runProgram, start } from '../program.ts';

/** How soon a paper must be found after the import that brought it has ended. */
const FOUND_WITHIN_MS = 1_000;

const PAPERS = [
  { title: 'Image captioning with recurrent decoders', abstract: 'Captions of photographs by a zweitwort network.' },
  { title: 'Legged robot locomotion', abstract: 'Walking over rough terrain with torque control.' },
];

onEachDatabase('papers that another process imports', (open) => {
  test('are found within a second, by words and by meaning', { timeout: 60_000 }, async (t) => {
    await using database = await open();
    const server = start(['serve'], { ...database.settings, LOG_LEVEL: 'warn' });
    t.after(() => server.kill('SIGKILL')); // after a failure; otherwise it has ended
    const [, url] = await server.saw(/is at (http:\S+)/);
    const find = async (q: string) => await (await fetch(`${url}/search?q=${encodeURIComponent(q)}`)).text();
    assert.doesNotMatch(await find('zweitwort'), /Image captioning/);
    const lines = PAPERS.map((paper, at) =>
      JSON.stringify({
        ...paper,
        id: `2601.0000${at + 1}`,
        authors: ['A B'],
        categories: ['cs.CV'],
        published: '2026-01-05',
      }),
    );
    const { code, err } = await runProgram(['import', '-'], database.settings, lines.join('\n'));
    assert.equal(code, 0, err);
    await sleep(FOUND_WITHIN_MS);
    assert.match(await find('zweitwort'), /id="p-2601\.00001"/, 'by a word');
    const byMeaning = await find('quadruped gaits');
    assert.match(byMeaning, /id="p-2601\.00002"/, 'by its meaning: it has neither of the words');
    assert.doesNotMatch(byMeaning, /id="p-2601\.00001"/);
    server.kill('SIGTERM');
    assert.deepEqual(await server.finished.then((ended) => [ended.code, ended.err]), [0, '']);
  });
});

describe('a search whose database goes away', () => {
  const skip = dialects.includes('postgres') ? false : 'needs PostgreSQL';
  test('says so, and finds papers again once it is back', { skip, timeout: 60_000 }, async (t) => {
    await using database = await openTestDatabase('postgres');
    await save(database.db, makeDraft(1, { title: 'Graphs' }));
    await indexDue(database.db);
    await using wire = await openWire(database.settings.DATABASE_URL);
    const server = start(['serve'], { ...database.settings, DATABASE_URL: wire.url, LOG_LEVEL: 'warn' });
    t.after(() => server.kill('SIGKILL')); // after a failure; otherwise it has ended
    const [, url] = await server.saw(/is at (http:\S+)/);
    let number = 0;
    // Never the same address twice, because pages are kept for a second.
    const search = async () => await fetch(`${url}/search?q=graphs&n=${++number}`);
    assert.match(await (await search()).text(), /id="p-2601\.00001"/);
    for (let time = 0; time < 2; time += 1) {
      wire.cut();
      const answers = await Promise.all([search(), search(), search()]);
      for (const answer of answers) {
        assert.equal(answer.status, 503);
        assert.match(await answer.text(), /The papers cannot be reached at the moment/);
      }
      await wire.mend();
      const back = await search();
      assert.equal(back.status, 200);
      assert.match(await back.text(), /id="p-2601\.00001"/);
    }
    server.kill('SIGTERM');
    const { code, err } = await server.finished;
    assert.equal(code, 0);
    const [line = ''] = /^.*a page failed.*$/m.exec(err) ?? [];
    assert.match(line, /a page failed: the database server [^=]* path="\/search"$/, 'in the log, in one line');
  });
});

/** A way to the database that can be cut. */
async function openWire(databaseUrl: string) {
  const target = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(Number(target.port), target.hostname);
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one);
      one.pipe(other);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        sockets.delete(one);
        other.destroy();
      });
    }
  });
  const listen = async (port: number) =>
    await new Promise<void>((resolve) => void server.listen(port, '127.0.0.1', resolve));
  await listen(0);
  const { port } = server.address() as AddressInfo;
  const url = new URL(databaseUrl);
  url.host = `127.0.0.1:${port}`;
  const cut = () => {
    server.close();
    for (const socket of sockets) socket.destroy();
  };
  return { url: url.href, cut, mend: async () => await listen(port), [Symbol.asyncDispose]: async () => cut() };
}
