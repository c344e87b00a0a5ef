import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { it } from 'node:test';
import { openTestDatabase } from '../../test/database.ts';
import { sourceContext } from '../../test/source-context.ts';
import { keepRejected } from './rejected.ts';

const NOWHERE = { settings: { ARXIV_OAI_URL: 'http://a', ARXIV_RSS_URL: 'http://a', ARXIV_API_URL: 'http://a' } };

it('keeps the newest twenty, each of at most 5 MB', async () => {
  await using database = await openTestDatabase();
  const context = sourceContext(database, NOWHERE);
  for (let index = 0; index < 23; index += 1) {
    context.clock.advance(1_000);
    await keepRejected(context, 'oai:arXiv:cs', `body ${index}`);
  }
  const folder = join(database.settings.DATA_DIR, 'rejected');
  const names = (await readdir(folder)).sort();
  assert.equal(names.length, 20);
  assert.equal(names[0], '2026-01-06T05-10-04-000Z-oai-arXiv-cs.txt');
  assert.equal(await readFile(join(folder, names.at(-1) ?? ''), 'utf8'), 'body 22');
  const large = await keepRejected(context, '../../evil', new Uint8Array(6_000_000));
  assert.equal((await readFile(large ?? '')).length, 5_000_000);
  assert.ok(large?.startsWith(folder));
});

it('logs that it could not, instead of hiding the reason for keeping', async () => {
  await using database = await openTestDatabase();
  const context = sourceContext(database, NOWHERE);
  await writeFile(join(database.settings.DATA_DIR, 'rejected'), 'a file in the way');
  assert.equal(await keepRejected(context, 'api', 'x'), undefined);
  assert.match(context.lines[0]?.msg ?? '', /cannot keep a rejected answer/);
});
