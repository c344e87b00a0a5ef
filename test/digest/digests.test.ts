/** What subscribers get, and what they do not get: against a real mail server, on both databases. */

import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { addUser } from '#accounts/add-user.ts';
import { endList } from '#subscriptions/change.ts';
import { suppress } from '#subscriptions/suppress.ts';
import { upvote } from '#discussion/upvote.ts';
import { rankDue } from '#ranking/rank-due.ts';
import { runDigests } from '#digest/run.ts';
import { writeDue } from '#digest/write-mails.ts';
import { sendDue } from '#digest/send-mails.ts';
import { openSite } from '../site.ts';
import { onEachDatabase } from '../database.ts';
import { openPost, paperOf } from '../post.ts';
import type { Post } from '../post.ts';
import { messageIdIn, parse } from '../smtp-sink.ts';

const ANN = 'ann@example.org';
const TUESDAY = '2026-01-06';
const WEDNESDAY = '2026-01-07';

/** By people whose accounts are old, so that they count. */
async function vote({ site: { db, clock } }: Post, paper: string, people: number): Promise<void> {
  const now = clock.now();
  for (let number = 0; number < people; number += 1) {
    const { id } = await addUser(db, { email: `voter-${number}-of-${paper}@example.org` }, 0);
    await upvote(db, { paperId: paper, userId: id, voted: true, now });
  }
  await rankDue({ db, now });
}

