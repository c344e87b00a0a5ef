/** Reports, decisions, and the log that keeps them. */

import assert from 'node:assert/strict';
import { it } from 'node:test';
import { onEachDatabase } from '../database.ts';
import { comment, openModerated, PAPER } from './moderated.ts';

onEachDatabase('moderation', (_open, dialect) => {
  it('goes from a report over the queue to a decision, which the log keeps', async () => {
    await using all = await openModerated(dialect);
    const { site, ann, eve, mo } = all;
    const id = await comment(eve, 'Buy cheap stars now');
    assert.match((await ann.get(PAPER)).html, new RegExp(`href="/report\\?kind=comment&amp;id=${id}"`));
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
    assert.match(
      (await mo.get('/moderation')).text,
      /A comment by @eve on Zebrafish networks Buy cheap stars now “An <advertisement>, again” @ann/,
    );
    assert.match((await site.get(PAPER)).text, /1 comment .*Buy cheap stars/);
    const act = { kind: 'comment', id };
    site.queries.length = 0;
    const deciding = (await mo.get(`/moderation/act?kind=comment&id=${id}`)).text;
    assert.match(deciding, /By @eve , on .*Buy cheap stars now .*“An <advertisement>, again” @ann, Jan 8, 2026/);
    assert.ok(site.queries.length <= 5, site.queries.join('\n'));
    assert.equal((await mo.post('/moderation/act', { ...act, do: 'hide', reason: '' })).status, 422);
    assert.equal((await mo.post('/moderation/act', { ...act, do: 'hide', reason: 'Advertisement' })).status, 303);
    const after = await site.get(PAPER);
    assert.doesNotMatch(after.text, /Buy cheap stars|1 comment /);
    assert.match(after.text, /Hidden by a moderator/);
    assert.match((await mo.get(PAPER)).text, /Hidden by a moderator\. Look at it/);
    assert.match(
      (await mo.get(`/moderation/act?kind=comment&id=${id}`)).text,
      /It is hidden\..*Buy cheap stars.*again” @ann, .*; decided by @mo, Jan 8, 2026/,
    );
    assert.match((await mo.get('/moderation')).text, /Nothing waits/);
    await mo.post('/moderation/act', { ...act, do: 'unhide', reason: 'A joke after all' });
    assert.match((await site.get(PAPER)).text, /1 comment .*Buy cheap stars/);
    const log = (await mo.get('/moderation/log')).text;
    assert.match(
      log,
      /@mo brought back a comment by @eve on Zebrafish networks : “A joke after all”.*@mo hid a comment by @eve on Zebrafish networks : “Advertisement”/,
    );
  });

  it('names nobody whose account is deleted', async () => {
    await using all = await openModerated(dialect);
    const { ann, eve, mo } = all;
    const id = await comment(eve, 'Buy cheap stars now');
    const act = { kind: 'comment', id, reason: 'An advertisement' };
    await ann.post('/report', act);
    await mo.post('/moderation/people', { id: eve.user.id, do: 'ban', reason: 'Advertising' });
    for (const person of [ann, eve]) await person.post('/settings/delete', { name: person.user.name });
    assert.match((await mo.get('/moderation')).text, /“An advertisement” deleted account [0-9a-f]{4}, Jan 8, 2026/);
    assert.match(
      (await mo.get(`/moderation/act?kind=comment&id=${id}`)).text,
      /By deleted account [0-9a-f]{4}, on .*“An advertisement” deleted account [0-9a-f]{4}/,
    );
    await mo.post('/moderation/act', { ...act, do: 'hide' });
    const log = await mo.get('/moderation/log');
    assert.match(
      log.text,
      /@mo hid a comment by deleted account [0-9a-f]{4} on Zebrafish networks : “An advertisement”/,
    );
    const [, mark] = /@mo banned deleted account ([0-9a-f]{4}): “Advertising”/.exec(log.text) ?? [];
    assert.ok(
      log.text.includes(`by deleted account ${mark} on Zebrafish networks : “An advertisement”`),
      'two of them can be told apart',
    );
    assert.match(
      (await mo.get('/moderation/people')).text,
      new RegExp(`Banned deleted account ${mark} banned, Jan 8, 2026, .* and left, Jan 8, 2026, [^“]*: “Advertising”`),
    );
    assert.doesNotMatch(log.text, /deleted-/);
  });

  it('is closed to readers, in every form', async () => {
    await using all = await openModerated(dialect);
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
    assert.equal((await site.get(PAPER)).status, 200);
    const promote = { id: ann.user.id, do: 'make admin', reason: 'x' };
    assert.equal((await ann.post('/moderation/people', promote)).status, 403);
    assert.equal((await mo.post('/moderation/people', promote)).status, 403, 'only admins change roles');
    assert.equal((await mo.post('/moderation/people', { id: root.user.id, do: 'ban', reason: 'x' })).status, 403);
    assert.doesNotMatch((await mo.get('/moderation/people?name=ann')).html, /make admin/);
  });

  it('answers the reports of the comment over which somebody is banned or a discussion closed, and the log names it', async () => {
    await using all = await openModerated(dialect);
    const { ann, eve, mo } = all;
    for (const [wanted, said] of [
      ['lock', 'closed the discussion of Zebrafish networks over a comment : “It is one”'],
      ['ban', 'banned @eve over a comment on Zebrafish networks : “It is one”'],
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
    await using all = await openModerated(dialect);
    const { eve, mo, root } = all;
    const [own, chief, other] = [await comment(mo, 'Mine'), await comment(root, 'Hers'), await comment(eve, 'His')];
    const offered = async (who: typeof mo, id: string) =>
      /value="ask ban"/.test((await who.get(`/moderation/act?kind=comment&id=${id}`)).html);
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

  it('asks once more before somebody is banned, with what was typed, and bans nobody meanwhile', async () => {
    await using all = await openModerated(dialect);
    const { site, eve, mo } = all;
    const id = await comment(eve, 'Buy cheap stars');
    const banned = async () =>
      (await site.db.selectFrom('users').select('banned_at').where('id', '=', eve.user.id).executeTakeFirst())
        ?.banned_at !== null;
    for (const [path, fields, back] of [
      ['/moderation/act', { kind: 'comment', id }, `/moderation/act?kind=comment&amp;id=${id}`],
      ['/moderation/people', { id: eve.user.id }, '/moderation/people?name=eve'],
    ] as const) {
      const empty = await mo.post(path, { ...fields, do: 'ask ban', reason: '' });
      assert.equal(empty.status, 422);
      const asked = await mo.post(path, { ...fields, do: 'ask ban', reason: 'An <advertisement>' });
      assert.equal(asked.status, 200);
      assert.match(asked.text, /Ban @eve\? They can read, export their data and leave, but write nothing any more/);
      assert.match(asked.html, /An &lt;advertisement&gt;<\/textarea>/);
      assert.ok(asked.html.includes(`<a href="${back}">Do not ban</a>`), path);
      assert.deepEqual(
        [...asked.html.matchAll(/name="do" value="([^"]*)"/g)].map(([, value]) => value),
        ['ban'],
      );
      const json = await mo.post(path, { ...fields, do: 'ask ban', reason: 'x' }, { Accept: 'application/json' });
      assert.equal(json.status, 400);
      assert.match(json.text, /do=ban bans/);
      assert.equal(await banned(), false);
      const sent = Object.fromEntries(
        [...asked.html.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)].map(([, name, value]) => [
          name,
          value,
        ]),
      );
      assert.equal((await mo.post(path, { ...sent, do: 'ban', reason: 'An <advertisement>' })).status, 303);
      assert.equal(await banned(), true);
      // Of who is banned there is nothing to ask.
      assert.equal((await mo.post(path, { ...fields, do: 'ask ban', reason: 'Again' })).status, 409);
      await mo.post('/moderation/people', { id: eve.user.id, do: 'unban', reason: `Regrets it ${path}` });
    }
    assert.equal((await eve.post('/moderation/act', { kind: 'comment', id, do: 'ask ban', reason: 'x' })).status, 403);
  });

  it('has names in its log that lead to people, and says whose a comment was that is deleted', async () => {
    await using all = await openModerated(dialect);
    const { ann, eve, mo } = all;
    const id = await comment(eve, 'Buy cheap stars');
    await ann.post('/report', { kind: 'comment', id, reason: 'An advertisement' });
    await eve.post(`${PAPER}/comments/${id}/delete`);
    await mo.post('/moderation/act', { kind: 'comment', id, do: 'dismiss', reason: 'Gone' });
    const { html, text } = await mo.get('/moderation/log');
    assert.match(text, /@mo dismissed the reports on a comment by @eve on Zebrafish networks : “Gone”/);
    for (const name of ['mo', 'eve']) assert.ok(html.includes(`<a href="/users/${name}">@${name}</a>`), name);
  });

  it('closes a discussion and opens it again', async () => {
    await using all = await openModerated(dialect);
    const { ann, eve, mo } = all;
    const id = await comment(eve, 'A first word');
    await ann.post(`${PAPER}/comments/${id}/react`, { on: 'agree' });
    assert.match((await eve.get(PAPER)).text, /A first word .*React .*Reply .*Edit/);
    const act = { kind: 'paper', id: '2601.00001', reason: 'It goes in circles' };
    await mo.post('/moderation/act', { ...act, do: 'lock' });
    const closed = await eve.get(PAPER);
    assert.match(
      closed.text,
      /A first word .*agree 1 .*Delete .*The moderators have closed the discussion of this paper: “It goes in circles”/,
    );
    assert.doesNotMatch(closed.text, /React |Reply |Edit /);
    for (const [path, fields] of [
      ['', { body: 'But' }],
      [`/${id}/edit`, { body: 'A first word, and a second' }],
      [`/${id}/react`, { on: 'bravo' }],
    ] as const)
      assert.equal((await eve.post(`${PAPER}/comments${path}`, fields, { Accept: 'application/json' })).status, 403);
    const mine = (await eve.get(`${PAPER}/comments/${id}/edit`)).html;
    assert.match(mine, /Delete for good/);
    assert.doesNotMatch(mine, /<textarea/);
    assert.equal((await ann.post(`${PAPER}/comments/${id}/react`, { off: 'agree' })).status, 303);
    await mo.post('/moderation/act', { ...act, do: 'unlock' });
    await comment(eve, 'But');
  });
});
