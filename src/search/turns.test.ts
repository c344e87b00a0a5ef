import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers';
import { test } from 'node:test';
import { takeTurns } from './turns.ts';

test('what is short comes between two turns, and their order is that of the asking', async () => {
  const turn = takeTurns();
  const done: string[] = [];
  const all = ['first', 'second', 'third'].map(async (name) => {
    await turn();
    // As a page that is made without waiting for anything outside.
    for (let step = 0; step < 20; step++) await Promise.resolve();
    done.push(name);
  });
  setImmediate(() => done.push('short'));
  await Promise.all(all);
  assert.deepEqual(done, ['first', 'short', 'second', 'third']);
});

test('one that never ends holds up none of the others', async () => {
  const turn = takeTurns();
  void turn().then(async () => await new Promise(() => {}));
  await turn();
  await turn();
});
