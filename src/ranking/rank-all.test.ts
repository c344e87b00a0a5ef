import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setHidden } from '#discussion/moderation/moderate.ts';
import { recountPaper } from '#discussion/tally-store.ts';
import { upvote } from '#discussion/upvote.ts';
import { listAppearancesBeyond } from '#papers/appearances.ts';
import { saveSubmissions } from '#papers/submission-store.ts';
import { dialectOf } from '#platform/db/open.ts';
import { columnNames, selectRows } from '#platform/db/rows.ts';
import type { Columns } from '#platform/db/rows.ts';
import type { Db } from '#schema.ts';
import { addPeople } from '../../test/add-people.ts';
import { onEachDatabase } from '../../test/database.ts';
import type { TestDatabase } from '../../test/database.ts';
import { makeDraft, NOW, save } from '../../test/drafts.ts';
import { rankAll } from './rank-all.ts';
import { rankDue } from './rank-due.ts';
import { trending } from './score.ts';
import { MS_PER_DAY } from './signals.ts';
import type { Deed } from './signals.ts';

const PEOPLE = 9_000;
const PAPERS = 12;
/** More than are read at once, so that it is read alone. */
const POPULAR = 2;

const id = (number: number) => makeDraft(number).id;
/** One in eight is new, one in fifty banned. */
const createdAt = (person: number) => NOW - (person % 8 === 0 ? person % 7 : 50 + (person % 900)) * MS_PER_DAY;
const isBanned = (person: number) => person % 50 === 1;

async function insert(db: Db, table: 'users' | 'upvotes', columns: Columns<object>, rows: object[]): Promise<void> {
  const names = columnNames(columns) as never[];
  await db
    .insertInto(table)
    .columns(names)
    .expression(selectRows(dialectOf(db), columns, rows) as never)
    .execute();
}

async function fill(db: Db): Promise<void> {
  await save(db, ...Array.from({ length: PAPERS }, (_, index) => makeDraft(index + 1)));
  const [text, bigint] = ['text', 'bigint'] as const;
  const times = { created_at: bigint, updated_at: bigint, banned_at: bigint };
  const users = Array.from({ length: PEOPLE }, (_, person) => {
    const [name, created_at] = [`p${person}`, createdAt(person)];
    const banned_at = isBanned(person) ? NOW : null;
    return { id: name, name, role: 'reader', email_verified: 1, created_at, updated_at: created_at, banned_at };
  });
  await insert(db, 'users', { id: text, name: text, role: text, email_verified: bigint, ...times } as object, users);
  const votes = [];
  for (let paper = 1; paper < PAPERS; paper++) {
    for (let person = 0; person < PEOPLE; person += paper === POPULAR ? 1 : 97 * paper) {
      const taken = (person + paper) % 31 === 0;
      const voted_at = NOW - ((person * 7_919) % 600) * 3_600_000;
      const vote = { paper_id: id(paper), user_id: `p${person}`, voted_at, account_made_at: createdAt(person) };
      votes.push({ ...vote, withdrawn_at: taken ? NOW : null });
    }
  }
  await insert(
    db,
    'upvotes',
    { paper_id: text, user_id: text, voted_at: bigint, account_made_at: bigint, withdrawn_at: bigint } as object,
    votes,
  );
  const row = { is_reply: 0, reply_to: null, body: 'Said.', edited_at: null, hidden_by: null, answers: 0, score: 0 };
  const said = Array.from({ length: 300 }, (_, n) => {
    const comment = n.toString(16).padStart(24, '0');
    const [deleted_at, hidden_at] = [n % 11 === 0 ? NOW : null, n % 13 === 0 ? NOW : null];
    const names = { id: comment, thread_id: comment, paper_id: id(1 + (n % 5)), user_id: `p${(n * 97) % PEOPLE}` };
    return { ...row, ...names, created_at: NOW - n * 7_000_000, deleted_at, hidden_at };
  });
  await db.insertInto('comments').values(said).execute();
  await saveSubmissions(db, [{ paper_id: id(3), day: '2026-01-06', position: 1, submitted_at: NOW, user_id: 'p0' }]);
  await db.transaction().execute(async (trx) => {
    for (let paper = 1; paper < PAPERS; paper++) await recountPaper(trx, id(paper), NOW);
  });
}

