/** What people say of papers, and how it is placed. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { onEachDatabase } from '../../test/database.ts';
import { NOW } from '../../test/drafts.ts';
import { openTalk, paper, PEOPLE } from '../../test/talk.ts';
import type { Name, Talk } from '../../test/talk.ts';
import { deleteComment, editComment, react } from './change-comment.ts';
import { setLocked } from './moderation/moderate.ts';
import { listSignals } from './signals.ts';

onEachDatabase('comments', (open) => {
  let talk: Talk;
  before(async () => void (talk = await openTalk(open)));
  after(async () => await talk.close());

  test('are shown with who wrote them, and counted', async () => {
    await talk.say(1, 'ada', 'First.\r\nSecond line.');
    await talk.say(1, 'ada', 'Another.');
    await talk.say(1, 'bob', 'Mine.');
    const [first] = await talk.list(1);
    assert.equal(first?.body, 'First.\nSecond line.');
    assert.deepEqual(first?.author, {
      id: PEOPLE.ada,
      name: 'ada',
      shown: 'ada Lee',
      handle: '@ada',
      hasProfile: true,
    });
    assert.match(first?.id ?? '', /^[0-9a-f]{24}$/);
    assert.deepEqual({ ...(await talk.tally(1)) }, { comments: 3, commenters: 2 });
    const signals = await listSignals(talk.db, { ids: [paper(1)] }, { halfLife: 1_000, establishedAfter: 1_000 });
    assert.deepEqual(
      signals.flatMap(({ others }) => others.map(({ at, voted }) => ({ at, voted }))).toSorted((a, b) => a.at - b.at),
      [
        { at: NOW + 1000, voted: false },
        { at: NOW + 3000, voted: false },
      ],
      'each person once, from the first time',
    );
  });

  test('threads have one level: an answer to a reply stands below the first and says whom it answers', async () => {
    const top = await talk.say(2, 'ada', 'top');
    const reply = await talk.say(2, 'bob', 'reply', top);
    await talk.say(2, 'ada', 'second top');
    await talk.say(2, 'eve', 'deep', reply);
    assert.deepEqual(await talk.bodies(2), ['top', 'reply', 'deep', 'second top']);
    const deep = (await talk.list(2))[2];
    assert.equal(deep?.threadId, top);
    assert.equal(deep?.replyTo?.author.name, 'bob');
    assert.equal((await talk.list(2))[1]?.replyTo, undefined, 'below the first it goes without saying');
  });

  test('the same form sent twice makes one comment; the same words elsewhere, or later, are another', async () => {
    const first = await talk.say(3, 'ada', 'Thanks!');
    assert.equal(await talk.say(3, 'ada', 'Thanks!\n'), first);
    const [a, b] = await Promise.all([talk.say(3, 'bob', 'At once'), talk.say(3, 'bob', 'At once')]);
    assert.equal(a, b);
    await talk.say(3, 'bob', 'Thanks!');
    await talk.say(3, 'ada', 'Thanks!', first);
    talk.clock.advance(3_600_000);
    await talk.say(3, 'ada', 'Thanks!');
    assert.equal((await talk.tally(3))?.comments, 5);
  });

  test('the same words in answer to two replies of one thread are two answers, each once', async () => {
    const top = await talk.say(14, 'ada', 'top');
    const [one, two] = [await talk.say(14, 'bob', 'one', top), await talk.say(14, 'eve', 'two', top)];
    const thanks = [];
    for (const answered of [top, one, two, one, two, top]) thanks.push(await talk.say(14, 'ada', 'Thanks!', answered));
    assert.deepEqual(thanks.slice(3), [thanks[1], thanks[2], thanks[0]]);
    const answers = (await talk.list(14)).filter(({ body }) => body === 'Thanks!');
    assert.deepEqual(
      answers.map(({ replyTo }) => replyTo?.id),
      [undefined, one, two],
    );
  });

  test('in a closed discussion nothing is said, edited or given; what is there can be taken back', async () => {
    const [mine, other] = [await talk.say(15, 'ada', 'mine'), await talk.say(15, 'bob', 'other')];
    await react(talk.db, { ...talk.by('ada', other), emoji: 'agree', on: true });
    await setLocked(talk.db, paper(15), true, { by: { id: 'mo' }, reason: 'heated', now: talk.clock.now() });
    await assert.rejects(talk.say(15, 'bob', 'and one thing more'), /closed .*“heated”/);
    await assert.rejects(editComment(talk.db, { ...talk.by('ada', mine), body: 'mine, and more' }), /have closed/);
    await assert.rejects(react(talk.db, { ...talk.by('ada', other), emoji: 'bravo', on: true }), /have closed/);
    await react(talk.db, { ...talk.by('ada', other), emoji: 'agree', on: false });
    await deleteComment(talk.db, talk.by('bob', other));
    assert.deepEqual(
      (await talk.list(15)).map(({ body, reactions }) => [body, reactions]),
      [['mine', []]],
    );
    await setLocked(talk.db, paper(15), false, { by: { id: 'mo' }, reason: 'calm', now: talk.clock.now() });
    await editComment(talk.db, { ...talk.by('ada', mine), body: 'mine, and more' });
  });

  test('mentions are remembered by who has the name, and follow a change of it', async () => {
    await talk.say(8, 'ada', 'What do @Bob, @nobody and `@eve` say? bob@lab.example');
    assert.deepEqual([...((await talk.list(8))[0]?.mentions ?? [])], [['bob', 'bob']]);
    await talk.db.updateTable('users').set({ name: 'robert' }).where('name', '=', 'bob').execute();
    assert.deepEqual([...((await talk.list(8))[0]?.mentions ?? [])], [['bob', 'robert']]);
    await talk.db.updateTable('users').set({ name: 'bob' }).where('name', '=', 'robert').execute();
  });

  test('what cannot be posted says why', async () => {
    const id = await talk.say(12, 'ada', 'top');
    await assert.rejects(talk.say(12, 'ada', ' \n '), /empty/);
    await assert.rejects(talk.say(12, 'ada', 'x'.repeat(10_001)), /10,001 characters; 10,000 is the most/);
    await assert.rejects(talk.say(13, 'ada', 'on another paper', id), /no longer there/);
    for (const nonsense of ['\0', '1', 'é'.repeat(24)])
      await assert.rejects(talk.say(12, 'ada', 'in answer to nothing', nonsense), /no longer there/);
    await assert.rejects(talk.say(999, 'ada', 'nowhere'), /not here/);
    await deleteComment(talk.db, talk.by('ada', id));
    await assert.rejects(talk.say(12, 'bob', 'too late', id), /no longer there/);
  });

  test('of new accounts have at most two links, however they come in', async () => {
    const born = async (who: Name, at: number) =>
      await talk.db.updateTable('users').set({ created_at: at }).where('id', '=', PEOPLE[who]).execute();
    const three = 'https://a.example http://b.example <https://c.example>';
    const two = '[a](https://a.example), https://b.example; www.c.example and `https://d.example` are none';
    await born('eve', talk.clock.now());
    for (const hidden of [
      three,
      '[a](https&#58;//a.example) [b](https\\://b.example) ![c](//x) ![c](https://c.example/c.png)',
      '[a][1] [b][1] [c][1]\n\n[1]: https://a.example',
    ])
      await assert.rejects(talk.say(20, 'eve', hidden), /can put 2 links into a comment, and this one has 3/);
    const id = await talk.say(20, 'eve', two);
    await assert.rejects(editComment(talk.db, { ...talk.by('eve', id), body: three }), /this one has 3/);
    assert.deepEqual(await talk.bodies(20), [two]);
    await born('eve', talk.clock.now() - 25 * 3_600_000);
    await editComment(talk.db, { ...talk.by('eve', id), body: three });
    await talk.say(20, 'eve', `${three} again`);
    assert.deepEqual(await talk.bodies(20), [three, `${three} again`]);
    await born('eve', 0);
  });
});
