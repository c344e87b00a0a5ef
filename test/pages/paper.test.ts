import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { dialects } from '../database.ts';
import { makeDraft, save } from '../drafts.ts';
import { openSite } from '../site.ts';
import type { TestSite } from '../site.ts';

const complete = makeDraft(1, {
  title: 'On $\\alpha$-stable </title><script>alert(1)</script> walks',
  abstract: 'We show $x^2 < y$ & more. Code: https://github.com/acme/walks',
  authors: [
    { family: 'Huang', given: 'Yixiao', suffix: '', affiliation: 'MIT' },
    { family: 'Smith', given: 'John', suffix: 'Jr.', affiliation: '' },
  ],
  categories: ['cs.LG', 'math.PR'],
  versions: [
    { number: 1, at: Date.parse('2026-01-05T10:00:00Z') },
    { number: 2, at: Date.parse('2026-01-07T10:00:00Z') },
  ],
  license: 'http://creativecommons.org/licenses/by/4.0/',
  comments: '12 pages',
  journalRef: 'J. Walks 3 (2026)',
  doi: '10.1000/walks',
  codeUrl: 'https://github.com/acme/walks',
});

for (const dialect of dialects) {
  describe(`paper page (${dialect})`, () => {
    let site: TestSite;
    before(async () => {
      site = await openSite({ dialect });
      await save(
        site.db,
        complete,
        makeDraft(2, { id: 'hep-th/9110025' }),
        makeDraft(4, { id: 'openreview:rJXMpikCZ' }),
        makeDraft(3, { withdrawn: true, comments: 'Withdrawn by the author' }),
      );
    });
    after(async () => await site[Symbol.asyncDispose]());

    test('shows what is known, formulas as MathML, hostile titles inert', async () => {
      const { html, text, status } = await site.get('/papers/2601.00001');
      assert.equal(status, 200);
      assert.match(html, /<math[^>]*>.*<mi>α<\/mi>/s);
      assert.doesNotMatch(html, /<script>alert/);
      for (const part of ['Yixiao Huang', 'John Smith Jr.', '12 pages', 'J. Walks 3', 'CC BY 4.0', 'Probability', 'v2'])
        assert.ok(text.includes(part), part);
      for (const link of [
        '/authors/yixiao-huang',
        'https://arxiv.org/abs/2601.00001',
        'https://arxiv.org/pdf/2601.00001',
        'https://arxiv.org/html/2601.00001',
        'https://github.com/acme/walks',
        'https://doi.org/10.1000/walks',
        '/categories/math.PR',
      ]) {
        assert.ok(html.includes(`href="${link}"`), link);
      }
    });

    test('tells machines what they read: citation tags, JSON-LD, Open Graph, canonical link', async () => {
      const { html } = await site.get('/papers/2601.00001');
      for (const tag of [
        '<meta name="citation_author" content="Huang, Yixiao"',
        '<meta name="citation_author" content="Smith, John Jr."',
        '<meta name="citation_publication_date" content="2026/01/05"',
        '<meta name="citation_arxiv_id" content="2601.00001"',
        '<meta name="citation_pdf_url" content="https://arxiv.org/pdf/2601.00001"',
        '<meta name="citation_doi" content="10.1000/walks"',
        '<link rel="alternate" type="application/vnd.citationstyles.csl+json" href="/papers/2601.00001.csl.json"',
        '<meta property="og:title" content="On α-stable',
        '<link rel="canonical" href="https://papers.example/papers/2601.00001"',
      ]) {
        assert.ok(html.includes(tag), tag);
      }
      const json = /<script type="application\/ld\+json">(.*?)<\/script>/s.exec(html)?.[1] ?? '';
      const data = JSON.parse(json) as { '@type': string; author: { name: string }[]; sameAs: string };
      assert.equal(data['@type'], 'ScholarlyArticle');
      assert.deepEqual(
        data.author.map((author) => author.name),
        ['Yixiao Huang', 'John Smith Jr.'],
      );
      assert.equal(data.sameAs, 'https://arxiv.org/abs/2601.00001');
    });

    test('another site’s comments are shown as that site’s', async () => {
      assert.match((await site.get('/papers/2509.21043')).text, /2 comments on Hugging Face/);
      assert.doesNotMatch((await site.get('/papers/2310.02541')).text, /on Hugging Face/);
    });

    test('a paper of which only the number of authors is known says so', async () => {
      assert.match((await site.get('/papers/2310.02541')).text, /5 authors/);
    });

    test('a withdrawn paper says so', async () => {
      assert.match((await site.get('/papers/2601.00003')).text, /has been withdrawn.*Withdrawn by the author/);
    });

    test('other spellings of an id lead to the one address', async () => {
      for (const [asked, path] of [
        ['2601.00001v2', '/papers/2601.00001'],
        ['arXiv:2601.00001', '/papers/2601.00001'],
        ['HEP-TH/9110025', '/papers/hep-th/9110025'],
        ['hep-th/9110025v1', '/papers/hep-th/9110025'],
        ['OpenReview:rJXMpikCZ', '/papers/openreview%3ArJXMpikCZ'],
      ] as const) {
        const page = await site.get(`/papers/${asked}`);
        assert.equal(page.status, 301, asked);
        assert.equal(page.headers.get('location'), path);
      }
      for (const path of ['/papers/hep-th/9110025', '/papers/openreview%3ArJXMpikCZ', '/papers/openreview:rJXMpikCZ'])
        assert.equal((await site.get(path)).status, 200, path);
    });

    test('an unknown id is a 404 with a search for it', async () => {
      const page = await site.get('/papers/2601.99999');
      assert.equal(page.status, 404);
      assert.match(page.html, /<input[^>]*name="q"[^>]*value="2601.99999"/);
      assert.match((await site.get('/papers/hep-th/9912345')).html, /value="hep-th\/9912345"/);
    });

    test('citations come as files', async () => {
      for (const [extension, type, part] of [
        ['bib', 'application/x-bibtex', 'eprint={2601.00001}'],
        ['ris', 'application/x-research-info-systems', 'TY  - '],
        ['csl.json', 'application/vnd.citationstyles.csl+json', '"family"'],
      ] as const) {
        const page = await site.get(`/papers/2601.00001.${extension}`);
        assert.equal(page.status, 200, extension);
        assert.match(page.headers.get('content-type') ?? '', new RegExp(type.replaceAll('+', '\\+')));
        assert.match(page.headers.get('content-disposition') ?? '', /attachment; filename="[^"/]+"/);
        assert.ok(page.html.includes(part), `${extension}: ${page.html.slice(0, 300)}`);
      }
      assert.equal((await site.get('/papers/hep-th/9110025.bib')).status, 200);
      assert.equal((await site.get('/papers/2601.99999.bib')).status, 404);
    });

    test('leads back to its edition and on to its category', async () => {
      const submitted = await site.get('/papers/2310.02541');
      assert.match(submitted.text, /Edition January 6, 2026/);
      assert.match(submitted.html, /<dd><a href="\/papers\/date\/2026-01-06">/);
      const page = await site.get('/papers/2601.00001');
      assert.match(page.text, /More in Machine Learning \(cs\.LG\)/);
      assert.match(page.text, /Edition January 6, 2026/, 'that of its announcement');
    });

    test('takes at most five queries', async () => {
      site.queries.length = 0;
      await site.get('/papers/2601.00001');
      assert.ok(site.queries.length <= 5, `${site.queries.length} queries`);
    });
  });
}