/** Straight from the tables through the formula, nothing counted together. */
async function bruteForce(db: Db): Promise<object[]> {
  const papers = (await listAppearancesBeyond(db, '', 1_000)).filter(({ hidden }) => !hidden);
  const all = await db.selectFrom('upvotes').selectAll().where('withdrawn_at', 'is', null).execute();
  const comments = await db
    .selectFrom('comments')
    .selectAll()
    .where('deleted_at', 'is', null)
    .where('hidden_at', 'is', null)
    .execute();
  return papers.map((paper) => {
    const deeds: Deed[] = [];
    const add = (kind: Deed['kind'], user: string, at: number) => {
      const person = Number(user.slice(1));
      if (!isBanned(person)) deeds.push({ userId: user, kind, at, accountAge: at - createdAt(person) });
    };
    const votes = all.filter(({ paper_id }) => paper_id === paper.id);
    const said = comments.filter(({ paper_id }) => paper_id === paper.id);
    for (const { user_id, created_at } of said) add('comment', user_id, created_at);
    for (const { user_id, voted_at } of votes) add('vote', user_id, voted_at);
    const { score, parts } = trending({ ...paper, deeds, submitterId: paper.submitterId ?? undefined });
    const { voters, commenters, newcomers } = parts;
    const upvotes = votes.filter(({ user_id }) => !isBanned(Number(user_id.slice(1)))).length;
    const counts = { upvotes, comments: said.length, voters, commenters, newcomers };
    return { seq: paper.seq, stands_at: Math.round(score * MS_PER_DAY), ...counts };
  });
}

async function standings(db: Db) {
  return await db.selectFrom('trending').selectAll().orderBy('seq').execute();
}

/** What `bruteForce` gives, in its order, which is that of ids and here of `seq` as well. */
function comparable(rows: Awaited<ReturnType<typeof standings>>): object[] {
  return rows.map(({ seq, stands_at, upvotes, comments, parts }) => {
    const none = { voters: 0, commenters: 0, newcomers: 0 };
    const { voters, commenters, newcomers } = parts === '' ? none : (JSON.parse(parts) as typeof none);
    return { seq, stands_at, upvotes, comments, voters, commenters, newcomers };
  });
}

onEachDatabase('all papers ranked at once, one by one, and by the book', (open) => {
  let opened: TestDatabase;
  before(async () => {
    opened = await open();
    await fill(opened.db);
    await addPeople(opened.db, ['mo'], { role: 'moderator' });
  });
  after(async () => await opened[Symbol.asyncDispose]());

  const hide = async (kind: 'paper' | 'comment', target: string, hidden: boolean, now: number) =>
    await setHidden(opened.db, { kind, id: target }, hidden, { by: { id: 'mo' }, reason: 'A test', now });

  test('come to the same', async () => {
    await rankAll({ db: opened.db, now: NOW });
    const whole = await standings(opened.db);
    assert.equal(whole.length, PAPERS);
    assert.ok(whole.some(({ upvotes }) => upvotes > 8_000) && whole.some(({ parts }) => parts === ''));
    assert.deepEqual(comparable(whole), await bruteForce(opened.db));
    await opened.db.deleteFrom('trending').execute();
    await opened.db.updateTable('trending_watermarks').set({ value: 0 }).where('name', '<>', 'formula').execute();
    await rankDue({ db: opened.db, now: NOW });
    assert.deepEqual(await standings(opened.db), whole);
  });

  test('and still do after votes that were found one by one', async () => {
    for (const paper of [1, POPULAR, 9]) {
      await upvote(opened.db, { paperId: id(paper), userId: 'p5', voted: true, now: NOW + paper });
      await upvote(opened.db, { paperId: id(paper), userId: 'p0', voted: false, now: NOW + paper });
      await rankDue({ db: opened.db, now: NOW + paper });
    }
    const found = await standings(opened.db);
    assert.deepEqual(comparable(found), await bruteForce(opened.db));
    await rankAll({ db: opened.db, now: NOW + 20 });
    assert.deepEqual(await standings(opened.db), found);
  });

  test('leave out a paper that moderators hid, and bring it back as it was', async () => {
    const before = await standings(opened.db);
    await hide('paper', id(POPULAR), true, NOW + 30);
    await rankDue({ db: opened.db, now: NOW + 30 });
    const without = await standings(opened.db);
    assert.equal(without.length, PAPERS - 1);
    assert.deepEqual(comparable(without), await bruteForce(opened.db));
    await rankAll({ db: opened.db, now: NOW + 31 });
    assert.deepEqual(await standings(opened.db), without, 'the pass over all papers does not bring it back');
    await hide('paper', id(POPULAR), false, NOW + 32);
    await rankDue({ db: opened.db, now: NOW + 32 });
    assert.deepEqual(await standings(opened.db), before);
  });

  test('do not count a comment that moderators hid', async () => {
    const { id: comment, paper_id } = await opened.db
      .selectFrom('comments')
      .select(['id', 'paper_id'])
      .where('hidden_at', 'is', null)
      .where('deleted_at', 'is', null)
      .executeTakeFirstOrThrow();
    const { seq } = await opened.db
      .selectFrom('papers')
      .select('seq')
      .where('id', '=', paper_id)
      .executeTakeFirstOrThrow();
    const counted = async () => (await standings(opened.db)).find((row) => row.seq === seq)?.comments;
    const before = (await counted()) ?? 0;
    await hide('comment', comment, true, NOW + 40);
    await rankDue({ db: opened.db, now: NOW + 40 });
    assert.equal(await counted(), before - 1);
    assert.deepEqual(comparable(await standings(opened.db)), await bruteForce(opened.db));
  });
});
