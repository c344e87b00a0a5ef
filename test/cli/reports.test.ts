/** The operator sees with `status` that reports wait. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openTestDatabase } from '../database.ts';
import { addPeople } from '../add-people.ts';
import { makeDraft, NOW, save } from '../drafts.ts';
import { runProgram } from '../program.ts';
import { report } from '#discussion/moderation/report.ts';

test('status says how many reports wait, and since when', async () => {
  await using database = await openTestDatabase();
  const status = async () => (await runProgram(['status'], database.settings)).out;
  assert.match(await status(), /^Reports to be decided on: none$/m);
  await addPeople(database.db, ['ann', 'bob']);
  const draft = makeDraft(1);
  await save(database.db, draft);
  for (const [at, userId] of ['ann', 'bob'].entries()) {
    const told = { kind: 'paper' as const, id: draft.id, userId, reason: 'Not a paper', now: NOW + at * 60_000 };
    await report(database.db, told);
  }
  const since = new Date(NOW).toISOString().slice(0, 16).replace('T', ' ');
  assert.ok((await status()).includes(`Reports to be decided on: 2, the oldest since ${since} UTC\n`));
});
