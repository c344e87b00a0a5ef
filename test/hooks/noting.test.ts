/** What hooks are told of, and that they are told once. */

import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { deleteAccount } from '#accounts/delete-account.ts';
import { updateUser } from '#accounts/store.ts';
import { forgetDeliveries } from '#hooks/delivery-store.ts';
import { forgetTold } from '#hooks/forget-told.ts';
import { listHooks } from '#hooks/hook-store.ts';
import { changeHook, pauseHook, resumeHook } from '#hooks/manage.ts';
import { hidePaper } from '#papers/hide.ts';
import { dialects } from '../database.ts';
import { DAY, openHookSite, toldTo } from './hook-site.ts';
import type { HookSite } from './hook-site.ts';

for (const dialect of dialects)
  describe(`news for webhooks (${dialect})`, () => {
    let it: HookSite;
    beforeEach(async () => void (it = await openHookSite(dialect)));
    afterEach(async () => await it[Symbol.asyncDispose]());

    test('a paper that votes lift among the first of the trending list, once', async () => {
      await it.print({ number: 1 }, { number: 2 }, { number: 3 });
      const hook = await it.add({ events: ['paper.trending'], top: 2 });
      await it.run();
      assert.deepEqual(it.receiver.got, [], 'papers that stand by their dates alone are not trending');
      await it.vote('2601.00002', 2);
      await it.run();
      await it.run();
      const [told, ...more] = toldTo(it.receiver);
      assert.deepEqual(more, []);
      assert.deepEqual(
        [told?.type, told?.data.title, told?.data.url, told?.data.papers[0]?.id],
        ['paper.trending', 'Trending: Paper number 2', 'https://papers.example/papers/trending', '2601.00002'],
      );
      assert.match(told?.data.papers[0]?.why.join(' ') ?? '', /2 people voted for it/);
      // One more vote for it, a second paper, and a third that does not come among the first two.
      await it.vote('2601.00002', 3);
      await it.vote('2601.00001', 2);
      await it.vote('2601.00003', 1);
      await it.run();
      assert.deepEqual(
        toldTo(it.receiver).map(({ data }) => data.papers.map(({ id }) => id)),
        [['2601.00002'], ['2601.00001']],
      );
      assert.equal((await it.log(hook)).length, 2);
    });

    test('several at once are one message', async () => {
      await it.print({ number: 1 }, { number: 2 });
      await it.add({ events: ['paper.trending'] });
      await it.vote('2601.00001', 1);
      await it.vote('2601.00002', 2);
      await it.run();
      const [told, ...more] = toldTo(it.receiver);
      assert.deepEqual(more, []);
      assert.equal(told?.data.title, '2 papers trending');
      assert.deepEqual(
        told?.data.papers.map(({ id }) => id),
        ['2601.00002', '2601.00001'],
        'in the order of the list',
      );
    });

    test('what was trending before is no news to a new hook, nor what was so while it was off', async () => {
      await it.print({ number: 1 }, { number: 2 }, { number: 3 });
      await it.vote('2601.00001', 2);
      const hook = await it.add({ events: ['paper.trending'] });
      await it.run();
      await pauseHook(it.context, hook);
      await it.vote('2601.00002', 2);
      await it.run();
      await resumeHook(it.context, await it.hook(hook.id));
      await it.run();
      assert.deepEqual(it.receiver.got, []);
      await it.vote('2601.00003', 2);
      await it.run();
      assert.deepEqual(
        toldTo(it.receiver).map(({ data }) => data.papers[0]?.id),
        ['2601.00003'],
      );
    });

    test('new papers with all the words of a search, once; not those that were there, nor an archive', async () => {
      await it.print({ number: 1, title: 'Old transformers' });
      it.site.clock.advance(1000);
      const hook = await it.add({ events: ['search.match'], search: 'transformers attention' });
      await it.run();
      await it.print(
        { number: 2, title: 'Transformers without attention' },
        { number: 3, title: 'Transformers and more attention' },
        { number: 4, title: 'Something else' },
        { number: 5, title: 'Transformers alone' },
      );
      await it.run();
      await it.run();
      const [told, ...more] = toldTo(it.receiver);
      assert.deepEqual(more, []);
      assert.deepEqual(
        [told?.type, told?.data.title, told?.data.total],
        ['search.match', '2 new papers match “transformers attention”', 2],
      );
      assert.equal(told?.data.url, 'https://papers.example/search?q=transformers%20attention');
      assert.deepEqual(told?.data.papers.map(({ id }) => id).toSorted(), ['2601.00002', '2601.00003']);
      // A new version of one of them is no new paper.
      await it.print({ number: 2, title: 'Transformers with attention after all' });
      await it.run();
      assert.equal(it.receiver.got.length, 1);
      assert.equal((await it.log(hook)).length, 1);
    });

    test('a paper that waits for the index is told of when the index has it', async () => {
      await it.add({ events: ['search.match'], search: 'transformers' });
      await it.run();
      await it.print({ number: 7, title: 'On transformers' });
      await it.run();
      assert.equal(it.receiver.got.length, 1);
    });

    test('a search that is changed begins anew', async () => {
      const hook = await it.add({ events: ['search.match'], search: 'transformers' });
      it.site.clock.advance(1000);
      await it.print({ number: 1, title: 'Diffusion' });
      await it.run();
      it.site.clock.advance(1000);
      await changeHook(it.context, hook, { ...hook, search: 'diffusion' });
      await it.run();
      assert.equal(it.receiver.got.length, 0, 'it was there before');
      await it.print({ number: 2, title: 'More diffusion' });
      await it.run();
      assert.deepEqual(
        toldTo(it.receiver).map(({ data }) => data.title),
        ['1 new paper matches “diffusion”'],
      );
    });

    test('a hidden paper is not told of', async () => {
      await it.print({ number: 1 });
      await it.add({ events: ['paper.trending', 'search.match'], search: 'transformers' });
      await it.print({ number: 2, title: 'Hidden transformers' });
      await it.vote('2601.00002', 3);
      await it.site.db
        .transaction()
        .execute(async (trx) => void (await hidePaper(trx, '2601.00002', it.site.clock.now())));
      await it.run();
      assert.deepEqual(it.receiver.got, []);
    });

    test('the edition of a day when it has ended, and only the newest one', async () => {
      // It is January 8, noon.
      await it.print(
        { number: 1, announcedOn: '2026-01-07' },
        { number: 2, announcedOn: '2026-01-08' },
        { number: 3, announcedOn: '2026-01-08' },
      );
      await it.add({ events: ['edition.daily'], top: 1 });
      await it.vote('2601.00002', 1);
      await it.run();
      assert.deepEqual(it.receiver.got, [], 'the edition of the day before the hook was made is no news');
      it.site.clock.advance(DAY / 2 + 1000);
      await it.run();
      await it.run();
      const [told, ...more] = toldTo(it.receiver);
      assert.deepEqual(more, []);
      assert.deepEqual(
        [told?.type, told?.data.title, told?.data.url, told?.data.total, told?.data.papers.map(({ id }) => id)],
        [
          'edition.daily',
          '2 papers of January 8, 2026',
          'https://papers.example/papers/date/2026-01-08',
          2,
          ['2601.00002'],
        ],
      );
      // A server that was down for days: the newest one, not all of them. A day without papers is no edition.
      await it.print(
        { number: 4, announcedOn: '2026-01-09' },
        { number: 5, announcedOn: '2026-01-10' },
        { number: 6, announcedOn: '2026-01-11' },
      );
      it.site.clock.advance(5 * DAY);
      await it.run();
      await it.run();
      assert.deepEqual(
        toldTo(it.receiver).map(({ data }) => data.title),
        ['2 papers of January 8, 2026', '1 paper of January 11, 2026'],
      );
    });

    test('two that look at once tell of it once', async () => {
      await it.print({ number: 1 });
      await it.add({ events: ['paper.trending'] });
      await it.vote('2601.00001', 2);
      await Promise.all([it.note(), it.note(), it.note()]);
      await it.deliver();
      assert.equal(it.receiver.got.length, 1);
    });

    test('who is banned is told nothing, and hooks go with their account', async () => {
      await it.print({ number: 1 });
      const ann = await it.site.signIn('ann@example.org');
      const bob = await it.site.signIn('bob@example.org');
      await it.site.signIn('eve@example.org', { role: 'admin' });
      await it.add({ events: ['paper.trending'], url: `${it.receiver.url}/ann` }, ann.user.id);
      await it.add({ events: ['paper.trending'], url: `${it.receiver.url}/bob` }, bob.user.id);
      await updateUser(it.site.db, ann.user.id, { banned_at: it.site.clock.now() }, it.site.clock.now());
      const leaving = { ...it.site.app, url: 'https://papers.example' };
      await deleteAccount(leaving, bob.user.id, it.site.clock.now(), async () => undefined);
      await it.vote('2601.00001', 2);
      await it.run();
      assert.deepEqual(it.receiver.got, []);
      assert.deepEqual(
        (await listHooks(it.site.db)).map(({ ownerId }) => ownerId),
        [ann.user.id],
      );
    });

    test('what was told long ago is forgotten, and nothing of it is told again while it is the same news', async () => {
      await it.print({ number: 1, title: 'Mixture of experts' }, { number: 2 });
      await it.add({ events: ['paper.trending', 'search.match', 'edition.daily'], search: 'mixture' });
      await it.vote('2601.00002', 2);
      const day = async (number: number, announcedOn: string) =>
        await it.print({ number, announcedOn, title: `Mixture of ${number}` });
      await day(3, '2026-01-09');
      it.site.clock.advance(2 * DAY);
      await it.run();
      await day(4, '2026-01-12');
      it.site.clock.advance(3 * DAY);
      await it.run();
      const told = async () =>
        (
          await it.site.db
            .selectFrom('hook_told')
            .select(['kind', 'subject'])
            .orderBy('kind')
            .orderBy('subject')
            .execute()
        )
          .map(({ kind, subject }) => `${kind} ${subject}`)
          .filter((one) => !one.includes('00001'));
      const all = [
        'edition.daily 2026-01-09',
        'edition.daily 2026-01-12',
        'paper.trending 2601.00002',
        'search.match 2601.00003',
        'search.match 2601.00004',
      ];
      assert.deepEqual(await told(), all);
      const before = it.receiver.got.length;
      it.site.clock.advance(56 * DAY);
      await forgetTold(it.context);
      assert.deepEqual(await told(), all, 'sixty days');
      it.site.clock.advance(10 * DAY);
      await forgetTold(it.context);
      assert.deepEqual(await told(), ['edition.daily 2026-01-12', 'paper.trending 2601.00002']);
      await it.print({ number: 5, publishedOn: '2020-01-01', announcedOn: '2020-01-02' });
      await it.run();
      assert.equal(it.receiver.got.length, before);
    });

    test('the log keeps the newest, and forgetting it makes nothing news again', async () => {
      await it.print({ number: 1 }, { number: 2 }, { number: 3 });
      const hook = await it.add({ events: ['paper.trending'] });
      for (const id of ['2601.00001', '2601.00002', '2601.00003']) {
        await it.vote(id, 1);
        await it.run();
        it.site.clock.advance(1000);
      }
      assert.equal((await it.log(hook)).length, 3);
      await forgetDeliveries(it.site.db, { keep: 2, before: 0 });
      assert.equal((await it.log(hook)).length, 2);
      await forgetDeliveries(it.site.db, { keep: 2, before: it.site.clock.now() });
      assert.equal((await it.log(hook)).length, 0);
      await it.run();
      assert.equal(it.receiver.got.length, 3);
    });
  });
