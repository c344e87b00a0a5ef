/** The feeds of what people say: of a paper's comments, and of one person. */

import assert from 'node:assert/strict';
import { it } from 'node:test';
import { XMLValidator } from 'fast-xml-parser';
import { parseAtomFeed, parseJsonFeed, parseRssFeed } from 'feedsmith';
import Parser from 'rss-parser';
import { onEachDatabase } from '../database.ts';
import { makeDraft, save } from '../drafts.ts';
import { openSite } from '../site.ts';
import type { Person, TestSite } from '../site.ts';

const PAPER = '/papers/2601.00001';
const OLD = '/papers/hep-th/9901001';
const HERE = 'https://papers.example';

onEachDatabase('feeds of what people say', (_open, dialect) => {
  async function open() {
    const site = await openSite({ dialect, starter: false });
    await save(
      site.db,
      makeDraft(1, { title: 'Quokkas of $\\alpha_1$ & <b>others</b>' }),
      makeDraft(2, { id: 'hep-th/9901001', title: 'Strings' }),
    );
    const ann = await site.signIn('ann@example.org', { createdAt: 0 });
    const ben = await site.signIn('ben@example.org', { createdAt: 0 });
    return { site, ann, ben, [Symbol.asyncDispose]: async () => await site[Symbol.asyncDispose]() };
  }

  async function say(person: Person, paper: string, body: string): Promise<string> {
    const answer = await person.post(`${paper}/comments`, { body });
    return (answer.headers.get('location') ?? '').split('/').at(-1) ?? assert.fail(answer.text);
  }

  const atomOf = async (site: TestSite, path: string) => parseAtomFeed((await site.get(path, {})).html);

  it('bring the comments on a paper, newest first, in every format', async () => {
    await using all = await open();
    const { site, ann, ben } = all;
    const first = await say(ann, PAPER, 'Is $x^2 < \\beta$ **right**, @ben? See [the page](/about).');
    const writtenAt = site.clock.now();
    const second = await say(ben, PAPER, 'It <script>is</script>.');
    await ann.post(`${PAPER}/comments/${first}/edit`, {
      body: 'Is $x^2 < \\beta$ **right**, @ben? See [the page](/about)!',
    });
    const editedAt = site.clock.now();
    await say(ann, OLD, 'Elsewhere');

    const path = `${PAPER}/comments`;
    site.queries.length = 0;
    const atom = await atomOf(site, `${path}.atom`);
    assert.ok(site.queries.length <= 5, site.queries.join('\n'));
    assert.match(atom.title?.value ?? '', /^Comments on “Quokkas of α₁ & <b>others<\/b>”/);
    assert.deepEqual(
      atom.entries?.map(({ id }) => id),
      [second, first].map((id) => `tag:papers.example,2026:${path}/${id}`),
    );
    const entry = atom.entries?.[1];
    assert.equal(entry?.title?.value, '@ann on “Quokkas of α₁ & <b>others</b>”');
    assert.equal(entry?.links?.[0]?.href, `${HERE}${path}/${first}`);
    assert.deepEqual(entry?.authors, [{ name: '@ann', uri: `${HERE}/users/ann` }]);
    assert.deepEqual(
      [entry?.published, entry?.updated].map((at) => Date.parse(String(at))),
      [writtenAt, editedAt],
    );
    assert.equal(
      entry?.content?.value?.trim(),
      `<p>Is x² &lt; β <strong>right</strong>, @ben? See <a href="${HERE}/about" rel="nofollow ugc noopener">the page</a>!</p>`,
    );
    assert.match(atom.entries?.[0]?.content?.value ?? '', /&lt;script&gt;/);
    assert.equal(Date.parse(String(atom.updated)), editedAt);

    const rss = parseRssFeed((await site.get(`${path}.rss`, {})).html);
    assert.deepEqual([rss.link, rss.items?.length], [`${HERE}${path}`, 2]);
    assert.equal(rss.items?.[1]?.guid?.value, entry?.id);
    const json = parseJsonFeed((await site.get(`${path}.feed.json`, {})).html);
    assert.equal(json.items?.[1]?.content_text, 'Is x² < β right, @ben? See the page!');
    for (const extension of ['atom', 'rss']) {
      const { html } = await site.get(`${path}.${extension}`, {});
      assert.equal(XMLValidator.validate(html), true);
      assert.equal((await new Parser().parseString(html)).items.length, 2);
    }
    assert.equal((await atomOf(site, `${OLD}/comments.atom`)).entries?.length, 1, 'an id with a slash');
    const page = await site.get(PAPER);
    assert.match(page.html, new RegExp(`<link rel="alternate" type="application/atom\\+xml"[^>]* href="${path}.atom"`));
    assert.match(page.html, new RegExp(`<a class="feed-link" href="${path}.atom"`));
  });

  it('bring what a person submits and says, and say so', async () => {
    await using all = await open();
    const { site, ann } = all;
    const said = await say(ann, PAPER, 'Well');
    await site.db
      .insertInto('submissions')
      .values({
        paper_id: 'hep-th/9901001',
        day: '2026-01-08',
        position: 1,
        submitted_at: site.clock.now(),
        user_id: ann.user.id,
      })
      .execute();
    site.queries.length = 0;
    const atom = await atomOf(site, '/users/ann.atom');
    assert.ok(site.queries.length <= 5, site.queries.join('\n'));
    assert.equal(atom.title?.value, '@ann · Daily Papers');
    assert.deepEqual(
      atom.entries?.map(({ id }) => id),
      ['tag:papers.example,2026:/papers/hep-th/9901001', `tag:papers.example,2026:${PAPER}/comments/${said}`],
    );
    const page = await site.get('/users/ann');
    assert.match(page.text, /Follow what they submit and say/);
    assert.match(
      page.html,
      /<link rel="alternate" type="application\/feed\+json"[^>]* href="\/users\/ann\.feed\.json"/,
    );
    const moved = await site.get('/users/Ann.rss', {});
    assert.deepEqual([moved.status, moved.headers.get('location')], [301, '/users/ann.rss']);
    assert.equal((await site.get('/users/nobody.atom', {})).status, 404);
    assert.equal((await site.get('/papers/2601.09999/comments.atom', {})).status, 404);
  });

  it('hold nothing that is hidden or deleted, and name nobody who has left', async () => {
    await using all = await open();
    const { site, ann, ben } = all;
    const mo = await site.signIn('mo@example.org', { role: 'moderator' });
    const texts = async (path: string) =>
      ((await atomOf(site, path)).entries ?? []).map(({ content }) => content?.value?.replaceAll(/<[^>]+>|\n/g, ''));
    const hidden = await say(ann, PAPER, 'Hidden');
    const deleted = await say(ann, PAPER, 'Deleted');
    await say(ann, PAPER, 'Kept');
    await say(ben, OLD, 'On a hidden paper');
    const feed = await site.get(`${PAPER}/comments.atom`, {});
    await mo.post('/moderation/act', { kind: 'comment', id: hidden, do: 'hide', reason: 'x' });
    await mo.post('/moderation/act', { kind: 'paper', id: 'hep-th/9901001', do: 'hide', reason: 'x' });
    await ann.post(`${PAPER}/comments/${deleted}/delete`);
    const tag = feed.headers.get('etag') ?? '';
    assert.equal((await site.get(`${PAPER}/comments.atom`, { 'If-None-Match': tag })).status, 200, 'it has changed');
    assert.deepEqual(await texts(`${PAPER}/comments.atom`), ['Kept']);
    assert.deepEqual(await texts('/users/ann.atom'), ['Kept']);
    assert.deepEqual(await texts('/users/ben.atom'), []);
    assert.equal((await site.get(`${OLD}/comments.atom`, {})).status, 404);
    const again = (await site.get(`${PAPER}/comments.atom`, {})).headers.get('etag') ?? '';
    assert.equal((await site.get(`${PAPER}/comments.atom`, { 'If-None-Match': again })).status, 304);
    await ann.post('/settings/delete', { name: 'ann' });
    assert.equal((await site.get('/users/ann.atom', {})).status, 404);
    const [left] = (await atomOf(site, `${PAPER}/comments.atom`)).entries ?? [];
    assert.match(left?.title?.value ?? '', /^deleted account on “Quokkas/);
    assert.equal(left?.authors, undefined);
  });

  it('go on over pages, each thing once', async () => {
    await using all = await open();
    const { site, ann } = all;
    const now = site.clock.now();
    const rows = Array.from({ length: 120 }, (_, at) => {
      const id = (at + 1).toString(16).padStart(24, '0');
      return {
        ...{
          id,
          paper_id: '2601.00001',
          user_id: ann.user.id,
          thread_id: id,
          is_reply: 0,
          reply_to: null,
          body: `Part ${at}`,
        },
        // Three at a time, so that pages end between things of the same millisecond.
        ...{
          created_at: now + Math.floor(at / 3),
          edited_at: null,
          deleted_at: null,
          hidden_at: null,
          hidden_by: null,
        },
        ...{ answers: 0, score: 0 },
      };
    });
    await site.db.insertInto('comments').values(rows).execute();
    for (const path of [`${PAPER}/comments.feed.json`, '/users/ann.feed.json']) {
      const seen: string[] = [];
      for (let next: string | undefined = path; next !== undefined;) {
        const json: { items?: { content_text?: string }[]; next_url?: string } = parseJsonFeed(
          (await site.get(next, {})).html,
        ) as never;
        seen.push(...(json.items ?? []).map((item) => item.content_text ?? ''));
        next = json.next_url?.slice(HERE.length);
      }
      assert.deepEqual(seen, rows.map(({ body }) => body).toReversed());
    }
    const forged = await site.get(`${PAPER}/comments.atom?after=bm9uc2Vuc2U`, {});
    assert.deepEqual([forged.status, /page mark/.test(forged.text)], [400, true]);
  });
});
