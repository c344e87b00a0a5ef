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
});
