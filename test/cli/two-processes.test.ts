import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runProgram, start, temporaryFolder } from '../program.ts';

test('papers imported by one process appear on the pages of another within two seconds', async () => {
  await using folder = await temporaryFolder();
  const env = { DATA_DIR: folder.path };
  const server = start(['serve'], env);
  const [, url] = await server.saw(/is at (http:\S+)/);
  const lines = Array.from({ length: 1200 }, (_, index) =>
    JSON.stringify({
      id: `2601.${String(index + 1).padStart(5, '0')}`,
      title: `Paper ${index}`,
      abstract: 'Words.',
      authors: ['A B'],
      categories: ['cs.LG'],
      published: '2026-01-08',
    }),
  );
  const importing = runProgram(['import', '-'], env, lines.join('\n'));
  let pages = 0;
  for (let done = false; !done; pages += 1) {
    assert.equal((await fetch(`${url}/papers/date/2026-01-06`)).status, 200);
    done = await Promise.race([
      importing.then(() => true),
      new Promise<boolean>((resolve) => setTimeout(() => resolve(false), 20)),
    ]);
  }
  assert.equal((await importing).code, 0);
  assert.ok(pages > 3, 'pages were served during the import');
  await new Promise((resolve) => setTimeout(resolve, 1500));
  const page = await (await fetch(`${url}/papers/date/2026-01-09`)).text();
  assert.match(page, /1,200 papers/);
  assert.match(await (await fetch(`${url}/search?q=Paper+1199`)).text(), /Paper 1199/);
  server.kill('SIGTERM');
  assert.equal((await server.finished).code, 0);
});
