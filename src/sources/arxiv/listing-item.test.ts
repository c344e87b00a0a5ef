import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { fullName } from '#papers/paper.ts';
import { draftOf } from './listing-draft.ts';
import { readItem } from './listing-item.ts';
import type { ListingItem } from './listing-item.ts';
import { readXml } from './xml.ts';

async function items(file: string): Promise<ListingItem[]> {
  const text = readFileSync(new URL(`../../../test/fixtures/arxiv/${file}`, import.meta.url), 'utf8');
  const { items: found, bad } = await readXml(text, ['item', 'entry'], readItem);
  assert.deepEqual(bad, []);
  return found;
}

async function item(xml: string) {
  return await readXml(`<rss>${xml}</rss>`, ['item'], readItem);
}

describe('an item of a listing', () => {
  it('means the same in RSS and Atom', async () => {
    assert.deepEqual(await items('listing.atom.xml'), await items('listing.rss.xml'));
  });

  it('tells all that a card shows', async () => {
    const [first] = await items('listing.rss.xml');
    assert.ok(first);
    const draft = draftOf(first, true);
    assert.equal(draft.id, '2508.13426');
    assert.equal(draft.title, 'A Study of $k$-Shot Paraphrase & Its Limits');
    assert.equal(
      draft.abstract,
      'For $n < 5$ shots we find that paraphrase is hard. Code: https://github.com/example/kshot.',
    );
    assert.deepEqual(draft.authors.map(fullName), ['Paulo André', 'María López', 'Jörg van der Beispiel Jr.']);
    assert.equal(draft.authors[1]?.affiliation, 'University of Testing, Dept. of Commas');
    assert.deepEqual(draft.categories, ['cs.CL', 'cs.AI']);
    assert.deepEqual([draft.announcedOn, draft.announceType], ['2025-08-20', 'new']);
    assert.equal(draft.codeUrl, 'https://github.com/example/kshot');
  });

  it('was submitted between two deadlines', async () => {
    const [wednesday] = await items('listing.rss.xml');
    assert.ok(wednesday);
    const window = ({ publishedOn, updatedOn }: ReturnType<typeof draftOf>) => [updatedOn, publishedOn];
    assert.deepEqual(window(draftOf(wednesday, true)), ['2025-08-18', '2025-08-19']);
    const monday = { ...wednesday, day: '2025-08-18' };
    assert.deepEqual(window(draftOf(monday, true)), ['2025-08-14', '2025-08-15']);
    const tuesday = { ...wednesday, day: '2025-08-19' };
    assert.deepEqual(window(draftOf(tuesday, true)), ['2025-08-15', '2025-08-18']);
  });

  it('of an older paper says no more than the month of its id', async () => {
    const [, cross] = await items('listing.rss.xml');
    assert.ok(cross);
    const draft = draftOf(cross, true);
    assert.deepEqual([draft.publishedOn, draft.announceType], ['2025-07-31', 'cross']);
    assert.deepEqual([draft.journalRef, draft.doi], ['Phys. Rev. Test 1, 2 (2025)', '10.1103/TEST.1.2']);
  });

  it('that replaces one announces nothing', async () => {
    const [, , replaced] = await items('listing.rss.xml');
    assert.ok(replaced);
    const draft = draftOf(replaced, false);
    assert.deepEqual([draft.announcedOn, draft.announceType], [undefined, undefined]);
    assert.deepEqual([draft.authors.length, draft.authorCount], [1, 13]);
  });

  it('finds its announce type in the description, and is refused without one', async () => {
    const xml = (
      kind: string,
    ) => `<item><title>T</title><guid>oai:arXiv.org:2508.00001v1</guid><pubDate>Wed, 20 Aug 2025 00:00:00 -0400</pubDate>
      <description>arXiv:2508.00001v1 ${kind}Abstract: A.</description></item>`;
    assert.equal((await item(xml('Announce Type: replace-cross \n'))).items[0]?.type, 'replace-cross');
    assert.match((await item(xml(''))).bad[0]?.reason ?? '', /announce type is "", not one of new, cross/);
  });
});
