/** `broadsheet address …`, as a process. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runProgram, temporaryFolder } from '../program.ts';

test('addresses are suppressed, listed and lifted; what is wrong is said', async () => {
  await using folder = await temporaryFolder();
  const env = { DATA_DIR: folder.path };
  const none = await runProgram(['address', 'list'], env);
  assert.notEqual(none.code, 0, 'there is no database yet');
  await runProgram(['migrate'], env);
  const wrong = await runProgram(['address', 'suppress', 'nobody'], env);
  assert.equal(wrong.code, 2);
  assert.match(wrong.err, /“nobody” is no mail address/);
  assert.equal((await runProgram(['address', 'suppress', 'Ann@example.org'], env)).code, 0);
  assert.match((await runProgram(['address', 'list'], env)).out, /^ann@example\.org\t\d{4}-\d\d-\d\d\toperator\t/);
  assert.match((await runProgram(['status'], env)).out, /Subscribers: 0, .*addresses suppressed: 1\n/);
  assert.equal((await runProgram(['address', 'lift', 'ann@example.org'], env)).code, 0);
  const again = await runProgram(['address', 'lift', 'ann@example.org'], env);
  assert.equal(again.code, 2);
  assert.match(again.err, /is not suppressed/);
});
