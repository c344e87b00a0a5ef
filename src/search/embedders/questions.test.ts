import assert from 'node:assert/strict';
import { test } from 'node:test';
import { manualClock } from '#platform/clock.ts';
import type { Embedder } from '../embedder.ts';
import { forQuestions } from './questions.ts';

function set(encode: Embedder['encode'], limits = {}) {
  const asked: string[] = [];
  const clock = manualClock(1_000_000);
  const embedder: Embedder = {
    name: 'host/model',
    async encode(items, signal) {
      asked.push(items.map(String).join('|'));
      return await encode(items, signal);
    },
  };
  return { asked, clock, questions: forQuestions(embedder, clock, { milliseconds: 20, ...limits }) };
}

const vectorOf = async () => [Float32Array.of(1, 0)];
const never = async () => await new Promise<never>(() => undefined);

test('a model that does not answer is left after a moment, and told to stop', async () => {
  let isStopped = false;
  const { questions } = set(async (_, signal) => {
    signal?.addEventListener('abort', () => (isStopped = true));
    return await never();
  });
  await assert.rejects(questions.encode(['a']), /host\/model gave no vector of a question within 0\.02 s/);
  assert.ok(isStopped);
});

test('after a failure nobody waits for half a minute, then one question tries', async () => {
  let isDown = true;
  const { questions, asked, clock } = set(async () => (isDown ? Promise.reject(new Error('down')) : await vectorOf()));
  await assert.rejects(questions.encode(['a']), /down/);
  await assert.rejects(questions.encode(['b']), /failed a moment ago/);
  clock.advance(29_999);
  await assert.rejects(questions.encode(['c']), /failed a moment ago/);
  clock.advance(1);
  const both = await Promise.allSettled([questions.encode(['d']), questions.encode(['e'])]);
  assert.deepEqual(
    both.map(({ status }) => status),
    ['rejected', 'rejected'],
  );
  assert.deepEqual(asked, ['a', 'd']);
  clock.advance(30_000);
  isDown = false;
  assert.equal((await questions.encode(['f'])).length, 1);
  assert.equal((await questions.encode(['g'])).length, 1);
  assert.deepEqual(asked, ['a', 'd', 'f', 'g']);
});

test('the next page of a search costs nothing, and what was known stays known while the model is away', async () => {
  let isDown = false;
  const { questions, asked } = set(async () => (isDown ? Promise.reject(new Error('down')) : await vectorOf()), {
    kept: 2,
  });
  await questions.encode(['a']);
  await questions.encode(['b']);
  await questions.encode(['a']);
  await questions.encode(['c']); // b leaves
  isDown = true;
  await questions.encode(['a']);
  await questions.encode(['c']);
  await assert.rejects(questions.encode(['b']));
  assert.deepEqual(asked, ['a', 'b', 'c', 'b']);
});

test('papers are passed on as they are', async () => {
  const { questions, asked } = set(vectorOf);
  const paper = { title: 'T', abstract: 'A' };
  await questions.encode([paper]);
  await questions.encode([paper]);
  assert.equal(asked.length, 2);
});
