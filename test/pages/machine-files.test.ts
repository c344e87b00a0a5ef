import assert from 'node:assert/strict';
import { inflateSync } from 'node:zlib';
import { after, before, describe, test } from 'node:test';
import { XMLValidator } from 'fast-xml-parser';
import { PAPERS_PER_FILE } from '#feed/sitemap.ts';
import { dialects } from '../database.ts';
import { makeDraft, save } from '../drafts.ts';
import { openSite } from '../site.ts';
import type { TestSite } from '../site.ts';

const locations = (xml: string) => [...xml.matchAll(/<loc>([^<]*)<\/loc>/g)].map(([, address = '']) => address);

for (const dialect of dialects) {
  describe(`the sitemap (${dialect})`, () => {
    let site: TestSite;
    before(async () => {
      site = await openSite({ dialect });
      await save(
        site.db,
        makeDraft(1, { id: 'hep-th/9110025', updatedOn: '2026-01-05' }),
        makeDraft(2, { id: "doi:10.1/a&'<b" }),
      );
      await save(site.db, makeDraft(3, { announcedOn: '2025-12-30' }), makeDraft(4, { announcedOn: '2026-02-01' }));
    });
    after(async () => await site[Symbol.asyncDispose]());

    test('is named in robots.txt and leads to every paper and every day up to today', async () => {
      assert.match((await site.get('/robots.txt')).html, /^Sitemap: https:\/\/papers\.example\/sitemap\.xml$/m);
      const index = await site.get('/sitemap.xml');
      assert.match(index.headers.get('content-type') ?? '', /^application\/xml/);
      const files = locations(index.html);
      assert.deepEqual(
        files,
        ['editions', 'papers-1'].map((name) => `https://papers.example/sitemaps/${name}.xml`),
      );
      const addresses: string[] = [];
      for (const file of files) {
        site.queries.length = 0;
        const page = await site.get(new URL(file).pathname);
        assert.equal(page.status, 200, file);
        assert.equal(XMLValidator.validate(page.html), true);
        assert.equal(site.queries.length, 1);
        addresses.push(...locations(page.html));
      }
      for (const path of [
        '/',
        '/papers/date/2026-01-06',
        '/papers/date/2025-12-30',
        '/papers/2310.02541',
        '/papers/hep-th/9110025',
      ])
        assert.ok(addresses.includes(`https://papers.example${path}`), path);
      assert.ok(!addresses.includes('https://papers.example/papers/date/2026-02-01'), 'no edition of the future');
      assert.equal(addresses.filter((address) => address.includes('/date/')).length, 2);
      const papers = addresses.filter(
        (address) => !/\/(date\/.*|about|categories|organizations)?$/.test(new URL(address).pathname),
      );
      assert.equal(papers.length, 57 + 4);
      for (const address of papers) {
        const { pathname } = new URL(address.replaceAll('&amp;', '&').replaceAll('&#39;', "'"));
        assert.equal((await site.get(pathname)).status, 200, pathname);
      }
    });

    test('tells when a paper last changed', async () => {
      const { html } = await site.get('/sitemaps/papers-1.xml');
      assert.match(html, /hep-th\/9110025<\/loc><lastmod>2026-01-05<\/lastmod>/);
    });

    test('begins a new file where one is full, and skips those without papers', async () => {
      await site.db.updateTable('papers').set({ seq: PAPERS_PER_FILE }).where('id', '=', '2601.00003').execute();
      await site.db
        .updateTable('papers')
        .set({ seq: 5 * PAPERS_PER_FILE + 1 })
        .where('id', '=', '2601.00004')
        .execute();
      const files = locations((await site.get('/sitemap.xml')).html).map((address) => new URL(address).pathname);
      assert.deepEqual(
        files,
        ['editions', 'papers-1', 'papers-6'].map((name) => `/sitemaps/${name}.xml`),
      );
      assert.equal(locations((await site.get('/sitemaps/papers-1.xml')).html).length, 60);
      assert.deepEqual(locations((await site.get('/sitemaps/papers-6.xml')).html), [
        'https://papers.example/papers/2601.00004',
      ]);
    });

    test('knows no other files', async () => {
      for (const name of ['papers-2.xml', 'papers-0.xml', 'papers-01.xml', 'papers-99999999999999999999.xml', 'x'])
        assert.equal((await site.get(`/sitemaps/${name}`)).status, 404, name);
    });
  });
}

