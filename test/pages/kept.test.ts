/** What somebody typed is not lost when it cannot be taken: the answer holds it, to be sent again or to be copied. */

import assert from 'node:assert/strict';
import { it } from 'node:test';
import { onEachDatabase } from '../database.ts';
import { fieldsIn, filledIn, read } from './filled-in.ts';
import { comment, openModerated, PAPER, PAPER_ID } from './moderated.ts';

const HERE = 'https://papers.example';
const TEXT = '\nIs "this" <b>right</b> & fair?\r\n\r\nI wonder';
const BROWSER = { Accept: 'text/html' };
const PROGRAM = { Accept: 'application/json' };

/** The text that stands in a box of the page to be copied, outside of any form. */
function toCopy(html: string): string[] {
  const forms = html.replaceAll(/<form.*?<\/form>/gs, '');
  const texts = [...forms.matchAll(/<textarea[^>]* readonly[^>]*>\n([^<]*)<\/textarea>/g)];
  const lines = [...forms.matchAll(/<input[^>]* value="([^"]*)"[^>]* readonly/g)];
  return [...texts, ...lines].map(([, text]) => read(text));
}

onEachDatabase('whoever was signed out while they wrote', (_open, dialect) => {
  it('gets every form back as it was sent, signs in beside it, and sends it again', async () => {
    await using all = await openModerated(dialect);
    const { site, ann, eve, root } = all;
    const id = await comment(eve, 'A claim');
    await site.db
      .insertInto('submissions')
      .values({ paper_id: PAPER_ID, day: '2026-01-08', position: 1, submitted_at: 0, user_id: ann.user.id })
      .execute();
    const forms: [path: string, fields: Record<string, string>, who: typeof ann, leadsTo: RegExp][] = [
      [`${PAPER}/comments`, { body: TEXT, replyTo: id }, ann, /\/comments\/[0-9a-f]{24}$/],
      [`${PAPER}/comments/${id}/edit`, { body: TEXT }, eve, new RegExp(`${id}$`)],
      ['/report', { kind: 'comment', id, reason: TEXT }, ann, /^\/report\/sent/],
      ['/papers/submit', { paper: PAPER_ID, any_age: '1' }, root, /^\/papers\//],
      ['/settings/profile', { full_name: 'Ann "The" <Lee>', name: 'ann-lee' }, ann, /^\/settings/],
      [`${PAPER}/links`, { code: 'https://github.com/a/b', project: 'https://a.example/' }, ann, /^\/papers\//],
      ['/moderation/act', { kind: 'comment', id, do: 'lock', reason: TEXT }, root, /^\/moderation\/act\?.*&done=lock/],
      ['/moderation/people', { id: eve.user.id, do: 'ban', reason: TEXT }, root, /^\/moderation\/people/],
    ];
    for (const [path, fields, who, leadsTo] of forms) {
      const refused = await site.post(path, fields, { ...BROWSER, Referer: `${HERE}${PAPER}` });
      assert.equal(refused.status, 401, path);
      assert.match(refused.text, /You are not signed in\./, path);
      assert.match(refused.html, /<a href="\/sign-in" target="_blank" rel="noopener">/, path);
      assert.doesNotMatch(refused.html, /access token|<b>right|<Lee>/);
      const held = filledIn(refused.html, path);
      const { way_back: back, ...sent } = held;
      assert.deepEqual([sent, back], [fields, PAPER], path);
      if (path === '/papers/submit') continue; // the paper is here already, which is another page
      const again = await who.post(path, held);
      assert.equal(again.status, 303, `${path}: ${again.text.slice(0, 300)}`);
      assert.match(again.headers.get('location') ?? '', leadsTo);
    }
  });

  it('is led to sign in where nothing was written; programs are told in JSON', async () => {
    await using all = await openModerated(dialect);
    const { site, eve } = all;
    const id = await comment(eve, 'A claim');
    for (const [path, fields] of [
      [`${PAPER}/comments/${id}/react`, { on: 'agree' }],
      [`${PAPER}/comments/${id}/delete`, {}],
      ['/settings/delete', { name: 'eve' }],
    ] as const) {
      const led = await site.post(path, fields, BROWSER);
      assert.equal(led.status, 303, path);
      assert.match(led.headers.get('location') ?? '', /^\/sign-in/, path);
    }
    const told = await site.post('/report', { kind: 'comment', id, reason: TEXT }, PROGRAM);
    assert.deepEqual([told.status, Object.keys(JSON.parse(told.html) as object)], [401, ['error', 'hint']]);
    assert.equal(told.headers.get('www-authenticate'), 'Bearer');
  });
});

onEachDatabase('a form of somebody else, in a browser that is mine by now', (_open, dialect) => {
  it('is not sent in my name: the text is there to copy, and nothing is done', async () => {
    await using all = await openModerated(dialect);
    const { site, ann, eve } = all;
    const id = await comment(ann, 'A claim');
    const { html } = await ann.get(PAPER);
    const forms = html.match(/<form[^>]*method="post"/g) ?? [];
    const owned =
      html.match(new RegExp(`<input type="hidden" name="made_for" value="${ann.user.id}"/></form>`, 'g')) ?? [];
    assert.equal(owned.length, forms.length - 1, 'all but the one that signs out');
    assert.doesNotMatch((await site.get(PAPER)).html, /made_for/);
    const made_for = ann.user.id;
    const before = await site.db.selectFrom('users').select(['name', 'full_name']).execute();
    for (const [path, fields, written] of [
      [`${PAPER}/comments`, { body: TEXT }, TEXT],
      [`${PAPER}/comments/${id}/react`, { on: 'agree' }, undefined],
      [`${PAPER}/upvote`, { voted: '1' }, undefined],
      ['/settings/profile', { name: 'ann', full_name: 'Ann Lee' }, 'Ann Lee'],
      ['/report', { kind: 'comment', id, reason: TEXT }, TEXT],
    ] as const) {
      const refused = await eve.post(path, { ...fields, made_for }, { Referer: HERE + PAPER });
      assert.equal(refused.status, 409, path);
      assert.match(refused.text, /You are signed in as @eve by now, and this form was opened by somebody else/);
      if (written !== undefined) assert.ok(toCopy(refused.html).includes(written), path);
      assert.equal((await eve.post(path, { ...fields, made_for }, PROGRAM)).status, 409, path);
    }
    assert.deepEqual(await site.db.selectFrom('users').select(['name', 'full_name']).execute(), before);
    for (const table of ['upvotes', 'comment_reactions', 'reports'] as const)
      assert.equal((await site.db.selectFrom(table).selectAll().execute()).length, 0, table);
    assert.equal((await site.db.selectFrom('comments').selectAll().execute()).length, 1);
    // Signed out, then somebody else: whose it was goes along.
    const out = await site.post(`${PAPER}/comments`, { body: TEXT, made_for }, BROWSER);
    assert.ok(out.html.includes(`name="made_for" value="${made_for}"`));
    assert.equal((await ann.post(`${PAPER}/comments`, { body: TEXT, made_for })).status, 303);
  });
});

onEachDatabase('what is gone when somebody has written about it', (_open, dialect) => {
  it('is said, with the text to copy and a way to the paper, if there is one', async () => {
    await using all = await openModerated(dialect);
    const { site, ann, eve, mo } = all;
    const [own, other] = [await comment(ann, 'My claim'), await comment(eve, 'Her claim')];
    await ann.post(`${PAPER}/comments/${own}/delete`);
    await eve.post(`${PAPER}/comments/${other}/delete`);

    const edits = `${PAPER}/comments/${own}/edit`;
    const edited = await ann.post(edits, { body: TEXT }, { Referer: HERE + edits });
    assert.equal(edited.status, 404);
    assert.match(edited.text, /This comment was deleted by its author\./);
    assert.deepEqual(toCopy(edited.html), [TEXT]);
    assert.match(edited.html, new RegExp(`<a class="button" href="${PAPER}">Read the paper</a>`));
    assert.doesNotMatch(edited.html, /<button>Send it again|class="search-again"/);

    const about = { kind: 'comment', id: other };
    const from = `${HERE}/report?${new URLSearchParams(about).toString()}`;
    const reported = await ann.post('/report', { ...about, reason: TEXT }, { Referer: from });
    assert.equal(reported.status, 404);
    assert.match(reported.text, /deleted by its author/);
    assert.deepEqual(toCopy(reported.html), [TEXT]);
    assert.match(reported.html, new RegExp(`href="${PAPER}">Read the paper</a>`));

    await mo.post('/moderation/act', { kind: 'paper', id: PAPER_ID, do: 'hide', reason: 'Not a paper' });
    for (const [path, fields] of [
      [`${PAPER}/comments`, { body: TEXT }],
      ['/report', { kind: 'paper', id: PAPER_ID, reason: TEXT }],
    ] as const) {
      const refused = await ann.post(path, fields, { Referer: HERE + PAPER });
      assert.equal(refused.status, 404, path);
      assert.match(refused.text, /“2601\.00001” is not here\. It was when you began to write/, path);
      assert.doesNotMatch(refused.text, /Ids look like|Not a paper/, path);
      assert.deepEqual(toCopy(refused.html), [TEXT], path);
      assert.doesNotMatch(refused.html, new RegExp(`href="${PAPER}"`), 'no way to where nothing is');
    }
    const told = await ann.post(`${PAPER}/comments`, { body: TEXT }, PROGRAM);
    assert.deepEqual([told.status, /It was when you began/.test(told.html)], [404, true], 'in place, too');
    const never = await ann.post('/papers/2601.98765/comments', { body: TEXT });
    assert.match(never.text, /“2601\.98765” is not here\. Ids look like/, 'what was never here was not hidden');
    assert.deepEqual(toCopy(never.html), [TEXT]);
    assert.equal((await site.get(PAPER)).status, 404);
  });

  it('shows no form that cannot work: the text of a closed discussion, of a hidden comment, of the banned can be copied', async () => {
    await using all = await openModerated(dialect);
    const { ann, eve, mo } = all;
    const id = await comment(ann, 'My claim');
    await mo.post('/moderation/act', { kind: 'comment', id, do: 'hide', reason: 'Rude' });
    const edits = `${PAPER}/comments/${id}/edit`;
    const hidden = await ann.post(edits, { body: TEXT }, { Referer: HERE + edits });
    assert.equal(hidden.status, 403);
    assert.match(hidden.text, /A moderator has hidden this comment/);
    assert.deepEqual(toCopy(hidden.html), [TEXT]);

    await mo.post('/moderation/act', { kind: 'paper', id: PAPER_ID, do: 'lock', reason: 'Too heated' });
    const closed = await ann.post(`${PAPER}/comments`, { body: TEXT }, { Referer: HERE + PAPER });
    assert.equal(closed.status, 403);
    assert.match(closed.text, /The moderators have closed the discussion of this paper: “Too heated”/);
    assert.deepEqual(toCopy(closed.html), [TEXT]);
    assert.match(closed.html, new RegExp(`href="${PAPER}">Back to where you were</a>`));
    const [first] = [await eve.get(PAPER)];
    assert.match(first.text, /closed the discussion of this paper: “Too heated”/);

    await mo.post('/moderation/people', { id: ann.user.id, do: 'ban', reason: 'Advertising' });
    const banned = await ann.post('/report', { kind: 'paper', id: PAPER_ID, reason: TEXT });
    assert.equal(banned.status, 403);
    assert.deepEqual(toCopy(banned.html), [TEXT]);
    for (const page of [hidden, closed, banned]) assert.doesNotMatch(page.html, /Send it again|>Post<|>Save</);
  });

  it('is not held for another site, whose form it was', async () => {
    await using all = await openModerated(dialect);
    const forged = await all.ann.post(`${PAPER}/comments`, { body: 'Buy this' }, { Origin: 'https://evil.example' });
    assert.equal(forged.status, 403);
    assert.doesNotMatch(forged.html, /Buy this/);
  });
});

onEachDatabase('who edits a comment in two windows', (_open, dialect) => {
  it('is told of the other text, and saves over it knowingly', async () => {
    await using all = await openModerated(dialect);
    const { ann, site } = all;
    const id = await comment(ann, 'The first text');
    const edits = `${PAPER}/comments/${id}/edit`;
    const one = fieldsIn((await ann.get(edits)).html);
    const other = fieldsIn((await ann.get(edits)).html);
    assert.equal((await ann.post(edits, { ...one, body: 'From <one> window' })).status, 303);
    const refused = await ann.post(edits, { ...other, body: TEXT }, { Referer: HERE + edits });
    assert.equal(refused.status, 409);
    assert.match(refused.text, /changed meanwhile, in another window\./);
    assert.deepEqual(toCopy(refused.html), ['From <one> window']);
    assert.match((await site.get(PAPER)).text, /From <one> window/, 'nothing was overwritten');
    const again = fieldsIn(refused.html);
    assert.equal(again['body'], TEXT);
    assert.equal((await ann.post(edits, again)).status, 303);
    assert.match((await site.get(`${edits.replace('edit', 'history')}`)).text, /Edited 2 times .*From <one> window/);
    const told = await ann.post(edits, { ...other, body: 'By a program' }, PROGRAM);
    assert.deepEqual([told.status, Object.keys(JSON.parse(told.html) as object)], [409, ['error', 'hint']]);
    assert.equal((await ann.post(edits, { body: 'Without a mark' }, PROGRAM)).status, 204);
  });
});

onEachDatabase('a page of something that is gone', (_open, dialect) => {
  it('leads to the paper of a deleted comment, and offers no search for a word of our addresses', async () => {
    await using all = await openModerated(dialect);
    const { site, ann } = all;
    const id = await comment(ann, 'My claim');
    await ann.post(`${PAPER}/comments/${id}/delete`);
    for (const path of [`${PAPER}/comments/${id}`, `${PAPER}/comments/${id}/history`]) {
      const gone = await site.get(path);
      assert.equal(gone.status, 404, path);
      assert.match(gone.text, /deleted by its author/, path);
      assert.match(gone.html, new RegExp(`<a class="button" href="${PAPER}">Read the paper</a>`), path);
      assert.doesNotMatch(gone.html, /search-again/, path);
    }
    for (const path of ['/history', '/subscriptions/manage'])
      assert.doesNotMatch((await site.get(path)).html, /search-again/, path);
  });
});
