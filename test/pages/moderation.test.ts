import assert from 'node:assert/strict';
import { it } from 'node:test';
import { setHidden } from '#discussion/moderation/moderate.ts';
import { rankDue } from '#ranking/rank-due.ts';
import { indexPapers } from '#search/index-papers.ts';
import { onEachDatabase } from '../database.ts';
import { makeDraft, save } from '../drafts.ts';
import { openSite } from '../site.ts';
import type { TestSite } from '../site.ts';

onEachDatabase('moderation', (_open, dialect) => {
  async function open() {
    const site = await openSite({ dialect });
    const people = {
      ann: await site.signIn('ann@example.org', { createdAt: 0 }),
      eve: await site.signIn('eve@example.org', { createdAt: 0 }),
      mo: await site.signIn('mo@example.org', { role: 'moderator' }),
      root: await site.signIn('root@example.org', { role: 'admin' }),
    };
    await save(
      site.db,
      makeDraft(1, { title: 'Zebrafish networks', announcedOn: '2026-01-08', codeUrl: 'https://github.com/a/b' }),
    );
    await indexPapers(site.app);
    return { site, ...people, [Symbol.asyncDispose]: async () => await site[Symbol.asyncDispose]() };
  }
  const paper = '/papers/2601.00001';

  async function comment(eve: Awaited<ReturnType<TestSite['signIn']>>, body: string): Promise<string> {
    const answer = await eve.post(`${paper}/comments`, { body });
    return (answer.headers.get('location') ?? '').split('/').at(-1) ?? assert.fail(answer.text);
  }

  it('goes from a report over the queue to a decision, which the log keeps', async () => {
    await using all = await open();
    const { site, ann, eve, mo } = all;
    const id = await comment(eve, 'Buy cheap stars now');
    assert.match((await ann.get(paper)).html, new RegExp(`href="/report\\?kind=comment&amp;id=${id}"`));
    assert.match((await ann.get(`/report?kind=comment&id=${id}`)).text, /Report a comment .*Buy cheap stars now/);
    const empty = await ann.post('/report', { kind: 'comment', id, reason: ' ' });
    assert.deepEqual([empty.status, /The reason is missing/.test(empty.text)], [422, true]);
    const sent = await ann.post('/report', { kind: 'comment', id, reason: 'An <advertisement>' });
    // A reload of the page of thanks must not send the report again.
    assert.deepEqual([sent.status, sent.headers.get('location')], [303, '/report/sent?paper=2601.00001']);
    const thanks = await ann.get('/report/sent?paper=2601.00001');
    assert.match(thanks.text, /Thank you The moderators will look at it/);
    assert.match(thanks.html, /href="\/papers\/2601\.00001"/);
    assert.doesNotMatch((await ann.get('/report/sent?paper=//evil.example')).html, /evil/);
    await ann.post('/report', { kind: 'comment', id, reason: 'An <advertisement>, again' });
    assert.match((await mo.get('/moderation')).text, /A comment on 2601\.00001 : “An <advertisement>, again” @ann/);
    assert.match((await site.get(paper)).text, /1 comment .*Buy cheap stars/);
    const act = { kind: 'comment', id };
    site.queries.length = 0;
    const deciding = (await mo.get(`/moderation/act?kind=comment&id=${id}`)).text;
    assert.match(deciding, /By @eve, on .*Buy cheap stars now .*“An <advertisement>, again” @ann, Jan 8, 2026/);
    assert.ok(site.queries.length <= 5, site.queries.join('\n'));
    assert.equal((await mo.post('/moderation/act', { ...act, do: 'hide', reason: '' })).status, 422);
    assert.equal((await mo.post('/moderation/act', { ...act, do: 'hide', reason: 'Advertisement' })).status, 303);
    const after = await site.get(paper);
    assert.doesNotMatch(after.text, /Buy cheap stars|1 comment /);
    assert.match(after.text, /Hidden by a moderator/);
    assert.match((await mo.get(paper)).text, /Hidden by a moderator\. Look at it/);
    assert.match(
      (await mo.get(`/moderation/act?kind=comment&id=${id}`)).text,
      /It is hidden\..*Buy cheap stars.*again” @ann, Jan 8, 2026, decided on/,
    );
    assert.match((await mo.get('/moderation')).text, /Nothing waits/);
    await mo.post('/moderation/act', { ...act, do: 'unhide', reason: 'A joke after all' });
    assert.match((await site.get(paper)).text, /1 comment .*Buy cheap stars/);
    const log = (await mo.get('/moderation/log')).text;
    assert.match(
      log,
      /@mo brought back a comment on 2601\.00001 by @eve: “A joke after all”.*@mo hid a comment on 2601\.00001 by @eve: “Advertisement”/,
    );
  });

  it('names nobody whose account is deleted', async () => {
    await using all = await open();
    const { ann, eve, mo } = all;
    const id = await comment(eve, 'Buy cheap stars now');
    const act = { kind: 'comment', id, reason: 'An advertisement' };
    await ann.post('/report', act);
    await mo.post('/moderation/people', { id: eve.user.id, do: 'ban', reason: 'Advertising' });
    for (const person of [ann, eve]) await person.post('/settings/delete', { name: person.user.name });
    assert.match((await mo.get('/moderation')).text, /“An advertisement” a deleted account, Jan 8, 2026/);
    assert.match(
      (await mo.get(`/moderation/act?kind=comment&id=${id}`)).text,
      /By a deleted account, on .*“An advertisement” a deleted account/,
    );
    await mo.post('/moderation/act', { ...act, do: 'hide' });
    const log = await mo.get('/moderation/log');
    assert.match(log.text, /@mo hid a comment on 2601\.00001 by a deleted account: “An advertisement”/);
    assert.match(log.text, /@mo banned a deleted account: “Advertising”/);
    assert.doesNotMatch(log.text, /deleted-/);
  });

  it('is closed to readers, in every form', async () => {
    await using all = await open();
    const { site, ann, mo, root } = all;
    for (const path of [
      '/moderation',
      '/moderation/log',
      '/moderation/people',
      '/moderation/act?kind=paper&id=2601.00001',
    ]) {
      assert.equal((await ann.get(path)).status, 403, path);
      assert.equal((await site.get(path)).status, 303, path);
    }
    const hide = { kind: 'paper', id: '2601.00001', do: 'hide', reason: 'x' };
    assert.equal((await ann.post('/moderation/act', hide)).status, 403);
    assert.equal((await site.get(paper)).status, 200);
    const promote = { id: ann.user.id, do: 'make admin', reason: 'x' };
    assert.equal((await ann.post('/moderation/people', promote)).status, 403);
    assert.equal((await mo.post('/moderation/people', promote)).status, 403, 'only admins change roles');
    assert.equal((await mo.post('/moderation/people', { id: root.user.id, do: 'ban', reason: 'x' })).status, 403);
    assert.doesNotMatch((await mo.get('/moderation/people?name=ann')).html, /make admin/);
  });

  it('makes a hidden paper vanish from lists, counts, search and sitemap, and brings it back as it was', async () => {
    await using all = await open();
    const { site, eve, mo } = all;
    const places = [
      '/',
      '/papers/date/2026-01-08',
      '/categories/cs.LG',
      '/search?q=zebrafish',
      '/authors/given-family1',
      '/sitemaps/1.xml',
      '/papers.atom',
      '/papers/trending',
      '/papers/trending.atom',
    ];
    const shown = async () => {
      await indexPapers(site.app);
      await rankDue({ db: site.db, now: site.clock.now() });
      site.clock.advance(5_000);
      const found: string[] = [];
      for (const path of places) if (/2601\.00001/.test((await site.get(path)).html)) found.push(path);
      return found;
    };
    const before = await shown();
    const count = async () => /([\d,]+) papers?/.exec((await site.get('/categories/cs.LG')).text)?.[1];
    const counted = await count();
    assert.ok(before.length >= 5, before.join(' '));
    const act = { kind: 'paper', id: '2601.00001', reason: 'Not a paper' };
    await mo.post('/moderation/act', { ...act, do: 'hide' });
    assert.deepEqual(await shown(), []);
    assert.equal(Number((await count())?.replace(',', '') ?? 0), Number(counted?.replace(',', '')) - 1);
    assert.equal((await site.get(paper)).status, 404);
    assert.equal((await site.get(`${paper}.bib`)).status, 404);
    assert.match((await mo.get(paper)).text, /Hidden from readers\. Moderate/);
    // A source that brings it again does not bring it back.
    await save(
      site.db,
      makeDraft(1, { title: 'Zebrafish networks, revised', updatedOn: '2026-02-01', announcedOn: '2026-01-08' }),
    );
    assert.deepEqual(await shown(), []);
    const refused = await eve.post('/papers/submit', { paper: '2601.00001' });
    assert.match(refused.text, /The moderators of this site have hidden 2601\.00001/);
    await mo.post('/moderation/act', { ...act, do: 'unhide' });
    assert.deepEqual(await shown(), before);
    assert.equal(await count(), counted);
  });

  it('offers no hidden paper to whoever types, and fills its place among similar ones, before anything is indexed', async () => {
    await using all = await open();
    const { site, mo } = all;
    const alike = Array.from({ length: 44 }, (_, at) =>
      makeDraft(at + 2, {
        title: `Axolotl regeneration, part ${at}`,
        authors: [{ family: `Uniquely${at < 12 ? 'Hidden' : 'Shown'}`, given: 'Xenia', suffix: '', affiliation: '' }],
        abstract: at < 12 ? 'Axolotl limbs regenerate.' : 'Axolotl limbs regenerate. Sometimes quite slowly indeed.',
      }),
    );
    await save(site.db, ...alike);
    await indexPapers(site.app);
    const offers = async (text: string) => {
      const { html } = await site.get(`/search/suggest?q=${encodeURIComponent(text)}`);
      return JSON.parse(html) as { papers: { id: string }[]; authors: { name: string }[] };
    };
    const similar = async () =>
      [
        ...(await site.get('/similar?text=axolotl+limbs+regenerate')).html.matchAll(/<article[^>]* id="p-([^"]+)"/g),
      ].map(([, one = '']) => one);
    const hidden = alike.slice(0, 12).map(({ id }) => id);
    assert.ok((await offers('axolotl regeneration, part 3')).papers.some(({ id }) => id === hidden[3]));
    assert.equal((await offers('uniquelyhid')).authors.length, 1);
    const before = await similar();
    assert.equal(before.length, 30);
    assert.ok(before.filter((id) => hidden.includes(id)).length > 4, 'more than are read to spare');
    const moderating = { by: mo.user, reason: 'Not a paper', now: site.clock.now() };
    for (const id of hidden) await setHidden(site.db, { kind: 'paper', id }, true, moderating);
    assert.ok(!(await offers('axolotl regeneration, part 3')).papers.some(({ id }) => hidden.includes(id)));
    assert.deepEqual((await offers('uniquelyhid')).authors, []);
    const after = await similar();
    assert.equal(after.length, 30);
    assert.deepEqual(
      after.filter((id) => hidden.includes(id)),
      [],
    );
    const named = await site.get(`/similar?id=${hidden[0]}`);
    assert.deepEqual([named.status, /is no paper of this archive/.test(named.text)], [404, true]);
    await setHidden(site.db, { kind: 'paper', id: hidden[3] ?? '' }, false, moderating);
    assert.ok((await offers('axolotl regeneration, part 3')).papers.some(({ id }) => id === hidden[3]));
  });

  it('takes no votes, comments, edits, reactions and reports on a hidden paper, and shows nothing of it', async () => {
    await using all = await open();
    const { site, ann, eve, mo } = all;
    const id = await comment(eve, 'The first text');
    await eve.post(`${paper}/comments/${id}/edit`, { body: 'Another text' });
    await ann.post(`${paper}/upvote`, { voted: '1' });
    const act = { kind: 'paper', id: '2601.00001', reason: 'Not a paper' };
    await mo.post('/moderation/act', { ...act, do: 'hide' });
    for (const who of [eve, mo]) {
      for (const [path, fields] of [
        ['/upvote', { voted: '1' }],
        ['/upvote', { voted: '0' }],
        ['/comments', { body: 'Too late' }],
        ['/comments', { body: 'Too late', preview: '1' }],
        [`/comments/${id}/react`, { on: 'agree' }],
      ] as const) {
        assert.equal((await who.post(paper + path, fields)).status, 404, path);
      }
    }
    const json = { Accept: 'application/json' };
    assert.equal((await eve.post(`${paper}/comments/${id}/edit`, { body: 'Changed' }, json)).status, 404);
    for (const path of [`/comments/${id}/edit`, `/comments/${id}/history`, '/upvotes', '/comments'])
      assert.equal((await eve.get(paper + path)).status, 404, path);
    for (const query of ['kind=paper&id=2601.00001', `kind=comment&id=${id}`]) {
      assert.equal((await ann.get(`/report?${query}`)).status, 404);
      const fields = { ...Object.fromEntries(new URLSearchParams(query)), reason: 'x' };
      assert.equal((await ann.post('/report', fields)).status, 404);
    }
    for (const name of ['ann', 'eve'])
      assert.doesNotMatch((await site.get(`/users/${name}`)).text, /Zebrafish|Another text/);
    await mo.post('/moderation/act', { ...act, do: 'unhide' });
    const back = (await site.get(paper)).text;
    assert.match(back, /1 comment .*Another text/);
    assert.doesNotMatch(back, /Too late/);
    assert.equal((await ann.post(`${paper}/upvote`, { voted: '0' })).status, 303);
  });

  it('gives a submitted paper its place back', async () => {
    await using all = await open();
    const { site, eve, mo } = all;
    await eve.post('/papers/submit', { paper: '2601.00001' });
    const act = { kind: 'paper', id: '2601.00001', reason: 'Not a paper' };
    await mo.post('/moderation/act', { ...act, do: 'hide' });
    assert.doesNotMatch((await site.get('/papers/date/2026-01-08')).text, /Zebrafish/);
    await mo.post('/moderation/act', { ...act, do: 'unhide' });
    assert.match((await site.get('/papers/date/2026-01-08')).text, /Zebrafish.*submitted by @eve/);
  });

  it('answers the reports of the comment over which somebody is banned or a discussion closed, and the log names it', async () => {
    await using all = await open();
    const { ann, eve, mo } = all;
    for (const [wanted, said] of [
      ['lock', 'closed the discussion of paper 2601\\.00001 over a comment on 2601\\.00001 : “It is one”'],
      ['ban', 'banned @eve over a comment on 2601\\.00001 : “It is one”'],
    ] as const) {
      await mo.post('/moderation/act', { kind: 'paper', id: '2601.00001', do: 'unlock', reason: 'Go on' });
      const id = await comment(eve, `An advertisement, then ${wanted}`);
      await ann.post('/report', { kind: 'comment', id, reason: 'An advertisement' });
      assert.match((await mo.get('/moderation')).text, /“An advertisement”/);
      assert.equal(
        (await mo.post('/moderation/act', { kind: 'comment', id, do: wanted, reason: 'It is one' })).status,
        303,
      );
      assert.match((await mo.get('/moderation')).text, /Nothing waits/);
      const log = await mo.get('/moderation/log');
      assert.match(log.text, new RegExp(said));
      assert.match(log.html, new RegExp(`over <a href="/moderation/act\\?kind=comment&amp;id=${id}"`));
    }
  });

  it('offers a ban where there can be one, and keeps the reason where a decision cannot be taken', async () => {
    await using all = await open();
    const { eve, mo, root } = all;
    const [own, chief, other] = [await comment(mo, 'Mine'), await comment(root, 'Hers'), await comment(eve, 'His')];
    const offered = async (who: typeof mo, id: string) =>
      /value="ban"/.test((await who.get(`/moderation/act?kind=comment&id=${id}`)).html);
    assert.deepEqual(
      [await offered(mo, own), await offered(mo, chief), await offered(mo, other), await offered(root, own)],
      [false, false, true, true],
    );
    const reason = 'A long reason that <somebody> typed';
    for (const [id, status] of [
      [own, 409],
      [chief, 403],
    ] as const) {
      const refused = await mo.post('/moderation/act', { kind: 'comment', id, do: 'ban', reason });
      assert.equal(refused.status, status);
      assert.match(refused.html, /role="alert"[^>]*>(?:Nobody can ban themselves|Only an admin can ban a moderator)/);
      assert.match(refused.html, /A long reason that &lt;somebody&gt; typed<\/textarea>/);
    }
    const last = await root.post('/moderation/people', { id: root.user.id, do: 'make reader', reason });
    assert.equal(last.status, 409);
    assert.match(last.html, /This is the only admin.*typed<\/textarea>/s);
  });

  it('closes a discussion and opens it again', async () => {
    await using all = await open();
    const { ann, eve, mo } = all;
    const id = await comment(eve, 'A first word');
    await ann.post(`${paper}/comments/${id}/react`, { on: 'agree' });
    assert.match((await eve.get(paper)).text, /A first word .*React .*Reply .*Edit/);
    const act = { kind: 'paper', id: '2601.00001', reason: 'It goes in circles' };
    await mo.post('/moderation/act', { ...act, do: 'lock' });
    const closed = await eve.get(paper);
    assert.match(closed.text, /A first word .*agree 1 .*Delete .*The discussion of this paper is closed/);
    assert.doesNotMatch(closed.text, /React |Reply |Edit /);
    for (const [path, fields] of [
      ['', { body: 'But' }],
      [`/${id}/edit`, { body: 'A first word, and a second' }],
      [`/${id}/react`, { on: 'bravo' }],
    ] as const)
      assert.equal((await eve.post(`${paper}/comments${path}`, fields, { Accept: 'application/json' })).status, 403);
    const mine = (await eve.get(`${paper}/comments/${id}/edit`)).html;
    assert.match(mine, /Delete for good/);
    assert.doesNotMatch(mine, /<textarea/);
    assert.equal((await ann.post(`${paper}/comments/${id}/react`, { off: 'agree' })).status, 303);
    await mo.post('/moderation/act', { ...act, do: 'unlock' });
    await comment(eve, 'But');
  });

  it('bans an account, which can read, export and leave, and is told why', async () => {
    await using all = await open();
    const { eve, mo } = all;
    const { id } = eve.user;
    await mo.post('/moderation/people', { id, do: 'ban', reason: 'Advertising' });
    for (const [path, fields] of [
      [`${paper}/upvote`, { voted: '1' }],
      [`${paper}/comments`, { body: 'x' }],
      ['/papers/submit', { paper: '2601.00001' }],
      ['/report', { kind: 'paper', id: '2601.00001', reason: 'x' }],
    ] as const) {
      const answer = await eve.post(path, fields, { Accept: 'application/json' });
      assert.equal(answer.status, 403, path);
      assert.match(answer.text, /banned: it can read, but not write\. The reason given: “Advertising”/, path);
    }
    assert.match((await eve.get(paper)).text, /The reason given: “Advertising”/);
    assert.equal((await eve.get('/settings/export.json')).status, 200);
    assert.equal((await eve.get('/settings/delete')).status, 200);
    await mo.post('/moderation/people', { id, do: 'unban', reason: 'Regrets it' });
    await comment(eve, 'Sorry');
  });

  it('lets admins say who moderates, but not leave the site without an admin', async () => {
    await using all = await open();
    const { ann, mo, root } = all;
    await root.post('/moderation/people', { id: ann.user.id, do: 'make moderator', reason: 'She asked' });
    assert.equal((await ann.get('/moderation')).status, 200);
    const last = await root.post('/moderation/people', { id: root.user.id, do: 'make reader', reason: 'Tired' });
    assert.equal(last.status, 409);
    assert.match(last.text, /the only admin/);
    assert.equal((await root.post('/moderation/people', { id: root.user.id, do: 'ban', reason: 'x' })).status, 409);
    assert.match((await mo.get('/moderation/log')).text, /@reader-root made a moderator of @ann: “She asked”/);
  });

  it('lets new accounts put two links into a comment, and keeps what they wrote', async () => {
    await using all = await open();
    const young = await all.site.signIn('young@example.org');
    const body = 'See https://a.example, http://b.example and [c](https&#58;//c.example)';
    const refused = await young.post(`${paper}/comments`, { body });
    assert.match(refused.text, /New accounts can put 2 links into a comment, and this one has 3\./);
    assert.match(refused.html, /c\.example/);
    await comment(all.eve, body);
    const few = 'See https://a.example and http://b.example';
    const edits = `${paper}/comments/${await comment(young, few)}/edit`;
    const edited = await young.post(edits, { body });
    assert.match(edited.text, /this one has 3\./);
    assert.match(edited.html, /c\.example/);
  });
});
