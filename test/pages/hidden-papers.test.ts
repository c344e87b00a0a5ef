/** A paper that moderators hide: nothing of it is seen or can be done with it, and it comes back as it was. */

import assert from 'node:assert/strict';
import { it } from 'node:test';
import { setHidden } from '#discussion/moderation/moderate.ts';
import { rankDue } from '#ranking/rank-due.ts';
import { indexPapers } from '#search/index-papers.ts';
import { onEachDatabase } from '../database.ts';
import { makeDraft, save } from '../drafts.ts';
import { comment, openModerated, PAPER } from './moderated.ts';

onEachDatabase('a hidden paper', (_open, dialect) => {
  it('vanishes from lists, counts, search and sitemap, and comes back as it was', async () => {
    await using all = await openModerated(dialect);
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
    assert.equal((await site.get(PAPER)).status, 404);
    assert.equal((await site.get(`${PAPER}.bib`)).status, 404);
    assert.match((await mo.get(PAPER)).text, /Hidden from readers\. Moderate/);
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

  it('is offered to nobody who types, and its place is filled among similar ones, before anything is indexed', async () => {
    await using all = await openModerated(dialect);
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

  it('takes no votes, comments, edits, reactions and reports, and shows nothing of it', async () => {
    await using all = await openModerated(dialect);
    const { site, ann, eve, mo } = all;
    const id = await comment(eve, 'The first text');
    await eve.post(`${PAPER}/comments/${id}/edit`, { body: 'Another text' });
    await ann.post(`${PAPER}/upvote`, { voted: '1' });
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
        assert.equal((await who.post(PAPER + path, fields)).status, 404, path);
      }
    }
    const json = { Accept: 'application/json' };
    assert.equal((await eve.post(`${PAPER}/comments/${id}/edit`, { body: 'Changed' }, json)).status, 404);
    for (const path of [`/comments/${id}/edit`, `/comments/${id}/history`, '/upvotes', '/comments'])
      assert.equal((await eve.get(PAPER + path)).status, 404, path);
    for (const query of ['kind=paper&id=2601.00001', `kind=comment&id=${id}`]) {
      assert.equal((await ann.get(`/report?${query}`)).status, 404);
      const fields = { ...Object.fromEntries(new URLSearchParams(query)), reason: 'x' };
      assert.equal((await ann.post('/report', fields)).status, 404);
    }
    for (const name of ['ann', 'eve'])
      assert.doesNotMatch((await site.get(`/users/${name}`)).text, /Zebrafish|Another text/);
    await mo.post('/moderation/act', { ...act, do: 'unhide' });
    const back = (await site.get(PAPER)).text;
    assert.match(back, /1 comment .*Another text/);
    assert.doesNotMatch(back, /Too late/);
    assert.equal((await ann.post(`${PAPER}/upvote`, { voted: '0' })).status, 303);
  });

  it('gets its place back where it was submitted', async () => {
    await using all = await openModerated(dialect);
    const { site, eve, mo } = all;
    await eve.post('/papers/submit', { paper: '2601.00001' });
    const act = { kind: 'paper', id: '2601.00001', reason: 'Not a paper' };
    await mo.post('/moderation/act', { ...act, do: 'hide' });
    assert.doesNotMatch((await site.get('/papers/date/2026-01-08')).text, /Zebrafish/);
    await mo.post('/moderation/act', { ...act, do: 'unhide' });
    assert.match((await site.get('/papers/date/2026-01-08')).text, /Zebrafish.*submitted by @eve/);
  });
});
