import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { parseAuthorName } from '#papers/author-name.ts';
import { indexDue } from '#search/index-due.ts';
import { dialects } from '../database.ts';
import { makeDraft, save } from '../drafts.ts';
import { openSite } from '../site.ts';
import type { TestSite } from '../site.ts';

const names = ['Ninad Daithankar', 'Ann Lee', 'Yann LeCun', 'Emil Schrödinger'];
const drafts = [
  makeDraft(1, { title: 'Cassowaries that plan', authors: names.map(parseAuthorName) }),
  makeDraft(2, { title: 'Cassowaries of the coast' }),
  makeDraft(3, { id: 'openreview:abCDef-123', title: 'Emus at night' }),
];
const [many, other] = drafts.map(({ id }) => id);

const search = (text: string) => `/search?q=${encodeURIComponent(text)}`;

for (const dialect of dialects) {
  describe(`searches for people and papers one knows (${dialect})`, () => {
    let site: TestSite;
    before(async () => {
      site = await openSite({ dialect, starter: false });
      await save(site.db, ...drafts);
      await indexDue(site.db);
    });
    after(async () => await site[Symbol.asyncDispose]());

    const bylineOf = async (text: string, id = '') => {
      const { html } = await site.get(search(text));
      return new RegExp(`id="p-${id}".*?(<p class="byline".*?</p>)`, 's').exec(html)?.[1] ?? 'no byline';
    };

    test('the author who was looked for stands on the card and is marked, wherever among the authors', async () => {
      for (const text of ['author:lecun', 'author:"yann lecun"', 'lecun cassowaries']) {
        const byline = await bylineOf(text, many);
        assert.match(
          byline,
          /Ninad Daithankar<\/a>\s*…\s*<a href="[^"]+"><mark>Yann LeCun<\/mark><\/a>\s*et al\./,
          text,
        );
        assert.match(byline, /4 authors/);
      }
      assert.match(await bylineOf('author:lee', many), /Daithankar<\/a>,\s*<a href="[^"]+"><mark>Ann Lee</);
      assert.match(await bylineOf('cassowaries', many), /Ninad Daithankar<\/a>\s*et al\./);
      assert.doesNotMatch(await bylineOf('lecun cassowaries', other), /<mark>/);
    });

    test('an id or address among other words leads to its paper, where it is here and the only one', async () => {
      for (const text of [
        'https://arxiv.org/abs/2601.00002 coast',
        'arxiv 2601.00002',
        '2601.00002v3 cassowaries',
        'cassowaries (arXiv:2601.00002).',
      ]) {
        assert.equal((await site.get(search(text))).headers.get('location'), '/papers/2601.00002', text);
      }
      for (const text of ['2601.00001 2601.00002', '2601.00099 emus', '2601.00002 -emus', '"2601.00002" emus']) {
        assert.equal((await site.get(search(text))).status, 200, text);
      }
    });

    test('an address at OpenReview leads to its paper', async () => {
      for (const text of [
        'https://openreview.net/forum?id=abCDef-123',
        'openreview.net/pdf?id=abCDef-123',
        'https://openreview.net/forum?id=abCDef-123&noteId=x emus',
      ]) {
        assert.equal((await site.get(search(text))).headers.get('location'), '/papers/openreview%3AabCDef-123', text);
      }
    });
  });
}
