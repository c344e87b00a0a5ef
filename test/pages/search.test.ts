import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { indexDue } from '#search/index-due.ts';
import { dialects } from '../database.ts';
import { makeDraft, save } from '../drafts.ts';
import { openSite } from '../site.ts';
import type { Page, TestSite } from '../site.ts';

const LONG_ABSTRACT = `${'Nothing to see in this sentence of many words. '.repeat(12)}Only here we study quokkas in the wild, where $x_1 < y$ holds. ${'And it goes on for a while after that. '.repeat(6)}`;

/** They have no vectors: what is found by meaning is in `search-by-meaning.test.ts`. */
const drafts = [
  makeDraft(1, { title: 'Numbats and <b>Quokkas</b>', abstract: LONG_ABSTRACT, publishedOn: '2025-03-01' }),
  makeDraft(2, {
    title: 'Numbats alone',
    abstract: 'They are rare.',
    categories: ['q-bio.PE'],
    codeUrl: 'https://github.com/a/b',
  }),
  makeDraft(3, { title: 'Numbats of $\\alpha$-type', abstract: 'Also rare.', publishedOn: '2024-05-05' }),
];
const [both, alone, typed] = drafts.map(({ id }) => id);

const search = (text: string, more = '') => `/search?q=${encodeURIComponent(text.toWellFormed())}${more}`;
const idsOf = ({ html }: Page) => [...html.matchAll(/<article[^>]* id="p-([^"]+)"/g)].map(([, id]) => id);
const cardOf = ({ html }: Page, id = '') =>
  new RegExp(`id="p-${id.replace('.', '\\.')}".*?</article>`, 's').exec(html)?.[0] ?? '';
/** The address of the link whose text begins like this. */
const linkTo = ({ html }: Page, label: string) => {
  const links = [...html.matchAll(/<a [^>]*href="([^"]+)"[^>]*>(.*?)<\/a>/gs)];
  const found = links.find(([, , inside = '']) =>
    inside
      .replaceAll(/<[^>]+>/g, '')
      .trim()
      .startsWith(label),
  );
  return found?.[1]?.replaceAll('&amp;', '&').replaceAll('&quot;', '"') ?? `no link ${label}`;
};

