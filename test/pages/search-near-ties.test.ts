import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { indexPapers } from '#search/index-papers.ts';
import { dialects } from '../database.ts';
import { makeDraft, save } from '../drafts.ts';
import { openSite } from '../site.ts';

const same = { title: 'Quokka networks', abstract: 'We study them.' };
const drafts = [
  makeDraft(1, same),
  makeDraft(2, same),
  makeDraft(3, { ...same, publishedOn: '2019-01-05' }),
  makeDraft(4, { ...same, withdrawn: true, comments: 'This paper has been withdrawn.' }),
];
const [first, second, old, withdrawn] = drafts.map(({ id }) => id);

for (const dialect of dialects) {
  describe(`equally good papers on a search page (${dialect})`, () => {
    test('stand by date and votes, withdrawn ones last; a vote counts within a minute', async () => {
      await using site = await openSite({ dialect, starter: false });
      // Each with authors of its own, so that they are four works.
      await save(site.db, ...drafts);
      await indexPapers(site.app);
      const order = async () => {
        const { html } = await site.get('/search?q=quokka+network');
        return [...html.matchAll(/<article[^>]* id="p-([^"]+)"/g)].map(([, id]) => id);
      };
      assert.deepEqual(await order(), [second, first, old, withdrawn]);
      const reader = await site.signIn('ann@example.org');
      assert.equal((await reader.post(`/papers/${first}/upvote`, { voted: '1' })).status, 303);
      site.clock.advance(60_000);
      // This one finds the votes a minute old, and has them read beside it.
      await order();
      const patience = Date.now() + 10_000;
      while ((await order())[0] === second && Date.now() < patience) await delay(10);
      assert.deepEqual(await order(), [first, second, old, withdrawn]);
    });
  });
}