onEachDatabase('a digest', (_open, dialect) => {
  test('comes once, with the day’s papers in trending order, and says how it is ended', async () => {
    await using post = await openPost({ dialect, settings: { BOUNCE_ADDRESS: 'bounces@papers.example' } });
    const { subscriptionId } = await post.subscribe({ email: ANN });
    await post.print(
      paperOf(TUESDAY, 1),
      paperOf(TUESDAY, 2, { title: 'RegMean++: Enhancing $\\alpha_1$ merging' }),
      paperOf(TUESDAY, 3),
    );
    await vote(post, '2601.00002', 3);
    assert.equal((await post.runAt('2026-01-06T06:59:00Z')).sent, 0);
    assert.deepEqual(await post.runAt('2026-01-06T07:00:00Z'), {
      written: 1,
      sent: 1,
      failed: 0,
      skipped: 0,
      postponed: 0,
      unsure: 0,
      suppressed: 0,
    });
    assert.equal((await post.runAt('2026-01-06T07:00:01Z')).sent, 0);
    const [one, ...more] = post.sink.to(ANN);
    assert.ok(one);
    assert.equal(more.length, 0);
    const mail = await parse(one);
    assert.equal(mail.subject, 'RegMean++ and 2 more — Tuesday, Jan 6');
    assert.deepEqual(await post.titlesTo(ANN), [
      ['RegMean++: Enhancing α₁ merging', 'Paper number 3', 'Paper number 1'],
    ]);
    assert.match(mail.text ?? '', /RegMean\+\+: Enhancing α₁ merging/);
    assert.match(mail.text ?? '', /3 votes · Trending with readers\n/);
    assert.equal(mail.date?.toISOString(), '2026-01-06T07:00:00.000Z');
    const { id } = await post.site.db.selectFrom('digest_mails').select('id').executeTakeFirstOrThrow();
    assert.equal(mail.messageId, `<${id}@papers.example>`);
    assert.equal(one.from, `bounces+${id}@papers.example`);
    const unsubscribe =
      /<https:\/\/papers\.example\/u\/([\w.-]+)>, <mailto:bounces@papers\.example\?subject=unsubscribe%20([\w.-]+)>/.exec(
        one.raw.replaceAll(/\r\n\s+/g, ' '),
      );
    assert.ok(unsubscribe !== null, one.raw.slice(0, 2000));
    assert.ok(unsubscribe[1]?.includes(subscriptionId));
    assert.equal(unsubscribe[1], unsubscribe[2]);
    assert.match(one.raw, /^List-Unsubscribe-Post: List-Unsubscribe=One-Click\r$/m);
    assert.match(one.raw, /^List-Id: <digest\.papers\.example>\r$/im);
    assert.match(one.raw, /^Auto-Submitted: auto-generated\r$/m);
  });

  test('never has the same paper twice, unless that is asked for; what trends later still comes', async () => {
    await using post = await openPost({ dialect });
    await post.subscribe({ email: ANN, most: 1 });
    await post.subscribe({ email: 'all@example.org', repeats: true });
    await post.print(paperOf(TUESDAY, 1), paperOf(TUESDAY, 2));
    await post.runAt('2026-01-06T07:00:00Z');
    await post.print(paperOf(WEDNESDAY, 3), paperOf(WEDNESDAY, 4));
    // Of yesterday's two the one that was not sent has more votes than anything of today.
    await vote(post, '2601.00001', 5);
    await vote(post, '2601.00002', 5);
    await post.runAt('2026-01-07T07:00:00Z');
    assert.deepEqual(await post.titlesTo(ANN), [['Paper number 2'], ['Paper number 1']]);
    const [, second = []] = await post.titlesTo('all@example.org');
    assert.deepEqual(
      second.toSorted(),
      [1, 2, 3, 4].map((number) => `Paper number ${number}`),
    );
  });

  test('a person with two lists does not get a paper in both', async () => {
    await using post = await openPost({ dialect });
    const { subscriberId } = await post.subscribe({ email: ANN, topics: [{ kind: 'category', id: 'cs.LG' }] });
    await post.subscribe({ email: ANN, subscriberId, topics: [{ kind: 'everything' }] });
    await post.print(paperOf(TUESDAY, 1), paperOf(TUESDAY, 2, { categories: ['cs.CV'] }));
    await post.runAt('2026-01-06T07:00:00Z');
    const titles = (await post.titlesTo(ANN)).flat();
    assert.deepEqual(titles.toSorted(), ['Paper number 1', 'Paper number 2']);
  });

  test('nothing new is no mail, unless that is asked for; no edition is no mail in any case', async () => {
    await using post = await openPost({ dialect });
    const topics = [{ kind: 'category' as const, id: 'cs.RO' }];
    await post.subscribe({ email: ANN, topics });
    await post.subscribe({ email: 'sure@example.org', topics, evenIfEmpty: true });
    await post.print(paperOf('2026-01-09', 1));
    await post.runAt('2026-01-09T07:00:00Z');
    for (const weekend of ['2026-01-10T07:00:00Z', '2026-01-11T07:00:00Z']) await post.runAt(weekend);
    assert.equal(post.sink.to(ANN).length, 0);
    const mails = await Promise.all(post.sink.to('sure@example.org').map(parse));
    assert.deepEqual(
      mails.map(({ subject }) => subject),
      ['Nothing new — Friday, Jan 9'],
    );
    const states = await post.site.db.selectFrom('digest_mails').select('state').orderBy('state').execute();
    assert.deepEqual(
      states.map(({ state }) => state),
      ['sent', 'skipped'],
    );
  });

  test('each topic brings its own, and says why', async () => {
    await using post = await openPost({ dialect });
    await post.subscribe({
      email: ANN,
      topics: [
        { kind: 'category', id: 'cs.CV' },
        { kind: 'author', slug: 'given-family2', name: 'Given Family2' },
        { kind: 'organization', slug: 'deepmind', name: 'DeepMind' },
        { kind: 'search', q: '"mixture of experts"' },
      ],
    });
    await post.print(
      paperOf(TUESDAY, 1, { categories: ['cs.CV'] }),
      paperOf(TUESDAY, 2),
      paperOf(TUESDAY, 3, { organization: { slug: 'deepmind', name: 'DeepMind' } }),
      paperOf(TUESDAY, 4, { title: 'A mixture of experts' }),
      paperOf(TUESDAY, 5),
    );
    await post.runAt('2026-01-06T07:00:00Z');
    const { text = '' } = await parse(post.sink.to(ANN)[0] ?? { raw: '' });
    for (const why of [
      'New in Computer Vision and Pattern Recognition (cs.CV)',
      'By Given Family2, whom you follow',
      'From DeepMind, which you follow',
      'Matches your search “"mixture of experts"”',
    ])
      assert.ok(text.includes(why), `${why} is missing in\n${text}`);
    assert.doesNotMatch(text, /Paper number 5/);
  });

  test('an alert tells of what newly matches, and of what came in late', async () => {
    await using post = await openPost({ dialect });
    await post.print(paperOf('2026-01-05', 1, { title: 'An old mixture of experts' }));
    await post.subscribe({ email: ANN, kind: 'alert', topics: [{ kind: 'search', q: 'mixture of experts' }] });
    await post.print(paperOf(TUESDAY, 2, { title: 'A new mixture of experts' }), paperOf(TUESDAY, 3));
    await post.runAt('2026-01-06T07:00:00Z');
    // Announced the day before, but found by us only after the mail.
    post.site.clock.advance(3_600_000);
    await post.print(paperOf(TUESDAY, 4, { title: 'A late mixture of experts' }));
    await post.print(paperOf(WEDNESDAY, 5));
    await post.runAt('2026-01-07T07:00:00Z');
    assert.deepEqual(await post.titlesTo(ANN), [['A new mixture of experts'], ['A late mixture of experts']]);
    const mail = await parse(post.sink.to(ANN)[0] ?? { raw: '' });
    assert.equal(mail.subject, '“mixture of experts”: A new mixture of experts — Tuesday, Jan 6');
  });

  test('a weekly one has the week, most upvotes first', async () => {
    await using post = await openPost({ dialect });
    await post.subscribe({ email: ANN, frequency: 'weekly', weekday: 1 });
    await post.print(paperOf(TUESDAY, 1));
    await post.print(paperOf('2026-01-09', 2), paperOf('2026-01-12', 3));
    await vote(post, '2601.00001', 1);
    await post.runAt('2026-01-12T07:00:00Z');
    assert.deepEqual(await post.titlesTo(ANN), [['Paper number 1', 'Paper number 2']]);
    const mail = await parse(post.sink.to(ANN)[0] ?? { raw: '' });
    assert.equal(mail.subject, 'Paper number 1 and 1 more — week of Jan 5');
    await post.print(paperOf('2026-01-13', 4));
    await post.runAt('2026-01-19T07:00:00Z');
    assert.deepEqual((await post.titlesTo(ANN))[1], ['Paper number 4', 'Paper number 3']);
  });

  test('who ends, pauses or is suppressed while their mail waits gets none', async () => {
    await using post = await openPost({ dialect });
    const ended = await post.subscribe({ email: 'ended@example.org' });
    await post.subscribe({ email: 'gone@example.org' });
    await post.subscribe({ email: ANN });
    await post.print(paperOf(TUESDAY, 1));
    post.site.clock.advance(Date.parse('2026-01-06T07:00:00Z') - post.site.clock.now());
    const press = { ...post.site.app, url: 'https://papers.example' };
    assert.equal(await writeDue(press), 3);
    await endList(post.site.db, ended.subscriptionId, post.site.clock.now());
    await suppress(post.site.db, { email: 'gone@example.org', reason: 'operator', detail: '' }, post.site.clock.now());
    const counts = await sendDue(press);
    assert.deepEqual([counts.sent, counts.skipped], [1, 2]);
    assert.deepEqual(
      post.sink.taken.map(({ to }) => to),
      [ANN],
    );
  });

  test('several processes share the work, and nobody gets two', async () => {
    await using post = await openPost({ dialect });
    const emails = Array.from({ length: 250 }, (_, number) => `reader-${number}@example.org`);
    for (const email of emails) await post.subscribe({ email });
    await post.print(paperOf(TUESDAY, 1));
    post.site.clock.advance(Date.parse('2026-01-06T07:00:00Z') - post.site.clock.now());
    const press = { ...post.site.app, url: 'https://papers.example' };
    const counts = await Promise.all([runDigests(press), runDigests(press), runDigests(press)]);
    assert.equal(
      counts.reduce((sum, { sent }) => sum + sent, 0),
      250,
    );
    assert.deepEqual(post.sink.taken.map(({ to }) => to).toSorted(), emails.toSorted());
    assert.equal(new Set(post.sink.taken.map(messageIdIn)).size, 250);
  });
});

test('without a mail server mails are files, and the log says where', async () => {
  await using site = await openSite({ starter: true, settings: { SMTP_URL: '' } });
  const told: unknown[] = [];
  await rankDue({ db: site.db, now: site.clock.now() });
  const { addSubscriber } = await import('../subscribers.ts');
  await addSubscriber(site.db, { email: ANN, now: site.clock.now() });
  site.clock.advance(86_400_000);
  const log = Object.assign(Object.create(site.app.log) as typeof site.app.log, {
    info: (...words: unknown[]) => void told.push(words.at(-1)),
  });
  await runDigests({ ...site.app, log, url: 'https://papers.example' });
  const folder = join(site.app.config.DATA_DIR, 'mail');
  assert.equal((await readdir(folder)).filter((name) => name.endsWith('.eml')).length, 1);
  assert.deepEqual(told, [`no SMTP_URL is set; 1 digests and alerts were written to ${folder}`]);
});
