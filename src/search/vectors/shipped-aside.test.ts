/** The thread makes what this one would make, and whoever waits for it learns that it is gone. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openShippedAside } from './shipped-aside.ts';
import { openShipped } from './shipped.ts';

const papers = Array.from({ length: 30 }, (_, at) => ({
  title: `Attention is ${at} of what you need`,
  abstract: 'Of $O(n^2)$ transformers, naïve baselines and GPT-4. '.repeat(1 + at),
  authors: JSON.stringify([
    ['Lovelace', 'Ada', '', 'Kings'],
    ['Müller', '', '', ''],
  ]),
  categories: 'cs.LG cs.CL',
}));

test('a thread reads and encodes papers as it is done here, in the order in which it is asked', async () => {
  await using aside = await openShippedAside();
  const there = aside.shipped.embedder ?? assert.fail(aside.shipped.problem);
  const here = openShipped()().embedder ?? assert.fail();
  assert.equal(there.name, here.name);
  const parts = [papers.slice(0, 10), papers.slice(10)];
  const read = await Promise.all([
    ...parts.map(async (part) => await there.readPapers?.(part)),
    there.encode(['grokking', ...papers]),
  ]);
  assert.deepEqual(read, [
    ...(await Promise.all(parts.map(async (part) => await here.readPapers?.(part)))),
    await here.encode(['grokking', ...papers]),
  ]);
});

test('what cannot be read is an error for all who wait, and for those who ask later', async () => {
  await using aside = await openShippedAside();
  const { readPapers } = aside.shipped.embedder ?? assert.fail(aside.shipped.problem);
  const [paper = assert.fail()] = papers;
  const gone = { name: 'AppError', message: /thread that reads papers .* ended/, hint: /JSON/ };
  const asked = [readPapers?.([{ ...paper, authors: 'Ada, Otto' }]), readPapers?.([paper])];
  await Promise.all(asked.map(async (answer) => await assert.rejects(async () => await answer, gone)));
  await assert.rejects(async () => await readPapers?.([paper]), gone);
});

test('a thread that was stopped says so', async () => {
  const aside = await openShippedAside();
  const { readPapers } = aside.shipped.embedder ?? assert.fail(aside.shipped.problem);
  await aside[Symbol.asyncDispose]();
  await assert.rejects(async () => await readPapers?.(papers), /thread that reads papers .* ended/);
});
