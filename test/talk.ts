/** People who say something of papers, for tests of comments: a clock of their own, one second for each thing that they do. */

import { listComments } from '#discussion/list-comments.ts';
import type { CommentSort } from '#discussion/list-comments.ts';
import { writeComment } from '#discussion/write-comment.ts';
import { manualClock } from '#platform/clock.ts';
import { addPeople } from './add-people.ts';
import type { TestDatabase } from './database.ts';
import { makeDraft, NOW, save } from './drafts.ts';

export const paper = (number: number) => makeDraft(number).id;
export const idOf = (number: number) => number.toString(16).padStart(24, '0');
export const PEOPLE = { ada: idOf(1), bob: idOf(2), eve: idOf(3) };
export type Name = keyof typeof PEOPLE;

/** `PEOPLE`, a moderator `mo`, and twenty papers. */
export async function openTalk(open: () => Promise<TestDatabase>) {
  const opened = await open();
  const { db } = opened;
  const clock = manualClock(NOW);
  const tick = () => {
    clock.advance(1000);
    return clock.now();
  };
  await save(db, ...Array.from({ length: 20 }, (_, index) => makeDraft(index + 1)));
  await addPeople(db, ['mo'], { role: 'moderator' });
  for (const [name, id] of Object.entries(PEOPLE)) {
    await db
      .insertInto('users')
      .values({
        ...{ id, name, full_name: `${name} Lee`, email: `${name}@lab.example`, email_verified: 1, role: 'reader' },
        ...{ created_at: 0, updated_at: 0, banned_at: null, ban_reason: null, deleted_at: null },
      })
      .execute();
  }
  const list = async (number: number, sort: CommentSort = 'oldest', viewer?: Name) =>
    (await listComments(db, paper(number), { sort, viewerId: viewer && PEOPLE[viewer] })).items;
  return {
    ...opened,
    /** When somebody did something last. */
    clock,
    tick,
    say: async (number: number, who: Name, body: string, replyTo?: string) =>
      await writeComment(db, {
        ...{ paperId: paper(number), userId: PEOPLE[who], body, replyTo },
        ...{ newAccountHours: 24, now: tick() },
      }),
    list,
    bodies: async (number: number, sort?: CommentSort) => (await list(number, sort)).map(({ body }) => body),
    by: (who: Name, id: string) => ({ id, userId: PEOPLE[who], newAccountHours: 24, now: tick() }),
    tally: async (number: number) =>
      await db
        .selectFrom('paper_tallies')
        .select(['comments', 'commenters'])
        .where('paper_id', '=', paper(number))
        .executeTakeFirst(),
    close: async () => await opened[Symbol.asyncDispose](),
  };
}

export type Talk = Awaited<ReturnType<typeof openTalk>>;