for (const dialect of dialects) {
  describe(`search pages (${dialect})`, () => {
    let site: TestSite;
    before(async () => {
      site = await openSite({ dialect, starter: false });
      await save(site.db, ...drafts);
      await indexDue(site.db);
    });
    after(async () => await site[Symbol.asyncDispose]());

    test('what was looked for is marked, in the title inside its tags and in the passage that has it', async () => {
      const page = await site.get(search('quokkas'));
      assert.deepEqual(idsOf(page)[0], both);
      const card = cardOf(page, both);
      assert.match(card, /&lt;b&gt;<mark>Quokkas<\/mark>&lt;\/b&gt;/);
      assert.match(card, /<span class="before">Nothing to see.*<\/span>\s*<span>[^<]*<mark>quokkas<\/mark>/s);
      assert.match(card, /<math/);
    });

    test('a page says how many papers have the words', async () => {
      assert.match((await site.get(search('numbats'))).text, /3 papers have this word/);
      assert.match((await site.get(search('numbats quokkas'))).text, /1 paper has all of these words/);
      assert.match(
        (await site.get(search('numbats submarines'))).text,
        /No paper has all of these words\. These have some of them:/,
      );
      assert.match((await site.get(search('category:cs.LG'))).text, /All papers 2 papers/);
    });

    test('each card says why it was found', async () => {
      assert.match(cardOf(await site.get(search('quokkas')), both), /class="why">Found by words</);
      assert.match(
        cardOf(await site.get(search('numbats submarines')), alone),
        /class="why">Found by words, without “submarines”</,
      );
      assert.doesNotMatch((await site.get(search('category:cs.LG'))).html, /class="why"/);
    });

    test('facets add a filter, chips take it away', async () => {
      const all = await site.get(search('numbats'));
      const narrowed = await site.get(linkTo(all, 'q-bio.PE'));
      assert.deepEqual(idsOf(narrowed), [alone]);
      assert.match(narrowed.html, /<h1[^>]*>numbats<\/h1>/);
      assert.match(narrowed.text, /Remove category:q-bio\.PE/);
      assert.equal(idsOf(await site.get(linkTo(narrowed, 'Remove category:q-bio.PE'))).length, 3);
      const year = await site.get(linkTo(all, '2024'));
      assert.deepEqual(idsOf(year), [typed]);
      assert.equal(idsOf(await site.get(linkTo(year, 'Remove 2024'))).length, 3);
    });

    test('the order can be chosen', async () => {
      const newest = await site.get(linkTo(await site.get(search('numbats')), 'Newest'));
      assert.deepEqual(idsOf(newest), [alone, both, typed]);
      assert.match(newest.html, /aria-current="true"[^>]*>Newest/);
    });

    test('an order alone asks for all papers', async () => {
      const page = await site.get(search('sort:new'));
      assert.deepEqual(idsOf(page), [alone, both, typed]);
      assert.doesNotMatch(page.text, /Best match/);
      assert.match((await site.get(search('"'))).text, /What are you looking for/);
    });

    test('operators find what they say, and what makes no sense is said', async () => {
      assert.deepEqual(idsOf(await site.get(search('numbats has:code'))), [alone]);
      assert.deepEqual(idsOf(await site.get(search('numbats -category:cs.LG'))), [alone]);
      assert.deepEqual(idsOf(await site.get(search('"numbats alone"'))), [alone]);
      const { text } = await site.get(search('numbats after:yesterday'));
      assert.match(text, /after:yesterday/);
      assert.match(text, /after:2025-06/);
    });

    test('the operators are explained, each with an example that works', async () => {
      for (const path of ['/search', search('numbats')]) {
        const { html } = await site.get(path);
        const examples = [...html.matchAll(/<dt>\s*<a href="([^"]+)"/g)].map(([, href = '']) => href);
        assert.ok(examples.length >= 8, path);
        for (const href of examples) assert.equal((await site.get(href.replaceAll('&amp;', '&'))).status, 200, href);
      }
    });

    test('nothing found says what to do', async () => {
      const filtered = await site.get(search('numbats year:1999'));
      assert.match(filtered.text, /Nothing found/);
      assert.equal(idsOf(await site.get(linkTo(filtered, 'Search without filters'))).length, 3);
      assert.match((await site.get(search('2501.99999'))).text, /not been collected here/);
      assert.match((await site.get(search('-numbats'))).text, /Every paper has/);
    });

    test('a query that is too long is explained, kept in the box, and offered as a text', async () => {
      const text = `${'word '.repeat(60)}end`;
      const page = await site.get(search(text));
      assert.equal(page.status, 400);
      assert.match(page.text, new RegExp(`${text.length} characters; 250 is the most`));
      assert.ok(page.html.includes(`name="q" value="${text}"`), 'in the box');
      assert.ok(page.html.includes(`name="text" value="${text}"`), 'in the form');
      const json = await site.get(search(text), { Accept: 'application/json' });
      assert.equal(json.status, 400);
      assert.match((JSON.parse(json.html) as { error: string }).error, /250 is the most/);
    });

    test('a page says how many papers can be reached, and by date all of them can', async () => {
      const drafts = Array.from({ length: 520 }, (_, at) =>
        makeDraft(at + 1000, { title: `Wombat ${at}`, categories: ['q-bio.NC'] }),
      );
      await save(site.db, ...drafts);
      await indexDue(site.db);
      const said = /The first 500 are listed here, all of them under “Newest”/;
      assert.match((await site.get(search('wombat'))).text, /520 papers have this word\. The first 500/);
      assert.match((await site.get(search('category:q-bio.NC sort:trending'))).text, said);
      for (const text of ['wombat sort:new', 'category:q-bio.NC', 'numbats']) {
        assert.doesNotMatch((await site.get(search(text))).text, said, text);
      }
      let path = search('category:q-bio.NC');
      const seen = new Set<string>();
      for (let pages = 0; path !== '' && pages < 60; pages++) {
        const page = await site.get(path);
        for (const id of idsOf(page)) seen.add(id ?? '');
        path = /rel="next" href="([^"]+)"/.exec(page.html)?.[1]?.replaceAll('&amp;', '&') ?? '';
      }
      assert.equal(seen.size, 520);
    });

    test('a mark that is not one of ours, or of another order, is told so', async () => {
      for (const mark of ['x', 'm.0.0.AQ', Buffer.from('["m",0.5,3]').toString('base64url')]) {
        const page = await site.get(search('numbats', `&after=${mark}`));
        assert.equal(page.status, 400, mark);
        assert.match(page.text, /page mark \(after=…\) that is not one of ours/);
      }
    });

    test('results are not to be indexed, whatever was typed is inert, and a page takes few queries', async () => {
      await site.get(search('numbats')); // the index is read once in a process
      for (const text of ['numbats', '"><script>alert(1)</script>', 'numbats category:cs after:2020', '-', '\ufffd']) {
        site.queries.length = 0;
        const page = await site.get(search(text));
        assert.equal(page.status, 200, text);
        assert.match(page.html, /name="robots" content="noindex"/);
        assert.doesNotMatch(page.html, /<script>alert/);
        // Five, and one more each few seconds, to see which model the vectors are of.
        assert.ok(site.queries.length <= 6, `${text}: ${site.queries.length} queries`);
      }
    });
  });
}
