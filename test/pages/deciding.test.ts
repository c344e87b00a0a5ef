/** What moderators are told when they decide, and what others read of it. */

import assert from 'node:assert/strict';
import { it } from 'node:test';
import { forgetRefused, listRequestsOf } from '#papers/request-store.ts';
import { onEachDatabase } from '../database.ts';
import { comment, openModerated, PAPER, PAPER_ID } from './moderated.ts';

onEachDatabase('a decision', (_open, dialect) => {
  it('that was taken before is told with who took it, when and why, and keeps what was typed', async () => {
    await using all = await openModerated(dialect);
    const { eve, mo, root } = all;
    const id = await comment(eve, 'Buy cheap stars');
    const act = async (who: typeof mo, wanted: string, reason: string) =>
      await who.post('/moderation/act', { kind: 'comment', id, do: wanted, reason });
    assert.equal((await act(mo, 'hide', 'An advertisement')).status, 303);
    const late = await act(root, 'hide', 'Spam, says root');
    assert.equal(late.status, 409);
    assert.match(
      late.text,
      /It is hidden already: @mo decided so, Jan 8, 2026, 12:00 PM UTC: “An advertisement”\. Nothing was changed/,
    );
    assert.match(late.html, /Spam, says root<\/textarea>/);
    assert.match(late.html, /value="unhide"/, 'the buttons are those of now');
    assert.equal((await act(mo, 'hide', 'An advertisement')).status, 303, 'the form sent twice');
    assert.equal((await mo.get('/moderation/log')).text.split('hid a comment').length, 2);
    const open = await act(mo, 'unlock', 'Go on');
    assert.match(open.text, /The discussion is open already\. Nothing was changed\./);
    const people = async (who: typeof mo, wanted: string) =>
      await who.post('/moderation/people', { id: eve.user.id, do: wanted, reason: 'Because' });
    assert.match((await people(mo, 'unban')).text, /The account is not banned\./);
    await people(mo, 'ban');
    assert.match((await people(root, 'ban')).text, /The account is banned already: @mo decided so/);
    assert.match((await people(root, 'make reader')).text, /The account has this role already\./);
  });

  it('dismisses reports only where some wait', async () => {
    await using all = await openModerated(dialect);
    const { ann, mo } = all;
    const page = `/moderation/act?kind=paper&id=${PAPER_ID}`;
    const offered = async () => /value="dismiss"/.test((await mo.get(page)).html);
    const act = { kind: 'paper', id: PAPER_ID, do: 'dismiss', reason: 'It is one' };
    assert.equal(await offered(), false);
    const none = await mo.post('/moderation/act', act);
    assert.equal(none.status, 409);
    assert.match(none.text, /No report on it waits for a decision\. Nothing was changed\./);
    await ann.post('/report', { kind: 'paper', id: PAPER_ID, reason: 'Not a paper' });
    assert.equal(await offered(), true);
    assert.equal((await mo.post('/moderation/act', act)).status, 303);
    assert.equal((await mo.post('/moderation/act', act)).status, 303, 'the form sent twice');
    assert.equal(await offered(), false);
    assert.match((await mo.get(page)).text, /“Not a paper” @ann, .*; decided by @mo, Jan 8, 2026, 12:00 PM UTC/);
  });

  it('leads on to the next report', async () => {
    await using all = await openModerated(dialect);
    const { ann, eve, mo } = all;
    const id = await comment(eve, 'Buy cheap stars');
    await ann.post('/report', { kind: 'comment', id, reason: 'An advertisement' });
    await ann.post('/report', { kind: 'paper', id: PAPER_ID, reason: 'Not a paper' });
    const next = async () => (await mo.get('/moderation/next')).headers.get('location');
    assert.equal(await next(), `/moderation/act?kind=comment&id=${id}`);
    const done = await mo.post('/moderation/act', { kind: 'comment', id, do: 'hide', reason: 'Spam' });
    const after = await mo.get(done.headers.get('location') ?? '');
    assert.match(after.text, /The comment is hidden\. Go on to the report that is left/);
    assert.match(after.html, /href="\/moderation\/next"/);
    assert.equal(await next(), `/moderation/act?kind=paper&id=${PAPER_ID}`);
    await mo.post('/moderation/act', { kind: 'comment', id, do: 'unhide', reason: 'Not spam' });
    assert.doesNotMatch((await mo.get(done.headers.get('location') ?? '')).text, /The comment is hidden/);
    const last = await mo.post('/moderation/act', { kind: 'paper', id: PAPER_ID, do: 'lock', reason: 'In circles' });
    assert.match(
      (await mo.get(last.headers.get('location') ?? '')).text,
      /The discussion is closed\. No report waits\./,
    );
    assert.equal(await next(), '/moderation');
  });

  it('can be taken on what its author has deleted, and shows none of it', async () => {
    await using all = await openModerated(dialect);
    const { ann, eve, mo } = all;
    const id = await comment(eve, 'Buy cheap stars');
    await ann.post('/report', { kind: 'comment', id, reason: 'An advertisement' });
    await eve.post(`${PAPER}/comments/${id}/delete`);
    const page = await mo.get(`/moderation/act?kind=comment&id=${id}`);
    assert.match(page.text, /By @eve , on Zebrafish networks \. Who wrote it has deleted it\./);
    assert.doesNotMatch(page.html, /cheap stars|value="hide"/);
    await mo.post('/moderation/act', { kind: 'comment', id, do: 'dismiss', reason: 'Gone' });
    assert.match((await mo.get('/moderation')).text, /Nothing waits/);
    assert.equal((await ann.get(`/report?kind=comment&id=${id}`)).status, 404);
  });

  it('to hide a comment is told to who wrote it, who can take it back', async () => {
    await using all = await openModerated(dialect);
    const { site, ann, eve, mo } = all;
    const id = await comment(eve, 'Buy *cheap* stars');
    await mo.post('/moderation/act', { kind: 'comment', id, do: 'hide', reason: 'An <advertisement>' });
    await eve.get(PAPER); // what similar papers are found with is in memory then
    site.queries.length = 0;
    const own = await eve.get(PAPER);
    assert.ok(site.queries.length <= 5, site.queries.join('\n\n'));
    assert.match(
      own.text,
      /hidden by a moderator on Jan 8, 2026 and others do not see it\. The reason: “An <advertisement>”\./,
    );
    for (const who of [site, ann, mo]) {
      const { text } = await who.get(PAPER);
      assert.match(text, /Hidden by a moderator\./);
      assert.doesNotMatch(text, /advertisement/);
    }
    const edit = `${PAPER}/comments/${id}/edit`;
    assert.ok(own.html.includes(`href="${edit}"`));
    const page = await eve.get(edit);
    assert.match(
      page.text,
      /This comment was hidden by a moderator on .*The reason: “An <advertisement>”\. .*you can delete it/,
    );
    assert.match(page.html, /<em>cheap<\/em>/);
    assert.doesNotMatch(page.html, /<textarea/);
    assert.equal((await eve.post(`${PAPER}/comments/${id}/delete`)).status, 303);
    assert.doesNotMatch((await eve.get(PAPER)).text, /hidden by a moderator/);
  });

  it('of before others read reasons keeps its own to the log', async () => {
    await using all = await openModerated(dialect);
    const { site, eve, mo } = all;
    const id = await comment(eve, 'Buy stars');
    await mo.post('/moderation/act', { kind: 'comment', id, do: 'hide', reason: 'A secret one' });
    await mo.post('/moderation/act', { kind: 'paper', id: PAPER_ID, do: 'lock', reason: 'A secret one' });
    await site.db.updateTable('moderation_log').set({ is_told: 0 }).execute();
    for (const page of [PAPER, `${PAPER}/comments/${id}/edit`])
      assert.doesNotMatch((await eve.get(page)).text, /A secret one/);
    assert.match((await eve.get(PAPER)).text, /The discussion of this paper is closed\./);
    assert.match((await mo.get('/moderation/log')).text, /A secret one/);
  });

  it('to close a discussion is told to everybody', async () => {
    await using all = await openModerated(dialect);
    const { site, eve, mo } = all;
    const id = await comment(eve, 'Again');
    await mo.post('/moderation/act', { kind: 'comment', id, do: 'lock', reason: 'It goes in <circles>' });
    assert.match(
      (await site.get(PAPER)).text,
      /The moderators have closed the discussion of this paper: “It goes in <circles>”\./,
    );
    await mo.post('/moderation/act', { kind: 'paper', id: PAPER_ID, do: 'unlock', reason: 'A new start' });
    await mo.post('/moderation/act', { kind: 'paper', id: PAPER_ID, do: 'lock', reason: 'Once more' });
    assert.match((await site.get(PAPER)).text, /closed the discussion of this paper: “Once more”/);
  });

  it('says who will read its reason, and asks for one in words that fit', async () => {
    await using all = await openModerated(dialect);
    const { eve, mo, root } = all;
    const id = await comment(eve, 'Well');
    const text = async (path: string) => (await root.get(path)).text;
    assert.match(
      await text(`/moderation/act?kind=paper&id=${PAPER_ID}`),
      /kept in the log\. Everybody reads why a discussion/,
    );
    assert.match(await text(`/moderation/act?kind=comment&id=${id}`), /Who wrote the comment reads why it is hidden/);
    assert.match(await text('/moderation/people?name=eve'), /kept in the log\. @eve reads why they are banned\./);
    await root.post('/moderation/people', { id: eve.user.id, do: 'ban', reason: 'Spam' });
    assert.match(await text('/moderation/people?name=eve'), /kept in the log\. /);
    assert.doesNotMatch(await text('/moderation/people?name=eve'), /reads why they are banned/);
    const missing = await mo.post('/moderation/people', { id: eve.user.id, do: 'unban', reason: ' ' });
    assert.match(missing.text, /The reason is missing\. Say in a sentence why\./);
  });

  it('stands in the log with its minute; who moderates and who is banned is listed', async () => {
    await using all = await openModerated(dialect);
    const { eve, mo, root } = all;
    await mo.post('/moderation/people', { id: eve.user.id, do: 'ban', reason: 'Advertising' });
    assert.match((await mo.get('/moderation/log')).text, /Jan 8, 2026, 12:00 PM UTC : @mo banned @eve : “Advertising”/);
    const { text } = await mo.get('/moderation/people');
    const chief = root.user.name;
    assert.match(
      text,
      new RegExp(`Admins @${chief} .*Moderators @mo .*Banned @eve banned, Jan 8, 2026, 12:00 PM UTC: “Advertising”`),
    );
  });

  it('to lift a ban brings back the submissions that waited, as it brings back votes', async () => {
    await using all = await openModerated(dialect);
    const { site, eve, mo } = all;
    const asked = { asked_at: site.clock.now(), any_age: 0, next_at: site.clock.now() + 1e9, attempts: 2 };
    const row = {
      paper_id: '2601.09999',
      user_id: eve.user.id,
      ...asked,
      problem: 'arXiv answered with an error (503).',
    };
    await site.db.insertInto('submission_requests').values(row).execute();
    const refused = { ...row, paper_id: '2601.09998', next_at: null, problem: 'Unknown to arXiv' };
    await site.db.insertInto('submission_requests').values(refused).execute();
    const people = { id: eve.user.id, reason: 'A test of it' };
    await mo.post('/moderation/people', { ...people, do: 'ban' });
    assert.match((await eve.get('/papers/submit')).text, /2601\.09999 : The account was banned: A test of it/);
    await mo.post('/moderation/people', { ...people, do: 'unban' });
    const { text } = await eve.get('/papers/submit');
    assert.match(text, /2601\.09999 is being fetched\./);
    assert.match(text, /2601\.09998 : Unknown to arXiv/, 'what was refused for itself stays so');
    // However long the ban was.
    await mo.post('/moderation/people', { ...people, do: 'ban', reason: 'Another' });
    await forgetRefused(site.db, site.clock.now() + 1e9);
    await mo.post('/moderation/people', { ...people, do: 'unban', reason: 'Another end' });
    const [request] = await listRequestsOf(site.db, eve.user.id);
    assert.deepEqual(
      [request?.paper_id, request?.attempts, (request?.asked_at ?? 0) > asked.asked_at],
      ['2601.09999', 0, true],
    );
  });
});
