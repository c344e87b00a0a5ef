import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { assemble, SOURCES, targetOf } from './assemble.ts';

test('what the program runs of WebAssembly is what its sources say', async () => {
  assert.ok(SOURCES.length > 0);
  for (const source of SOURCES) {
    const isSame = Buffer.from(await assemble(source)).equals(readFileSync(targetOf(source)));
    assert.ok(isSame, `${targetOf(source)} is not what ${source} says: npm run wasm`);
  }
});
