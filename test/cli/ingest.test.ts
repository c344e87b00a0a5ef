import assert from 'node:assert/strict';
import { test } from 'node:test';
import { manyPapers, startArxiv } from '../arxiv-server.ts';
import { runProgram, temporaryFolder } from '../program.ts';

test('broadsheet ingest harvests arXiv, tells what came from where, and status remembers', async () => {
  await using folder = await temporaryFolder();
  await using arxiv = await startArxiv({ papers: manyPapers(30), pageSize: 20 });
  const env = { DATA_DIR: folder.path, ...arxiv.settings };
  const first = await runProgram(['ingest', '--from', '2026-01-01', '--set', 'cs', '--prefix', 'arXiv'], env);
  assert.equal(first.code, 0, first.err);
  assert.match(first.out, /oai:arXiv:cs: \d+ new/);
  const status = await runProgram(['status'], env);
  assert.match(status.out, /Papers: 30\n/);
  assert.match(status.out, /Harvest oai:arXiv:cs: complete/);
  const bad = await runProgram(['ingest', '--listing'], {
    ...env,
    ARXIV_RSS_URL: `${arxiv.settings.ARXIV_RSS_URL}/nowhere`,
  });
  assert.equal(bad.code, 1);
  assert.match(bad.err, /^broadsheet: .*nowhere/);
});
