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
  assert.match(bad.err, /^broadsheet: .*nowhere/m);
});

test('broadsheet ingest --id brings in single papers, and says which arXiv does not have', async () => {
  await using folder = await temporaryFolder();
  await using arxiv = await startArxiv({ papers: manyPapers(3) });
  const env = { DATA_DIR: folder.path, ...arxiv.settings };
  const wrong = await runProgram(['ingest', '--id', '2601.00002,attention'], env);
  assert.equal(wrong.code, 2);
  assert.equal(
    wrong.err,
    'broadsheet: “attention” is not an arXiv id.\nAn arXiv id looks like 2310.02541 or hep-th/9110025.\n',
  );
  const mixed = await runProgram(['ingest', '--id', '2601.00002', '--listing'], env);
  assert.equal(mixed.code, 2);
  assert.match(mixed.err, /'--id <ids>' cannot be used with option '--listing'/);
  assert.equal(arxiv.requests.length, 0);
  const { code, out, err } = await runProgram(['ingest', '--id', '2601.00002v1, 2601.09999'], env);
  assert.equal(out, '2601.00002: new, “Retrieval at scale, part 2”\n');
  assert.equal(err, 'broadsheet: arXiv has no paper 2601.09999.\n');
  assert.equal(code, 1);
  assert.match((await runProgram(['status'], env)).out, /Papers: 1\n/);
});
