/** What a moderator decides by: what was said and when, who said it, and how it was with them before. */

import assert from 'node:assert/strict';
import { it } from 'node:test';
import { onEachDatabase } from '../database.ts';
import { comment, openModerated, PAPER, PAPER_ID } from './moderated.ts';

onEachDatabase('a moderator', (_open, dialect) => {
  it('reads the history of what is hidden, comment or paper, and others do not', async () => {
    await using all = await openModerated(dialect);
    const { site, ann, eve, mo } = all;
    const id = await comment(eve, 'You are all rude');
    const path = `${PAPER}/comments/${id}`;
    await eve.post(`${path}/edit`, { body: 'You are all nice' });
    for (const [kind, target] of [
      ['comment', id],
      ['paper', PAPER_ID],
    ] as const) {
      const act = { kind, id: target, reason: 'Rude' };
      await mo.post('/moderation/act', { ...act, do: 'hide' });
      assert.match((await mo.get(`${path}/history`)).text, /Edited once .*all nice .*all rude/, kind);
      for (const who of [site, ann, eve]) {
        const page = await who.get(`${path}/history`);
        assert.equal(page.status, 404, kind);
        assert.doesNotMatch(page.text, /rude|nice/);
      }
      await mo.post('/moderation/act', { ...act, do: 'unhide' });
    }
    assert.match((await site.get(`${path}/history`)).text, /Edited once .*all nice .*all rude/);
  });

  it('is not told again of a comment that is hidden already', async () => {
    await using all = await openModerated(dialect);
    const { ann, eve, mo } = all;
    const id = await comment(eve, 'Buy cheap stars');
    await mo.post('/moderation/act', { kind: 'comment', id, do: 'hide', reason: 'Spam' });
    assert.equal((await ann.get(`/report?kind=comment&id=${id}`)).status, 404);
    const late = await ann.post('/report', { kind: 'comment', id, reason: 'It is spam' });
    assert.equal(late.status, 404);
    assert.match(late.text, /This comment was hidden by a moderator\..*It is spam/);
    assert.match((await mo.get('/moderation')).text, /Nothing waits/);
    await mo.post('/moderation/act', { kind: 'comment', id, do: 'unhide', reason: 'A joke' });
    assert.equal((await ann.post('/report', { kind: 'comment', id, reason: 'It is spam' })).status, 303);
    assert.match((await mo.get('/moderation')).text, /Reports \(1\)/);
  });

  it('sees what a comment said when it was reported, and when it said what', async () => {
    await using all = await openModerated(dialect);
    const { site, ann, eve, mo, root } = all;
    const id = await comment(eve, 'You are all *idiots*');
    const edit = async (body: string) => {
      site.clock.advance(60_000);
      await eve.post(`${PAPER}/comments/${id}/edit`, { body });
      site.clock.advance(60_000);
    };
    const act = `/moderation/act?kind=comment&id=${id}`;
    const said = async () => (await mo.get(act)).text;
    assert.match(await said(), /Written Jan 8, 2026, 12:\d\d PM UTC , and not edited\. You are all idiots/);
    await ann.post('/report', { kind: 'comment', id, reason: 'This is rude' });
    await edit('You are all in error');
    await edit('I see it otherwise');
    await root.post('/report', { kind: 'comment', id, reason: 'It was rude' });
    const time = 'Jan 8, 2026, 12:\\d\\d PM UTC';
    const expected = new RegExp(
      `What it says now, since ${time} when @reader-root reported it I see it otherwise ` +
        `From ${time} until ${time} You are all in error ` +
        `From ${time} until ${time} when @ann reported it You are all idiots Read it in its place · Its history`,
    );
    assert.match(await said(), expected);
    const page = await mo.get(act);
    assert.match(page.html, /<em>idiots<\/em>/);
    assert.ok(page.html.includes(`<a href="${PAPER}/comments/${id}">`), 'leads to the comment');
    assert.ok(page.html.includes(`<a href="${PAPER}/comments/${id}/history">`));
    assert.match(
      (await mo.get('/moderation')).text,
      /A comment by @eve on Zebrafish networks I see it otherwise “This is rude” @ann, [^;“]*; edited since “It was rude” @reader-root, [^;“]*UTC [^;]*$/,
    );
    await mo.post('/moderation/act', { kind: 'comment', id, do: 'hide', reason: 'Rude' });
    assert.match(await said(), expected, 'of what is hidden, too');
    await eve.post(`${PAPER}/comments/${id}/delete`);
    assert.doesNotMatch(await said(), /idiots|in error|otherwise/, 'what its author deletes is gone');
  });

  it('sees long texts as far as they fit, those that were reported before others', async () => {
    await using all = await openModerated(dialect);
    const { site, ann, eve, mo } = all;
    const id = await comment(eve, `First ${'x'.repeat(9_900)}`);
    await ann.post('/report', { kind: 'comment', id, reason: 'Too long' });
    for (const word of ['Second', 'Third', 'Fourth', 'Fifth']) {
      site.clock.advance(60_000);
      await eve.post(`${PAPER}/comments/${id}/edit`, { body: `${word} ${'x'.repeat(9_900)}` });
    }
    const { text } = await mo.get(`/moderation/act?kind=comment&id=${id}`);
    assert.match(text, /Fifth .*Fourth .*when @ann reported it First .*Its history, with 2 more/);
    assert.doesNotMatch(text, /Second|Third/);
  });

  it('sees what is answered, who wrote it, and how it was with them before, in five queries', async () => {
    await using all = await openModerated(dialect);
    const { site, ann, eve, mo, root } = all;
    const top = await comment(ann, 'Does **anybody** know why?');
    const answer = async (body: string) => {
      const sent = await eve.post(`${PAPER}/comments`, { body, replyTo: top });
      return (sent.headers.get('location') ?? '').split('/').at(-1) ?? '';
    };
    const first = await answer('Buy stars');
    const seen = async (id: string) => {
      site.queries.length = 0;
      const { text } = await mo.get(`/moderation/act?kind=comment&id=${id}`);
      assert.ok(site.queries.length <= 5, site.queries.join('\n\n'));
      return text;
    };
    assert.match(
      await seen(first),
      /Account made Jan 1, 1970, \d+ days ago, 1 comment\. No other comment of theirs was reported, and nothing decided about them\. In answer to @ann : “Does anybody know why\?”/,
    );
    await ann.post('/report', { kind: 'comment', id: first, reason: 'Spam' });
    await root.post('/report', { kind: 'comment', id: first, reason: 'Spam' });
    assert.match(await seen(first), /No other comment of theirs was reported/);
    await mo.post('/moderation/act', { kind: 'comment', id: first, do: 'hide', reason: 'Advertising' });
    const second = await answer('Buy more stars');
    assert.match(
      await seen(second),
      /2 comments\. Before: 2 reports on 1 other comment; hidden once\. Last, Jan 8, 2026, hidden: “Advertising”\./,
    );
    await mo.post('/moderation/act', { kind: 'comment', id: second, do: 'ban', reason: 'A shop' });
    assert.match(
      await seen(second),
      /banned Jan 8, 2026, 2 comments\. .*hidden once, banned once\. Last, .*banned: “A shop”/,
    );
    await mo.post('/moderation/act', { kind: 'comment', id: top, do: 'hide', reason: 'Bait' });
    assert.match(await seen(second), /In answer to @ann , whose comment was hidden by a moderator\./);
    assert.match(
      await seen(top),
      /No other comment of theirs was reported/,
      'what there was with others is not theirs',
    );
  });
});
