import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { indexPapers } from '#search/index-papers.ts';
import { dialects } from '../database.ts';
import { makeDraft, save } from '../drafts.ts';
import { openSite } from '../site.ts';
import type { TestSite } from '../site.ts';

const drafts = [
  makeDraft(1, {
    title: 'Reinforcement learning from human feedback',
    abstract: 'Agents are trained with rewards that people give for what they do.',
  }),
  makeDraft(2, {
    title: 'Policy gradients for agents that explore',
    abstract: 'A policy is improved by reinforcement learning until it reaches the highest return.',
  }),
  makeDraft(3, {
    title: 'Galaxies at high redshift',
    abstract: 'Spectra of distant galaxies show how stars formed in the early universe.',
  }),
  makeDraft(4, {
    title: 'Walking robots',
    abstract: 'Legged robots learn locomotion over rough terrain by reinforcement learning.',
  }),
];
const [feedback, policy, galaxies, robots] = drafts.map(({ id }) => id);

for (const dialect of dialects) {
  describe(`search pages by the vectors of the shipped model (${dialect})`, () => {
    let site: TestSite;
    before(async () => {
      site = await openSite({ dialect, starter: false });
      await save(site.db, ...drafts);
      await indexPapers(site.app);
    });
    after(async () => await site[Symbol.asyncDispose]());

    /** What the page says of all papers, and of each why it was found. */
    const search = async (text: string) => {
      const { html, text: said } = await site.get(`/search?q=${encodeURIComponent(text)}`);
      const cards = [...html.matchAll(/<article[^>]* id="p-([^"]+)".*?<\/article>/gs)];
      const why = new Map(cards.map(([card, id]) => [id, /class="why">([^<]*)</.exec(card)?.[1]]));
      return { said, why };
    };

    test('a paper that has the words and is close to them was found by both, one that only has them by words', async () => {
      const { said, why } = await search('reinforcement learning');
      assert.match(said, /3 papers have all of these words/);
      assert.deepEqual(
        [feedback, policy, robots, galaxies].map((id) => why.get(id)),
        ['Found by words and meaning', 'Found by words and meaning', 'Found by words', undefined],
      );
      assert.equal(why.size, 3);
    });

    test('after those that have the word come those that are close to it in meaning, and say so', async () => {
      const { said, why } = await search('rewards');
      assert.match(said, /1 paper has this word/);
      assert.deepEqual(
        [...why],
        [
          [feedback, 'Found by words and meaning'],
          [policy, 'Found by meaning'],
        ],
      );
    });

    test('where no paper has the words, the closest by meaning are shown and called so', async () => {
      const { said, why } = await search('quadruped gait');
      assert.match(said, /No paper has all of these words\. Closest by meaning:/);
      assert.deepEqual([...why], [[robots, 'Found by meaning']]);
    });

    test('where none is close either, papers with some of the words are called nothing more', async () => {
      const { said, why } = await search('pancake rough trapeze');
      assert.match(said, /No paper has all of these words\. These have some of them:/);
      assert.deepEqual([...why], [[robots, 'Found by words, without “pancake”, “trapeze”']]);
    });

    test('where nothing has a word and nothing is close, the page says both', async () => {
      for (const nonsense of ['pancake trapeze', 'asdkfj qwoeiru']) {
        const { said, why } = await search(nonsense);
        assert.match(said, /No paper has any of these words, or is close to them in meaning\./);
        assert.equal(why.size, 0);
      }
    });
  });
}