test('the sitemap of a site without papers is valid', async () => {
  await using site = await openSite({ starter: false });
  assert.deepEqual(locations((await site.get('/sitemap.xml')).html), ['https://papers.example/sitemaps/editions.xml']);
  assert.equal(locations((await site.get('/sitemaps/editions.xml')).html).length, 4);
});

/** Width, height and the pixels, each a number in the palette. */
function readPng(png: Buffer): { side: [number, number]; lines: Buffer[] } {
  assert.equal(png.subarray(1, 4).toString(), 'PNG');
  const side: [number, number] = [png.readUInt32BE(16), png.readUInt32BE(20)];
  const at = png.indexOf('IDAT');
  const pixels = inflateSync(png.subarray(at + 4, at + 4 + png.readUInt32BE(at - 4)));
  const lines = Array.from({ length: side[1] }, (_, y) =>
    pixels.subarray(y * (side[0] + 1) + 1, (y + 1) * (side[0] + 1)),
  );
  return { side, lines };
}

test('the icon comes in every format that is asked for', async () => {
  await using site = await openSite({ starter: false });
  const file = async (path: string) => {
    const response = await site.getBytes(path);
    assert.equal(response.status, 200, path);
    return response;
  };
  const svg = await file('/favicon.svg');
  assert.equal(svg.headers.get('content-type'), 'image/svg+xml');
  assert.equal(XMLValidator.validate(svg.bytes.toString()), true);
  const ico = await file('/favicon.ico');
  assert.equal(ico.headers.get('content-type'), 'image/x-icon');
  assert.deepEqual([...ico.bytes.subarray(0, 8)], [0, 0, 1, 0, 1, 0, 32, 32]);
  const small = readPng(ico.bytes.subarray(ico.bytes.readUInt32LE(18)));
  assert.deepEqual(small.side, [32, 32]);
  assert.equal(small.lines[3]?.subarray(4, 9).toString('hex'), '0002020202', 'the upper left corner of the sheet');
  const touch = readPng((await file('/apple-touch-icon.png')).bytes);
  assert.deepEqual(touch.side, [180, 180]);
  assert.equal(touch.lines[19]?.[35], 0);
  assert.equal(touch.lines[20]?.[35], 2);
});

test('browsers are told how to search the site: every page names the file, and its addresses work', async () => {
  const SITE_NAME = 'Papers & <Preprints> of the Whole Lab';
  await using site = await openSite({ settings: { SITE_NAME } });
  const { html: page } = await site.get('/about');
  const link = /<link rel="search" type="application\/opensearchdescription\+xml" href="([^"]+)"/.exec(page);
  const file = await site.get(link?.[1] ?? 'no link');
  assert.match(file.headers.get('content-type') ?? '', /^application\/opensearchdescription\+xml/);
  assert.equal(XMLValidator.validate(file.html), true);
  assert.match(file.html, /<ShortName>Papers &amp; &lt;Prepri<\/ShortName>/);
  const templates = [...file.html.matchAll(/<Url type="([^"]+)" template="([^"]+)"/g)];
  assert.equal(templates.length, 2);
  for (const [, type = '', template = ''] of templates) {
    assert.ok(template.startsWith('https://papers.example/'));
    const { pathname, search } = new URL(template.replace('{searchTerms}', 'generalization'));
    const answer = await site.get(pathname + search, { accept: type });
    assert.equal(answer.status, 200);
    assert.ok(answer.headers.get('content-type')?.startsWith(type), type);
  }
});
