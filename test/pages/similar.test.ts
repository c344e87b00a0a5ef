import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { indexDue } from '#search/index-due.ts';
import { dialects } from '../database.ts';
import { makeDraft, save } from '../drafts.ts';
import { openSite } from '../site.ts';
import type { Page, TestSite } from '../site.ts';

const START = '2310.02541'; // Benign Overfitting and Grokking, of the starter edition
const idsOf = ({ html }: Page) => [...html.matchAll(/<article[^>]* id="p-([^"]+)"/g)].map(([, id]) => id);

for (const dialect of dialects) {
  describe(`similar papers (${dialect})`, () => {
    let site: TestSite;
    before(async () => {
      site = await openSite({ dialect });
      await save(
        site.db,
        makeDraft(1, {
          title: 'Grokking and benign overfitting in two-layer ReLU networks, again',
          publishedOn: '2026-01-07',
        }),
      );
      await indexDue(site.db);
    });
    after(async () => await site[Symbol.asyncDispose]());

    test('a paper’s page shows the closest, newest first on request, in at most five queries', async () => {
      await site.get(`/papers/${START}`); // the index is read once in a process
      site.queries.length = 0;
      const page = await site.get(`/papers/${START}`);
      assert.ok(site.queries.length <= 5, `${site.queries.length} queries`);
      const section = /<section id="similar".*?<\/section>/s.exec(page.html)?.[0] ?? '';
      assert.match(section, /href="\/papers\/2601\.00001"/);
      assert.match(section, /href="\/similar\?id=2310\.02541"/);
      const shown = [...section.matchAll(/<time datetime="([^"]+)"/g)].map(([, day]) => day);
      assert.ok(shown.length >= 5 && shown.length <= 8, `${shown.length} papers`);
      const dated = await site.get(`/papers/${START}?similar=date`);
      const days = [
        ...(/<section id="similar".*?<\/section>/s.exec(dated.html)?.[0].matchAll(/<time datetime="([^"]+)"/g) ?? []),
      ];
      assert.deepEqual(
        days.map(([, day]) => day),
        days
          .map(([, day = '']) => day)
          .toSorted()
          .toReversed(),
      );
      assert.match(dated.html, /rel="canonical" href="[^"]*\/papers\/2310\.02541"/);
    });

    test('the same work from two sources stands in lists once, and each of its pages names the other', async () => {
      const same = makeDraft(2, {
        id: 'openreview:rJXMpikCZ',
        title: 'Quokkas of the Outer Isles: A study',
        announcedOn: '2026-01-07',
      });
      await save(site.db, { ...same, id: '2601.00002', title: 'Quokkas of the outer isles: a Study' }, same);
      await indexDue(site.db);
      for (const path of ['/search?q=quokkas', '/similar?text=quokkas+of+the+outer+isles']) {
        const list = await site.get(path);
        assert.equal(idsOf(list).filter((id) => id === '2601.00002' || id === same.id).length, 1, path);
        assert.match(list.text, /Also here as (arXiv:2601\.00002|openreview:rJXMpikCZ)/, path);
      }
      const waiting = [
        ['/papers/2601.00002', /Also here as openreview:rJXMpikCZ/],
        ['/papers/openreview:rJXMpikCZ', /Also here as arXiv:2601\.00002/],
      ] as const;
      for (const [path, also] of waiting) assert.match((await site.get(path)).text, also);
    });

    test('several papers, given as ids or addresses, each of which can be taken away', async () => {
      const page = await site.get(`/similar?id=${START}&id=https%3A%2F%2Farxiv.org%2Fabs%2F2509.21043v1`);
      assert.equal(page.status, 200);
      assert.match(page.text, /Papers like these /);
      assert.ok(idsOf(page).length > 0);
      assert.ok(!idsOf(page).includes(START), 'not among its own results');
      assert.match(page.html, /href="\/similar\?id=2509\.21043"/);
      assert.match(page.html, /href="\/similar\?id=2310\.02541"/);
      assert.match(page.html, /name="robots" content="noindex"/);
    });

    test('bad ids are named, the others work', async () => {
      const page = await site.get(`/similar?id=${START}&id=9999.99999&id=%3Cb%3Enonsense`);
      assert.equal(page.status, 200);
      assert.match(page.text, /“9999\.99999”.*“<b>nonsense”|“<b>nonsense”.*“9999\.99999”/);
      assert.ok(idsOf(page).length > 0);
      assert.equal((await site.get('/similar?id=nonsense')).status, 404);
      const many = Array.from({ length: 25 }, (_, number) => `id=2601.${10000 + number}`).join('&');
      assert.match((await site.get(`/similar?${many}`)).text, /25 papers; 20 is the most/);
    });

    test('a short text goes into the address, a long one is answered at once, a longer one refused with what was typed', async () => {
      const short = await site.post('/similar', [
        ['text', 'benign overfitting\r\n and grokking'],
        ['id', ''],
      ]);
      assert.equal(short.status, 303);
      assert.equal(short.headers.get('location'), '/similar?text=benign%20overfitting%20and%20grokking');
      assert.ok(idsOf(await site.get(short.headers.get('location') ?? '')).includes(START));
      const text = 'Benign overfitting and grokking of networks. '.repeat(100).trim();
      const long = await site.post('/similar', [
        ['text', text],
        ['id', START],
        ['sort', 'date'],
        ['sort', 'closeness'],
      ]);
      assert.equal(long.status, 200);
      assert.ok(idsOf(long).includes('2601.00001'));
      assert.match(long.html, /name="sort" value="date" aria-current="true"/);
      assert.match(long.html, new RegExp(`<button[^>]*name="without" value="${START}"`));
      const longest = await site.post('/similar', [['text', 'x'.repeat(10_001)]]);
      assert.equal(longest.status, 413);
      assert.match(longest.text, /10,001 characters; 10,000 is the most/);
      assert.ok(longest.html.includes('x'.repeat(10_001)));
      assert.equal((await site.post('/similar', [['text', 'x'.repeat(200_000)]])).status, 413);
    });

    test('the page alone asks what to start from', async () => {
      const page = await site.get('/similar');
      assert.equal(page.status, 200);
      assert.match(page.html, /<form[^>]*method="post" action="\/similar"/);
      assert.doesNotMatch(page.html, /name="robots"/);
      assert.equal((await site.get('/similar', {}, 'PUT')).headers.get('allow'), 'GET, HEAD, POST');
    });
  });
}
