/** What foreign text must never do to a feed, whatever it holds: each is read back by parsers that we did not write. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseAtomFeed, parseJsonFeed, parseRssFeed } from 'feedsmith';
import Parser from 'rss-parser';
import { feedFormats } from '#feed/feed-formats.ts';
import type { NamedList } from '#feed/named-list.ts';
import type { Paper } from '#papers/paper.ts';
import { texToPlain } from '#papers/tex/plain.ts';
import { manualClock } from '#platform/clock.ts';
import { readConfig } from '#platform/config.ts';
import { codePoint } from '../../../test/code-point.ts';
import { writeAtom } from './atom.ts';
import { makeFeed } from './feed.ts';
import { writeJson } from './json.ts';
import { writeRss } from './rss.ts';

const publisher = {
  clock: manualClock(Date.parse('2026-01-08T12:00:00Z')),
  config: readConfig({}),
  url: 'https://papers.example',
};
const STYLE = '/assets/a.feed.css';

const paper: Paper = {
  id: '2601.00001',
  title: 'A title',
  abstract: 'An abstract.',
  authors: [{ family: 'Lovelace', given: 'Ada', suffix: '', affiliation: '' }],
  authorCount: 1,
  categories: ['cs.LG'],
  versions: [{ number: 1, at: Date.parse('2026-01-05T10:00:00Z') }],
  publishedOn: '2026-01-05',
  updatedOn: '2026-01-05',
  submitter: null,
  license: null,
  comments: null,
  journalRef: null,
  doi: null,
  codeUrl: null,
  projectUrl: null,
  organization: null,
  withdrawn: false,
  firstSeenAt: Date.parse('2026-01-06T01:00:00Z'),
  announcedOn: '2026-01-06',
  announceType: 'new',
};

async function write(more: Partial<Paper>, list: Partial<NamedList> = {}) {
  const named: NamedList = {
    path: '/search?q=x',
    title: 'Search: x',
    about: 'About x.',
    cards: [
      { paper: { ...paper, ...more }, votes: 0, comments: 0, voted: false, submitter: undefined, stars: undefined },
    ],
    next: 'abc',
    ...list,
  };
  const [atom, rss, json] = feedFormats.map((format) => makeFeed(publisher, named, format, 'mark'));
  assert.ok(atom && rss && json);
  return { atom: await writeAtom(atom, STYLE), rss: await writeRss(rss, STYLE), json: await writeJson(json) };
}

/** What XML 1.0 does not allow in any form (§2.2). */
const FORBIDDEN = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u;
const OVERRIDES = /[\u202A-\u202E\u2066-\u2069]/;

const hostile = fc
  .array(
    fc.oneof(
      fc.string({ unit: codePoint, maxLength: 8 }),
      fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)),
      fc.constantFrom(
        ...[
          ']]>',
          '<![CDATA[',
          ']]',
          '>',
          '<b>',
          '</title>',
          '</h:div>',
          '<script>alert(1)</script>',
          '<!--',
          '-->',
          '<?x ?>',
        ],
        ...[
          '&',
          '&amp;',
          '&#0;',
          '&#xFFFE;',
          '&lt;',
          '&nbsp;',
          '"',
          "'",
          '$x_1$',
          '$',
          '\\',
          '\\unicode{xFFFE}',
          '$$& $1',
        ],
        ...['\u0000', '\u0008', '\uFFFE', '\uD800', '\uDC00', '\u202E', '\u2066', '\u200B', '\n', '\r', ' ', 'שלום'],
      ),
    ),
    { maxLength: 12 },
  )
  .map((parts) => `${parts.join('')}.`);

/** Parsers trim and fold; XML cannot hold everything that JSON can. */
const folded = (text: string | undefined) =>
  (text ?? '').replaceAll(new RegExp(FORBIDDEN, 'gu'), '').replaceAll(/\s+/g, ' ').trim();

test('any title, abstract, name and category make feeds that parsers read, and read as they were meant', async () => {
  await fc.assert(
    fc.asyncProperty(hostile, hostile, hostile, hostile, async (title, abstract, family, listTitle) => {
      const authors = [{ family, given: '', suffix: '', affiliation: '' }];
      const { atom, rss, json } = await write({ title, abstract, authors, categories: [family] }, { title: listTitle });
      const meant = folded(texToPlain(title));
      for (const xml of [atom, rss]) {
        assert.equal(FORBIDDEN.exec(xml)?.[0] ?? OVERRIDES.exec(xml)?.[0], undefined);
        // Strict: rejects what is not well-formed.
        const read = await new Parser().parseString(xml);
        assert.equal(folded(read.items[0]?.title), meant);
        assert.equal(read.items.length, 1);
      }
      const entry = parseAtomFeed(atom).entries?.[0];
      const item = parseRssFeed(rss).items?.[0];
      const one = parseJsonFeed(json).items?.[0];
      assert.deepEqual([entry?.title?.value, item?.title, one?.title].map(folded), [meant, meant, meant]);
      assert.deepEqual(
        [entry?.content?.value, item?.description].map(folded),
        Array(2).fill(folded(one?.content_html)),
      );
      assert.doesNotMatch(one?.content_html ?? '', /<(?!\/?(?:p|em|strong|br|a)[ >])/);
    }),
    { numRuns: 500 },
  );
});

test('white space around a title is not made part of it', async () => {
  const { atom, rss } = await write({ title: 'A & B <c>' }, { title: 'X & Y' });
  assert.match(rss, /<title>A &amp; B &lt;c&gt;<\/title>/);
  assert.match(atom, /<title type="text">A &amp; B &lt;c&gt;<\/title>/);
  assert.doesNotMatch(atom + rss, /CDATA/);
});

test('only addresses of the web become links', async () => {
  const { json } = await write({ codeUrl: 'javascript:alert(1)', projectUrl: 'https://a.example/?a=1&b="2"' });
  const html = parseJsonFeed(json).items?.[0]?.content_html ?? '';
  assert.doesNotMatch(html, /javascript|Code/);
  assert.match(html, /<a href="https:\/\/a\.example\/\?a=1&amp;b=&quot;2&quot;">Project<\/a>/);
});

test('a withdrawn paper says so, and a paper of thousands shows the first of its authors', async () => {
  const authors = Array.from({ length: 300 }, (_, at) => ({
    family: `F${at}`,
    given: '',
    suffix: '',
    affiliation: '',
  }));
  const { json } = await write({ authors, authorCount: 2900, withdrawn: true, comments: 'An error in $L_2$' });
  const item = parseJsonFeed(json).items?.[0];
  assert.equal(item?.authors?.length, 50);
  assert.match(item?.content_html ?? '', /F9 and 2,890 more/);
  assert.match(item?.content_html ?? '', /<strong>Withdrawn\. An error in L₂<\/strong>/);
});

test('ids do not depend on scheme and port', async () => {
  const idAt = (url: string) =>
    makeFeed(
      { ...publisher, url },
      { path: '/', title: '', about: '', cards: [], next: undefined },
      feedFormats[0] ?? assert.fail(),
      undefined,
    ).id;
  assert.equal(idAt('http://papers.example:3000'), 'tag:papers.example,2026:/');
  assert.equal(idAt('https://papers.example'), 'tag:papers.example,2026:/');
  assert.equal(idAt('http://[::1]:3000'), 'tag:localhost,2026:/');
});
