/** Who may do less: the banned and the new; and who may do more. */

import assert from 'node:assert/strict';
import { it } from 'node:test';
import { onEachDatabase } from '../database.ts';
import { comment, openModerated, PAPER } from './moderated.ts';

onEachDatabase('what an account may do', (_open, dialect) => {
  it('bans an account, which can read, export and leave, and is told why', async () => {
    await using all = await openModerated(dialect);
    const { eve, mo } = all;
    const { id } = eve.user;
    await mo.post('/moderation/people', { id, do: 'ban', reason: 'Advertising' });
    for (const [path, fields] of [
      [`${PAPER}/upvote`, { voted: '1' }],
      [`${PAPER}/comments`, { body: 'x' }],
      ['/papers/submit', { paper: '2601.00001' }],
      ['/report', { kind: 'paper', id: '2601.00001', reason: 'x' }],
    ] as const) {
      const answer = await eve.post(path, fields, { Accept: 'application/json' });
      assert.equal(answer.status, 403, path);
      assert.match(answer.text, /banned: it can read, but not write\. The reason given: “Advertising”/, path);
    }
    const sentence = /banned: it can read, but not write\. The reason given: “Advertising”/g;
    const voted = await eve.post(`${PAPER}/upvote`, { voted: '1' });
    assert.match(voted.text, /Your account is banned, for the reason “Advertising”, so nothing was changed\./);
    for (const page of [await eve.get(PAPER), await eve.get('/papers/submit'), await eve.get('/'), voted])
      assert.equal(page.text.match(sentence)?.length, 1, 'once, above everything');
    assert.equal((await eve.get('/settings/export.json')).status, 200);
    assert.equal((await eve.get('/settings/delete')).status, 200);
    await mo.post('/moderation/people', { id, do: 'unban', reason: 'Regrets it' });
    await comment(eve, 'Sorry');
  });

  it('lets admins say who moderates, but not leave the site without an admin', async () => {
    await using all = await openModerated(dialect);
    const { ann, mo, root } = all;
    await root.post('/moderation/people', { id: ann.user.id, do: 'make moderator', reason: 'She asked' });
    assert.equal((await ann.get('/moderation')).status, 200);
    const last = await root.post('/moderation/people', { id: root.user.id, do: 'make reader', reason: 'Tired' });
    assert.equal(last.status, 409);
    assert.match(last.text, /the only admin/);
    assert.equal((await root.post('/moderation/people', { id: root.user.id, do: 'ban', reason: 'x' })).status, 409);
    assert.match((await mo.get('/moderation/log')).text, /@reader-root made @ann a moderator: “She asked”/);
  });

  it('lets new accounts put two links into a comment, and keeps what they wrote', async () => {
    await using all = await openModerated(dialect);
    const young = await all.site.signIn('young@example.org');
    const body = 'See https://a.example, http://b.example and [c](https&#58;//c.example)';
    const refused = await young.post(`${PAPER}/comments`, { body });
    assert.match(refused.text, /New accounts can put 2 links into a comment, and this one has 3\./);
    assert.match(refused.html, /c\.example/);
    await comment(all.eve, body);
    const few = 'See https://a.example and http://b.example';
    const edits = `${PAPER}/comments/${await comment(young, few)}/edit`;
    const edited = await young.post(edits, { body });
    assert.match(edited.text, /this one has 3\./);
    assert.match(edited.html, /c\.example/);
  });
});
