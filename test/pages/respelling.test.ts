import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { indexDue } from '#search/index-due.ts';
import { dialects } from '../database.ts';
import { makeDraft, save } from '../drafts.ts';
import { openSite } from '../site.ts';
import type { TestSite } from '../site.ts';

const drafts = Array.from({ length: 6 }, (_, at) =>
  makeDraft(at + 1, { title: `Part ${at + 1}`, abstract: 'AlphaEvolve and other models hallucinate.' }),
);

for (const dialect of dialects) {
  describe(`searches spelt otherwise than papers (${dialect})`, () => {
    let site: TestSite;
    before(async () => {
      site = await openSite({ dialect, starter: false });
      await save(site.db, ...drafts);
      await indexDue(site.db);
    });
    after(async () => await site[Symbol.asyncDispose]());

    test('a slip finds what was meant, marked, and the page says so and offers what was typed', async () => {
      const { html, text } = await site.get('/search?q=models+halucinate+sort%3Anew');
      assert.match(text, /6 papers have all of these words/);
      assert.match(text, /Looked for hallucinate ?, as papers spell it\. Search for halucinate instead/);
      assert.match(html, /<mark>hallucinate<\/mark>/);
      assert.match(html, /href="\/search\?q=models(?:\+|%20)%22halucinate%22(?:\+|%20)sort(?:%3A|:)new"/);
      // The box keeps what was typed.
      assert.match(html, /value="models halucinate sort:new"/);
    });

    test('in quotation marks it is looked for as it is', async () => {
      const { text } = await site.get('/search?q=models+%22halucinate%22');
      assert.doesNotMatch(text, /Looked for/);
      assert.match(text, /No paper has this phrase/);
    });

    test('words that papers write together are found', async () => {
      const { html, text } = await site.get('/search?q=alpha+evolve');
      assert.match(text, /6 papers have this word/);
      assert.match(html, /<mark>AlphaEvolve<\/mark>/);
    });
  });
}
