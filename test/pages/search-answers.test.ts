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

    test('a search that found nothing says which conditions are to blame', async () => {
      const cases: [typed: string, said: RegExp][] = [
        ['after:2026 before:2025', /No day is in both after:2026 and before:2025\. Take one of them away\./],
        ['author:li -author:li', /author:li and -author:li exclude each other/],
        ['numbats author:"ada nobody"', /No paper here has author:"ada nobody"\./],
        ['org:nowhere has:code', /No paper here has org:nowhere\./],
        ['year:1999', /No paper meets all of these conditions\. Take some of them away/],
      ];
      for (const [text, said] of cases) {
        const page = await site.get(search(text));
        assert.match(page.text, said, text);
        assert.doesNotMatch(page.html, /<p><\/p>/, text);
      }
    });

    test('what can never match is not offered to be followed', async () => {
      const offered = /Follow this search|Mail me new matches|search\.atom/;
      for (const text of ['after:2026 before:2025', '(', 'author:li -author:li']) {
        assert.doesNotMatch((await site.get(search(text))).html, offered, text);
      }
      for (const text of ['numbats', 'year:1999', 'author:nobody']) {
        assert.match((await site.get(search(text))).html, offered, text);
      }
    });

    test('an empty page mark is none, and a refused one leads to the first page of the same search', async () => {
      assert.match((await site.get(search('numbats', '&after='))).text, /3 papers have this word/);
      const mark = /after=([^"&]+)/.exec((await site.get('/search?q=sort:new')).html)?.[1] ?? 'm.1.0.AQ';
      const refused = await site.get(search('numbats sort:new', `&after=${mark}`));
      assert.equal(refused.status, 400);
      const first = /href="(\/search[^"]*)">\s*See the first page/.exec(refused.html)?.[1]?.replaceAll('&amp;', '&');
      assert.match((await site.get(first ?? '/none')).text, /3 papers have this word/);
    });

    test('a year that is chosen and taken away leaves the dates that were typed', async () => {
      const link = (html: string, label: RegExp) =>
        [...html.matchAll(/<a href="(\/search[^"]*)"[^>]*>(.*?)<\/a>/gs)]
          .find(([, , inside = '']) => label.test(inside.replaceAll(/<[^>]+>/g, '').trim()))?.[1]
          ?.replaceAll('&amp;', '&') ?? '/none';
      const typed = await site.get(search('numbats after:2024-02 before:2027'));
      const chosen = await site.get(link(typed.html, /^2024/));
      assert.match(chosen.text, /1 paper has this word/);
      const again = await site.get(link(chosen.html, /^Remove 2024/));
      assert.match(again.text, /after:2024-02 before:2027|after:2024-02.*before:2027/s);
    });

    test('what could not be read is told, and what was done instead', async () => {
      const cases: [typed: string, said: RegExp][] = [
        [
          'title:numbats',
          /title:numbats is not known here: .*So “numbats” is looked for as text\..*3 papers have this word/s,
        ],
        ['numbats category:foo', /category:foo is not a category.*So “foo” is looked for as text/s],
        ['numbats after:2025-13', /after:2025-13 is not a date.*It is left out\..*3 papers have this word/s],
        ['numbats NOT quokkas', /NOT is a word like any other here\. Write -word/],
        ['"numbats quokkas', /one by one.*1 paper has all of these words/s],
      ];
      for (const [text, said] of cases) assert.match((await site.get(search(text))).text, said, text);
    });

    test('where the words looked for are those left out, the page says so', async () => {
      const said = /No paper has all of these words, since -numbats leaves them out\./;
      await save(site.db, makeDraft(4, { title: 'Quokkas by themselves' }));
      await indexDue(site.db);
      assert.match((await site.get(search('quokkas numbats -numbats'))).text, said);
      assert.doesNotMatch((await site.get(search('quokkas submarines -numbats'))).text, /leaves them out/);
    });
  });
}
