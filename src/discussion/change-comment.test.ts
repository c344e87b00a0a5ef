/** What becomes of comments: edits, deletions, reactions. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { onEachDatabase } from '../../test/database.ts';
import { idOf, openTalk } from '../../test/talk.ts';
import type { Name, Talk } from '../../test/talk.ts';
import { deleteComment, editComment, react } from './change-comment.ts';
import { listRevisions } from './revisions.ts';
import { markOf } from './text-mark.ts';

onEachDatabase('comments that change', (open) => {
  let talk: Talk;
  before(async () => void (talk = await openTalk(open)));
  after(async () => await talk.close());

  test('editing keeps what was said; the same text is no edit', async () => {
    const id = await talk.say(4, 'ada', 'one');
    await editComment(talk.db, { ...talk.by('ada', id), body: 'one' });
    assert.equal((await talk.list(4))[0]?.editedAt, null);
    await editComment(talk.db, { ...talk.by('ada', id), body: 'two' });
    await editComment(talk.db, { ...talk.by('ada', id), body: 'three' });
    const [comment] = await talk.list(4);
    assert.equal(comment?.body, 'three');
    assert.equal(comment?.editedAt, talk.clock.now());
    const { items, next } = await listRevisions(talk.db, id);
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

  test('an edit of a text that is no longer there is refused, and told what is', async () => {
    const id = await talk.say(4, 'ada', 'one');
    const edit = async (body: string, was: string) =>
      await editComment(talk.db, { ...talk.by('ada', id), body, was: markOf(was) });
    await edit('two', 'one');
    await assert.rejects(edit('three', 'one'), { kind: 'conflict', body: 'two' });
    await edit('two', 'one'); // the same form sent twice
    assert.equal((await listRevisions(talk.db, id)).items.length, 1);
    await edit('three', 'two');
    assert.ok((await talk.bodies(4)).includes('three'));
  });

  test('fifty edits are kept, page by page; there are no more, and the comment stays as it is', async () => {
    const id = await talk.say(17, 'ada', '0');
    for (let edit = 1; edit <= 50; edit += 1)
      await editComment(talk.db, { ...talk.by('ada', id), body: String(edit).padEnd(edit > 40 ? 9_000 : 1, 'x') });
    await assert.rejects(editComment(talk.db, { ...talk.by('ada', id), body: 'more' }), /edited 50 times.*the most/);
    assert.match((await talk.bodies(17))[0] ?? '', /^50/);
    const pages: number[][] = [];
    for (let before: number | undefined, more = true; more; more = before !== undefined) {
      const { items, next } = await listRevisions(talk.db, id, before);
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
    const lonely = await talk.say(5, 'ada', 'lonely');
    const top = await talk.say(5, 'ada', 'secret');
    await editComment(talk.db, { ...talk.by('ada', top), body: 'secret two' });
    const reply = await talk.say(5, 'bob', 'reply', top);
    await deleteComment(talk.db, talk.by('ada', lonely));
    await deleteComment(talk.db, talk.by('ada', top));
    await deleteComment(talk.db, talk.by('ada', top));
    const shown = await talk.list(5);
    assert.deepEqual(
      shown.map(({ state, body }) => [state, body]),
      [
        ['deleted', ''],
        ['shown', 'reply'],
      ],
    );
    assert.deepEqual(await listRevisions(talk.db, top), { items: [], next: undefined });
    assert.deepEqual({ ...(await talk.tally(5)) }, { comments: 1, commenters: 1 });
    await deleteComment(talk.db, talk.by('bob', reply));
    assert.deepEqual(await talk.list(5), [], 'nothing is left that the place is for');
  });

  test('only who wrote a comment may change it', async () => {
    const id = await talk.say(6, 'ada', 'mine');
    await assert.rejects(editComment(talk.db, { ...talk.by('bob', id), body: 'his' }), /Only who wrote/);
    await assert.rejects(deleteComment(talk.db, talk.by('bob', id)), /Only who wrote/);
    await assert.rejects(deleteComment(talk.db, talk.by('bob', idOf(99))), /not here/);
    assert.deepEqual(await talk.bodies(6), ['mine']);
  });

  test('reactions count people, each once an emoji', async () => {
    const id = await talk.say(7, 'ada', 'well said');
    for (const who of ['bob', 'bob', 'eve'] as const)
      await react(talk.db, { ...talk.by(who, id), emoji: 'agree', on: true });
    await react(talk.db, { ...talk.by('bob', id), emoji: 'bravo', on: true });
    const seen = async (viewer?: Name) =>
      (await talk.list(7, 'oldest', viewer))[0]?.reactions
        .map(({ emoji, count, mine }) => `${emoji} ${count}${mine ? ' mine' : ''}`)
        .toSorted();
    assert.deepEqual(await seen('eve'), ['agree 2 mine', 'bravo 1']);
    assert.deepEqual(await seen(), ['agree 2', 'bravo 1']);
    await react(talk.db, { ...talk.by('bob', id), emoji: 'bravo', on: false });
    assert.deepEqual(await seen('bob'), ['agree 2 mine']);
    await assert.rejects(react(talk.db, { ...talk.by('bob', id), emoji: 'poo', on: true }), /no reaction/);
  });
});
