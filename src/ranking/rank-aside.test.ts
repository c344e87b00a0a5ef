import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { setHidden } from '#discussion/moderation/moderate.ts';
import { upvote } from '#discussion/upvote.ts';
import type { Storage } from '#platform/db/open.ts';
import { addPeople } from '../../test/add-people.ts';
import { onEachDatabase } from '../../test/database.ts';
import type { TestDatabase } from '../../test/database.ts';
import { makeDraft, NOW, save } from '../../test/drafts.ts';
import { rankAllAside } from './rank-aside.ts';
import { rankAll } from './rank-all.ts';
import { rankDue } from './rank-due.ts';
import { rankLately } from './rank-lately.ts';
import { MS_PER_DAY } from './signals.ts';

const PAPERS = 60;
const PEOPLE = ['ada', 'bob', 'eve', 'kim', 'lee', 'max'];

onEachDatabase('all papers ranked in two halves', (open) => {
  let opened: TestDatabase;
  let storage: Storage;
  before(async () => {
    opened = await open();
    const { DATA_DIR, DATABASE_URL } = opened.settings;
    storage = { databaseUrl: DATABASE_URL, file: join(DATA_DIR, 'broadsheet.db') };
    await addPeople(opened.db, PEOPLE, { createdAt: NOW - 100 * MS_PER_DAY });
    await addPeople(opened.db, ['mo'], { role: 'moderator' });
    await save(opened.db, ...Array.from({ length: PAPERS }, (_, index) => makeDraft(index + 1)));
  });
  after(async () => await opened[Symbol.asyncDispose]());

  const id = (number: number) => makeDraft(number).id;
  const standings = async () => await opened.db.selectFrom('trending').selectAll().orderBy('seq').execute();
  const vote = async (number: number, userId: string, now: number) =>
    await upvote(opened.db, { paperId: id(number), userId, voted: true, now });

  test('stand where they stand when they are ranked here', async () => {
    for (const [index, userId] of PEOPLE.entries()) await vote(1 + (index % 3), userId, NOW + index);
    await rankAllAside(storage, { db: opened.db, now: NOW + 10 });
    const aside = await standings();
    assert.equal(aside.length, PAPERS);
    await opened.db.deleteFrom('trending').execute();
    await rankAll({ db: opened.db, now: NOW + 10 });
    assert.deepEqual(await standings(), aside);
  });

  test('lose nothing of what people and moderators do meanwhile', async () => {
    await opened.db.deleteFrom('trending').execute();
    let busy = true;
    const rebuilding = (async () => {
      for (let time = 0; time < 2; time++) await rankAllAside(storage, { db: opened.db, now: NOW + 20 });
    })().finally(() => (busy = false));
    for (let turn = 0; busy; turn++) {
      const [number, now] = [1 + (turn % PAPERS), NOW + 20 + turn];
      if (turn % 5 === 0) {
        const by = { by: { id: 'mo' }, reason: 'A test', now };
        await setHidden(opened.db, { kind: 'paper', id: id(50 + (turn % 10)) }, turn % 2 === 0, by);
      } else if (number < 50) await vote(number, PEOPLE[turn % PEOPLE.length] ?? '', now);
      await rankLately({ db: opened.db, now });
      // Whoever writes without a pause leaves SQLite's other writers no turn.
      await delay(5);
    }
    await rebuilding;
    await rankDue({ db: opened.db, now: NOW + 100_000 });
    const found = await standings();
    await opened.db.deleteFrom('trending').execute();
    await rankAll({ db: opened.db, now: NOW + 100_000 });
    assert.deepEqual(found, await standings());
  });

  test('are left alone by one that is told to stop before it begins, and one that is told meanwhile ends', async () => {
    await opened.db.deleteFrom('trending').execute();
    await rankAllAside(storage, { db: opened.db, now: NOW, signal: AbortSignal.abort() });
    assert.deepEqual(await standings(), []);
    const controller = new AbortController();
    const ranking = rankAllAside(storage, { db: opened.db, now: NOW, signal: controller.signal });
    controller.abort();
    await ranking;
  });

  test('are reported where they cannot be ranked', async () => {
    await opened.db.schema.alterTable('trending').renameTo('trending_away').execute();
    await assert.rejects(rankAllAside(storage, { db: opened.db, now: NOW }), /trending/);
  });
});
