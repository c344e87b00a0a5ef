import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { addPeople } from '../../test/add-people.ts';
import { onEachDatabase } from '../../test/database.ts';
import type { TestDatabase } from '../../test/database.ts';
import { makeDraft, NOW, save } from '../../test/drafts.ts';
import { deleteComment, editComment, react } from './change-comment.ts';
import { findPageOf, listComments } from './list-comments.ts';
import type { CommentSort } from './list-comments.ts';
import { setLocked } from './moderation/moderate.ts';
import { listRevisions } from './revisions.ts';
import { listSignals } from './signals.ts';
import { writeComment } from './write-comment.ts';

const paper = (number: number) => makeDraft(number).id;
const idOf = (number: number) => number.toString(16).padStart(24, '0');
const PEOPLE = { ada: idOf(1), bob: idOf(2), eve: idOf(3) };
type Name = keyof typeof PEOPLE;

onEachDatabase('comments', (open) => {
  let opened: TestDatabase;
  let now = NOW;
  before(async () => {
    opened = await open();
    await save(opened.db, ...Array.from({ length: 20 }, (_, index) => makeDraft(index + 1)));
    await addPeople(opened.db, ['mo'], { role: 'moderator' });
    for (const [name, id] of Object.entries(PEOPLE)) {
      await opened.db
        .insertInto('users')
        .values({
          ...{ id, name, full_name: `${name} Lee`, email: `${name}@lab.example`, email_verified: 1, role: 'reader' },
          ...{ created_at: 0, updated_at: 0, banned_at: null, ban_reason: null, deleted_at: null },
        })
        .execute();
    }
  });
  after(async () => await opened[Symbol.asyncDispose]());

  const say = async (number: number, who: Name, body: string, replyTo?: string) =>
    await writeComment(opened.db, {
      ...{ paperId: paper(number), userId: PEOPLE[who], body, replyTo },
      ...{ newAccountHours: 24, now: (now += 1000) },
    });
  const list = async (number: number, sort: CommentSort = 'oldest', viewer?: Name) =>
    (await listComments(opened.db, paper(number), { sort, viewerId: viewer && PEOPLE[viewer] })).items;
  const bodies = async (number: number, sort?: CommentSort) => (await list(number, sort)).map(({ body }) => body);
  const by = (who: Name, id: string) => ({ id, userId: PEOPLE[who], newAccountHours: 24, now: (now += 1000) });
  const tally = async (number: number) =>
    await opened.db
      .selectFrom('paper_tallies')
      .select(['comments', 'commenters'])
      .where('paper_id', '=', paper(number))
      .executeTakeFirst();

  test('are shown with who wrote them, and counted', async () => {
    await say(1, 'ada', 'First.\r\nSecond line.');
    await say(1, 'ada', 'Another.');
    await say(1, 'bob', 'Mine.');
    const [first] = await list(1);
    assert.equal(first?.body, 'First.\nSecond line.');
    assert.deepEqual(first?.author, {
      id: PEOPLE.ada,
      name: 'ada',
      shown: 'ada Lee',
      handle: '@ada',
      hasProfile: true,
    });
    assert.match(first?.id ?? '', /^[0-9a-f]{24}$/);
    assert.deepEqual({ ...(await tally(1)) }, { comments: 3, commenters: 2 });
    const signals = await listSignals(opened.db, { ids: [paper(1)] });
    assert.deepEqual(
      signals.flatMap(({ kind, people, times }) => people.map((id, at) => `${kind} ${id} ${times[at]}`)).toSorted(),
      [`comment ${PEOPLE.ada} ${NOW + 1000}`, `comment ${PEOPLE.bob} ${NOW + 3000}`],
      'each person once, from the first time',
    );
  });

  test('threads have one level: an answer to a reply stands below the first and says whom it answers', async () => {
    const top = await say(2, 'ada', 'top');
    const reply = await say(2, 'bob', 'reply', top);
    await say(2, 'ada', 'second top');
    await say(2, 'eve', 'deep', reply);
    assert.deepEqual(await bodies(2), ['top', 'reply', 'deep', 'second top']);
    const deep = (await list(2))[2];
    assert.equal(deep?.threadId, top);
    assert.equal(deep?.replyTo?.author.name, 'bob');
    assert.equal((await list(2))[1]?.replyTo, undefined, 'below the first it goes without saying');
  });

  test('the same form sent twice makes one comment; the same words elsewhere, or later, are another', async () => {
    const first = await say(3, 'ada', 'Thanks!');
    assert.equal(await say(3, 'ada', 'Thanks!\n'), first);
    const [a, b] = await Promise.all([say(3, 'bob', 'At once'), say(3, 'bob', 'At once')]);
    assert.equal(a, b);
    await say(3, 'bob', 'Thanks!');
    await say(3, 'ada', 'Thanks!', first);
    now += 3_600_000;
    await say(3, 'ada', 'Thanks!');
    assert.equal((await tally(3))?.comments, 5);
  });

  test('the same words in answer to two replies of one thread are two answers, each once', async () => {
    const top = await say(14, 'ada', 'top');
    const [one, two] = [await say(14, 'bob', 'one', top), await say(14, 'eve', 'two', top)];
    const thanks = [];
    for (const answered of [top, one, two, one, two, top]) thanks.push(await say(14, 'ada', 'Thanks!', answered));
    assert.deepEqual(thanks.slice(3), [thanks[1], thanks[2], thanks[0]]);
    const answers = (await list(14)).filter(({ body }) => body === 'Thanks!');
    assert.deepEqual(
      answers.map(({ replyTo }) => replyTo?.id),
      [undefined, one, two],
    );
  });

  test('in a closed discussion nothing is said, edited or given; what is there can be taken back', async () => {
    const [mine, other] = [await say(15, 'ada', 'mine'), await say(15, 'bob', 'other')];
    await react(opened.db, { ...by('ada', other), emoji: 'agree', on: true });
    await setLocked(opened.db, paper(15), true, { by: { id: 'mo' }, reason: 'heated', now });
    await assert.rejects(say(15, 'bob', 'and one thing more'), /is closed/);
    await assert.rejects(editComment(opened.db, { ...by('ada', mine), body: 'mine, and more' }), /is closed/);
    await assert.rejects(react(opened.db, { ...by('ada', other), emoji: 'bravo', on: true }), /is closed/);
    await react(opened.db, { ...by('ada', other), emoji: 'agree', on: false });
    await deleteComment(opened.db, by('bob', other));
    assert.deepEqual(
      (await list(15)).map(({ body, reactions }) => [body, reactions]),
      [['mine', []]],
    );
    await setLocked(opened.db, paper(15), false, { by: { id: 'mo' }, reason: 'calm', now });
    await editComment(opened.db, { ...by('ada', mine), body: 'mine, and more' });
  });

  test('editing keeps what was said; the same text is no edit', async () => {
    const id = await say(4, 'ada', 'one');
    await editComment(opened.db, { ...by('ada', id), body: 'one' });
    assert.equal((await list(4))[0]?.editedAt, null);
    await editComment(opened.db, { ...by('ada', id), body: 'two' });
    await editComment(opened.db, { ...by('ada', id), body: 'three' });
    const [comment] = await list(4);
    assert.equal(comment?.body, 'three');
    assert.equal(comment?.editedAt, now);
    const { items, next } = await listRevisions(opened.db, id);
    assert.deepEqual(
      items.map(({ body, number }) => [number, body]),
      [
        [2, 'two'],
        [1, 'one'],
      ],
    );
    assert.equal(next, undefined);
    assert.ok((items[0]?.writtenAt ?? 0) > (items[1]?.writtenAt ?? 0));
  });

  test('fifty edits are kept, page by page; there are no more, and the comment stays as it is', async () => {
    const id = await say(17, 'ada', '0');
    for (let edit = 1; edit <= 50; edit += 1)
      await editComment(opened.db, { ...by('ada', id), body: String(edit).padEnd(edit > 40 ? 9_000 : 1, 'x') });
    await assert.rejects(editComment(opened.db, { ...by('ada', id), body: 'more' }), /edited 50 times.*the most/);
    assert.match((await bodies(17))[0] ?? '', /^50/);
    const pages: number[][] = [];
    for (let before: number | undefined, more = true; more; more = before !== undefined) {
      const { items, next } = await listRevisions(opened.db, id, before);
      pages.push(items.map(({ number }) => number));
      before = next;
    }
    assert.deepEqual(
      pages.map((page) => page.length),
      [3, 3, 10, 10, 10, 10, 4],
    );
    assert.deepEqual(
      pages.flat(),
      Array.from({ length: 50 }, (_, index) => 50 - index),
    );
  });

  test('deleting leaves a place only where somebody answered, and takes the text and its history away', async () => {
    const lonely = await say(5, 'ada', 'lonely');
    const top = await say(5, 'ada', 'secret');
    await editComment(opened.db, { ...by('ada', top), body: 'secret two' });
    const reply = await say(5, 'bob', 'reply', top);
    await deleteComment(opened.db, by('ada', lonely));
    await deleteComment(opened.db, by('ada', top));
    await deleteComment(opened.db, by('ada', top));
    const shown = await list(5);
    assert.deepEqual(
      shown.map(({ state, body }) => [state, body]),
      [
        ['deleted', ''],
        ['shown', 'reply'],
      ],
    );
    assert.deepEqual(await listRevisions(opened.db, top), { items: [], next: undefined });
    assert.deepEqual({ ...(await tally(5)) }, { comments: 1, commenters: 1 });
    await deleteComment(opened.db, by('bob', reply));
    assert.deepEqual(await list(5), [], 'nothing is left that the place is for');
  });

  test('only who wrote a comment may change it', async () => {
    const id = await say(6, 'ada', 'mine');
    await assert.rejects(editComment(opened.db, { ...by('bob', id), body: 'his' }), /Only who wrote/);
    await assert.rejects(deleteComment(opened.db, by('bob', id)), /Only who wrote/);
    await assert.rejects(deleteComment(opened.db, by('bob', idOf(99))), /not here/);
    assert.deepEqual(await bodies(6), ['mine']);
  });

  test('reactions count people, each once an emoji', async () => {
    const id = await say(7, 'ada', 'well said');
    for (const who of ['bob', 'bob', 'eve'] as const)
      await react(opened.db, { ...by(who, id), emoji: 'agree', on: true });
    await react(opened.db, { ...by('bob', id), emoji: 'bravo', on: true });
    const seen = async (viewer?: Name) =>
      (await list(7, 'oldest', viewer))[0]?.reactions
        .map(({ emoji, count, mine }) => `${emoji} ${count}${mine ? ' mine' : ''}`)
        .toSorted();
    assert.deepEqual(await seen('eve'), ['agree 2 mine', 'bravo 1']);
    assert.deepEqual(await seen(), ['agree 2', 'bravo 1']);
    await react(opened.db, { ...by('bob', id), emoji: 'bravo', on: false });
    assert.deepEqual(await seen('bob'), ['agree 2 mine']);
    await assert.rejects(react(opened.db, { ...by('bob', id), emoji: 'poo', on: true }), /no reaction/);
  });

  test('mentions are remembered by who has the name, and follow a change of it', async () => {
    await say(8, 'ada', 'What do @Bob, @nobody and `@eve` say? bob@lab.example');
    assert.deepEqual([...((await list(8))[0]?.mentions ?? [])], [['bob', 'bob']]);
    await opened.db.updateTable('users').set({ name: 'robert' }).where('name', '=', 'bob').execute();
    assert.deepEqual([...((await list(8))[0]?.mentions ?? [])], [['bob', 'robert']]);
    await opened.db.updateTable('users').set({ name: 'bob' }).where('name', '=', 'robert').execute();
  });

  test('sorted by age either way, or by echo; replies stay in their order', async () => {
    const quiet = await say(9, 'ada', 'quiet');
    const loved = await say(9, 'ada', 'loved');
    await say(9, 'bob', 'discussed');
    await say(9, 'bob', 'r1', quiet);
    await say(9, 'bob', 'r2', quiet);
    for (const who of ['bob', 'eve'] as const) await react(opened.db, { ...by(who, loved), emoji: 'thanks', on: true });
    assert.deepEqual(await bodies(9), ['quiet', 'r1', 'r2', 'loved', 'discussed']);
    assert.deepEqual(await bodies(9, 'newest'), ['discussed', 'loved', 'quiet', 'r1', 'r2']);
    assert.deepEqual(await bodies(9, 'best'), ['loved', 'quiet', 'r1', 'r2', 'discussed']);
  });

  test('pages of any size add up to the whole in each order, and each comment is found on its page', async () => {
    const tops: string[] = [];
    for (let number = 0; number < 6; number += 1) {
      const top = await say(10, 'ada', `top ${number}`);
      tops.push(top);
      for (let reply = 0; reply < number; reply += 1) await say(10, 'bob', `re ${number}.${reply}`, top);
    }
    for (const id of tops.slice(2, 5)) await react(opened.db, { ...by('eve', id), emoji: 'agree', on: true });
    for (const sort of ['oldest', 'newest', 'best'] as const) {
      const whole = await bodies(10, sort);
      assert.equal(whole.length, 21);
      for (const limit of [1, 4, 7, 21]) {
        const seen: string[] = [];
        let after: string | undefined;
        do {
          const page = await listComments(opened.db, paper(10), { sort, after, limit });
          seen.push(...page.items.map(({ body }) => body));
          after = page.next;
        } while (after !== undefined);
        assert.deepEqual(seen, whole, `${sort}, ${limit} a page`);
      }
    }
    const [first] = await list(10);
    assert.equal(await findPageOf(opened.db, paper(10), first?.id ?? ''), undefined);
  });

  test('a long thread goes over pages, and a permalink finds the right one', async () => {
    const top = await say(11, 'ada', 'top');
    const ids = [top];
    for (let number = 0; number < 120; number += 1) ids.push(await say(11, 'bob', `reply ${number}`, top));
    for (const at of [0, 49, 50, 99, 100, 120]) {
      const after = await findPageOf(opened.db, paper(11), ids[at] ?? '');
      assert.equal(after, at < 50 ? undefined : ids[Math.floor(at / 50) * 50 - 1], `comment ${at}`);
      const { items } = await listComments(opened.db, paper(11), { sort: 'oldest', after });
      assert.ok(items.some(({ id }) => id === ids[at]));
    }
  });

  test('long comments are fewer to a page, and each is found on its page too', async () => {
    const lengths = [10_000, 10_000, 10_000, 10_000, 1, 9_999, 30, 401, 5_000, 10_000, 10_000, 7, 8_000, 8_000, 8_000];
    const ids: string[] = [];
    for (let number = 0; number < 45; number += 1)
      ids.push(
        await say(16, 'ada', `${String.fromCodePoint(0x1d400 + number)}x`.padEnd(lengths[number % 15] ?? 3, 'y')),
      );
    const seen: string[] = [];
    for (let after: string | undefined, more = true; more; more = after !== undefined) {
      const { items, next } = await listComments(opened.db, paper(16), { sort: 'oldest', after });
      const length = items.reduce((sum, { body }) => sum + [...body].length, 0);
      assert.ok(length <= 30_000 && items.length <= 50, `${length} characters in ${items.length}`);
      seen.push(...items.map(({ id }) => id));
      after = next;
    }
    assert.deepEqual(seen, ids);
    for (const id of ids) {
      const after = await findPageOf(opened.db, paper(16), id);
      const { items } = await listComments(opened.db, paper(16), { sort: 'oldest', after });
      assert.ok(items.some((one) => one.id === id));
    }
  });

  test('what cannot be posted says why', async () => {
    const id = await say(12, 'ada', 'top');
    await assert.rejects(say(12, 'ada', ' \n '), /empty/);
    await assert.rejects(say(12, 'ada', 'x'.repeat(10_001)), /10,001 characters; 10,000 is the most/);
    await assert.rejects(say(13, 'ada', 'on another paper', id), /no longer there/);
    for (const nonsense of ['\0', '1', 'é'.repeat(24)])
      await assert.rejects(say(12, 'ada', 'in answer to nothing', nonsense), /no longer there/);
    await assert.rejects(say(999, 'ada', 'nowhere'), /not here/);
    await deleteComment(opened.db, by('ada', id));
    await assert.rejects(say(12, 'bob', 'too late', id), /no longer there/);
  });

  test('of new accounts have at most two links, however they come in', async () => {
    const born = async (who: Name, at: number) =>
      await opened.db.updateTable('users').set({ created_at: at }).where('id', '=', PEOPLE[who]).execute();
    const three = 'https://a.example http://b.example <https://c.example>';
    const two = '[a](https://a.example), https://b.example; www.c.example and `https://d.example` are none';
    await born('eve', now);
    for (const hidden of [
      three,
      '[a](https&#58;//a.example) [b](https\\://b.example) ![c](//x) ![c](https://c.example/c.png)',
      '[a][1] [b][1] [c][1]\n\n[1]: https://a.example',
    ])
      await assert.rejects(say(20, 'eve', hidden), /can put 2 links into a comment, and this one has 3/);
    const id = await say(20, 'eve', two);
    await assert.rejects(editComment(opened.db, { ...by('eve', id), body: three }), /this one has 3/);
    assert.deepEqual(await bodies(20), [two]);
    await born('eve', now - 25 * 3_600_000);
    await editComment(opened.db, { ...by('eve', id), body: three });
    await say(20, 'eve', `${three} again`);
    assert.deepEqual(await bodies(20), [three, `${three} again`]);
    await born('eve', 0);
  });

  test('a page takes one query', async () => {
    opened.queries.length = 0;
    await list(10, 'best', 'ada');
    assert.equal(opened.queries.length, 1);
  });
});
