import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { indexDue } from '#search/index-due.ts';
import { dialects } from '../database.ts';
import { makeDraft, save } from '../drafts.ts';
import { openSite } from '../site.ts';
import type { TestSite } from '../site.ts';

const drafts = [
  makeDraft(1, { title: 'Numbats and quokkas', publishedOn: '2025-03-01' }),
  makeDraft(2, { title: 'Numbats alone', categories: ['q-bio.PE'] }),
  makeDraft(3, { title: 'Numbats again', publishedOn: '2024-05-05' }),
];

const search = (text: string, more = '') => `/search?q=${encodeURIComponent(text)}${more}`;

for (const dialect of dialects) {
  describe(`what a search says of itself (${dialect})`, () => {
    let site: TestSite;
    before(async () => {
      site = await openSite({ dialect, starter: false });
      await save(site.db, ...drafts);
      await indexDue(site.db);
    });
    after(async () => await site[Symbol.asyncDispose]());

    test('ways to narrow down are counted only where papers have all of the words', async () => {
      const counts = (html: string) => [...html.matchAll(/class="count"/g)].length;
      assert.ok(counts((await site.get(search('numbats'))).html) > 0);
      const close = await site.get(search('numbats submarines'));
      assert.match(close.html, /class="facets"/);
      assert.equal(counts(close.html), 0);
      const chosen = await site.get(search('numbats submarines year:2024'));
      assert.match(chosen.html, /class="count"[^>]*>×</);
    });

    test('the box takes a whole abstract, which is offered as a text to find papers like', async () => {
      const { html } = await site.get('/search');
      const most = Number(/name="q"[^>]*maxlength="(\d+)"/.exec(html)?.[1]);
      assert.ok(most >= 1920, `${most} characters, and abstracts of arXiv have up to 1,920`);
      const page = await site.get(search('word '.repeat(most / 5).trim()));
      assert.match(page.text, /too long to search for/);
      assert.match(page.text, /Find papers like this text/);
      const offers = await site.get(`/search/suggest?q=${'word+'.repeat(most / 5)}`);
      assert.ok(offers.status === 200 || offers.status === 400, `${offers.status}`);
    });
  });
}
