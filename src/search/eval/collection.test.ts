import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { readCollection } from './collection.ts';

let folder = '';
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'collection-'))));
afterEach(() => rmSync(folder, { recursive: true }));

const write = (name: string, content: string | Buffer) => writeFileSync(join(folder, name), content);
const docs = '{"_id":"d1","title":"T","text":"x"}\n{"_id":2,"text":"without title"}\n';
const queries = '{"_id":"q1","text":"one"}\n{"_id":"q2","text":"nobody judged this"}\n';

test('compressed documents, a header above the judgements, grades', () => {
  write('docs.jsonl.gz', gzipSync(docs));
  write('queries.jsonl', queries);
  write('qrels.tsv', 'query-id\tcorpus-id\tscore\nq1\td1\t2\nq1\t2\t0\n');
  const collection = readCollection(folder);
  assert.deepEqual(collection.documents, [
    { id: 'd1', title: 'T', text: 'x' },
    { id: '2', title: '', text: 'without title' },
  ]);
  assert.deepEqual(collection.queries, [
    {
      id: 'q1',
      text: 'one',
      judgements: new Map([
        ['d1', 2],
        ['2', 0],
      ]),
    },
  ]);
});

test("BEIR's own names, and TREC's four columns without a header", () => {
  write('corpus.jsonl', docs);
  write('queries.jsonl', queries);
  mkdirSync(join(folder, 'qrels'));
  write('qrels/test.tsv', 'q2 0 d1 1\r\n');
  assert.deepEqual(
    readCollection(folder).queries.map(({ id, judgements }) => [id, [...judgements]]),
    [['q2', [['d1', 1]]]],
  );
});

test('what is missing or broken is named', () => {
  assert.throws(() => readCollection(folder), /has no qrels\.tsv/);
  write('qrels.tsv', 'q1\td1\t1\nq1\td2\tmany\n');
  assert.throws(() => readCollection(folder), /qrels\.tsv, line 2 has no number/);
  write('qrels.tsv', 'q1\td1\t1\n');
  write('queries.jsonl', `${queries}{oops\n`);
  assert.throws(() => readCollection(folder), /queries\.jsonl, line 3 is not a JSON object with an _id/);
  write('queries.jsonl', `${queries}null\n`);
  assert.throws(() => readCollection(folder), /line 3 is not a JSON object/);
  write('queries.jsonl', queries);
  write('docs.jsonl.gz', docs);
  assert.throws(() => readCollection(folder), /docs\.jsonl\.gz is damaged, or not gzipped/);
  write('docs.jsonl', docs);
  write('qrels.tsv', 'q9\td1\t1\n');
  assert.throws(() => readCollection(folder), /has no judged question/);
});
