/** A request of somebody who was banned, deleted or demoted while it waited for its turn, on both databases. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Db } from '#schema.ts';
import { addPeople } from '../../test/add-people.ts';
import { onEachDatabase } from '../../test/database.ts';
import { makeDraft, NOW, save } from '../../test/drafts.ts';
import { deleteComment, editComment, react } from './change-comment.ts';
import { dismiss, OPERATOR, setBanned, setHidden, setLocked, setRole } from './moderation/moderate.ts';
import { report } from './moderation/report.ts';
import { listLog } from './moderation/store.ts';
import { upvote } from './upvote.ts';
import { writeComment } from './write-comment.ts';

const paperId = makeDraft(1).id;
const [newAccountHours, now] = [24, NOW];

async function fill(db: Db): Promise<string> {
  await save(db, makeDraft(1));
  await addPeople(db, ['ann', 'eve']);
  await addPeople(db, ['mo', 'max'], { role: 'moderator' });
  await addPeople(db, ['root', 'chief'], { role: 'admin' });
  await upvote(db, { paperId, userId: 'ann', voted: true, now });
  return await writeComment(db, { paperId, userId: 'eve', body: 'Before.', newAccountHours, now });
}

/** What each use case would write for `eve`. */
function writes(db: Db, id: string): Record<string, () => Promise<unknown>> {
  const by = { userId: 'eve', newAccountHours, now: NOW + 1 };
  return {
    votes: async () => await upvote(db, { ...by, paperId, voted: true }),
    comments: async () => await writeComment(db, { ...by, paperId, body: 'After.' }),
    edits: async () => await editComment(db, { ...by, id, body: 'After.' }),
    reacts: async () => await react(db, { ...by, id, emoji: 'agree', on: true }),
    reports: async () => await report(db, { ...by, kind: 'paper', id: paperId, reason: 'Look.' }),
    deletes: async () => await deleteComment(db, { ...by, id }),
  };
}

async function state(db: Db): Promise<unknown> {
  return [
    await db.selectFrom('comments').selectAll().execute(),
    await db.selectFrom('paper_tallies').selectAll().execute(),
    await db.selectFrom('comment_reactions').selectAll().execute(),
    await db.selectFrom('reports').selectAll().execute(),
  ];
}

onEachDatabase('who may write no more', (open) => {
  test('a ban that was decided while a request waited stops it, with the reason', async () => {
    await using database = await open();
    const { db } = database;
    const comment = await fill(db);
    await setBanned(db, 'eve', true, { by: { id: 'mo' }, reason: 'Advertising', now });
    const before = await state(db);
    for (const [what, write] of Object.entries(writes(db, comment)))
      await assert.rejects(write, { kind: 'forbidden', message: /banned.*“Advertising”/ }, what);
    assert.deepEqual(await state(db), before);
  });

  test('so does the end of the account', async () => {
    await using database = await open();
    const { db } = database;
    const comment = await fill(db);
    await db.updateTable('users').set({ deleted_at: NOW, email: null }).where('id', '=', 'eve').execute();
    for (const [what, write] of Object.entries(writes(db, comment)))
      await assert.rejects(write, { kind: 'forbidden', message: /was deleted/ }, what);
  });

  test('a moderator who is one no more decides nothing, whatever the request says of them', async () => {
    await using database = await open();
    const { db } = database;
    const id = await fill(db);
    await report(db, { kind: 'comment', id, userId: 'ann', reason: 'Look.', now });
    await setRole(db, 'mo', 'reader', { by: { id: 'root' }, reason: 'Thank you', now });
    await setRole(db, 'chief', 'moderator', { by: { id: 'root' }, reason: 'Thank you', now });
    const stale = (who: string) => ({ by: { id: who, role: 'admin' as const }, reason: 'A test', now });
    const deeds = [
      async () => await setHidden(db, { kind: 'comment', id }, true, stale('mo')),
      async () => await setHidden(db, { kind: 'paper', id: paperId }, true, stale('mo')),
      async () => await setLocked(db, paperId, true, stale('mo')),
      async () => await dismiss(db, { kind: 'comment', id }, stale('mo')),
      async () => await setBanned(db, 'eve', true, stale('mo')),
      async () => await setRole(db, 'mo', 'admin', stale('chief')),
      async () => await setBanned(db, 'max', true, stale('chief')),
    ];
    for (const deed of deeds) await assert.rejects(deed, { kind: 'forbidden' });
    assert.equal((await listLog(db, 10)).length, 2);
  });

  test('two admins who ban or demote each other at once leave one', async () => {
    for (const act of [
      async (db: Db, by: string, about: string) =>
        await setBanned(db, about, true, { by: { id: by }, reason: 'A quarrel', now }),
      async (db: Db, by: string, about: string) =>
        await setRole(db, about, 'reader', { by: { id: by }, reason: 'A quarrel', now }),
    ]) {
      await using database = await open();
      const { db } = database;
      await fill(db);
      const done = await Promise.allSettled([act(db, 'root', 'chief'), act(db, 'chief', 'root')]);
      assert.deepEqual(done.map(({ status }) => status).toSorted(), ['fulfilled', 'rejected']);
      const left = db.selectFrom('users').select('id').where('role', '=', 'admin').where('banned_at', 'is', null);
      assert.equal((await left.execute()).length, 1);
    }
  });

  test('the operator gives roles, too, with a line in the log, and takes no last admin away', async () => {
    await using database = await open();
    const { db } = database;
    await fill(db);
    const operator = { by: OPERATOR, reason: 'On the command line', now } as const;
    await setRole(db, 'root', 'reader', operator);
    await assert.rejects(setRole(db, 'chief', 'moderator', operator), { kind: 'conflict', message: /the only admin/ });
    await setRole(db, 'eve', 'admin', operator);
    await setRole(db, 'chief', 'moderator', operator);
    assert.deepEqual(
      (await listLog(db, 10)).map(({ moderator_id, action, target_id }) => [moderator_id, action, target_id]),
      [
        [OPERATOR, 'make moderator', 'chief'],
        [OPERATOR, 'make admin', 'eve'],
        [OPERATOR, 'make reader', 'root'],
      ],
    );
  });
});
