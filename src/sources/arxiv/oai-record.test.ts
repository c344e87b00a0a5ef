import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { fullName } from '#papers/paper.ts';
import { readRecord } from './oai-record.ts';
import { readXml } from './xml.ts';

async function parse(metadata: string) {
  const xml = `<list><record><header><identifier>oai:arXiv.org:x</identifier><datestamp>2026-01-06</datestamp></header><metadata>${metadata}</metadata></record></list>`;
  const { items, bad } = await readXml(xml, ['record'], readRecord);
  return { draft: items[0]?.draft, reason: bad[0]?.reason };
}

const RAW = [
  '<id>2601.00001</id>',
  '<submitter>Jane Doe</submitter>',
  '<version version="v2"><date>Tue, 6 Jan 2026 08:00:00 GMT</date><size>20kb</size></version>',
  '<version version="v1"><date>Mon, 5 Jan 2026 19:30:00 GMT</date><size>19kb</size><source_type>D</source_type></version>',
  '<title>On things\n  and other things</title>',
  '<authors>Jane Doe (MIT, Cambridge), J\\"urgen M\\"uller</authors>',
  '<categories>cs.LG stat.ML math.ST</categories>',
  '<comments>12 pages, code at https://github.com/doe/things</comments>',
  '<acm-class>62G05</acm-class>',
  '<journal-ref>J. Things 1 (2026)</journal-ref>',
  '<doi>10.1000/things.1 10.1000/things.2</doi>',
  '<license>http://creativecommons.org/licenses/by/4.0/</license>',
  '<abstract>  One &lt;thing&gt;\nfollows.\n  Another one.\n</abstract>',
];

const raw = async (parts: string[]) =>
  await parse(`<arXivRaw xmlns="http://arxiv.org/OAI/arXivRaw/">${parts.join('')}</arXivRaw>`);

describe('an arXivRaw record', () => {
  it('tells versions, names and everything else', async () => {
    const { draft } = await raw(RAW);
    assert.deepEqual(draft?.versions, [
      { number: 1, at: Date.parse('2026-01-05T19:30:00Z') },
      { number: 2, at: Date.parse('2026-01-06T08:00:00Z') },
    ]);
    assert.deepEqual(draft?.authors.map(fullName), ['Jane Doe', 'Jürgen Müller']);
    assert.equal(draft?.authors[0]?.affiliation, 'MIT, Cambridge');
    assert.equal(draft?.title, 'On things and other things');
    assert.equal(draft?.abstract, 'One <thing> follows.\nAnother one.');
    assert.deepEqual(draft?.categories, ['cs.LG', 'stat.ML', 'math.ST']);
    assert.equal(draft?.publishedOn, '2026-01-05');
    assert.equal(draft?.updatedOn, '2026-01-06');
    assert.equal(draft?.announcedOn, '2026-01-07', 'submitted after the deadline of the 5th');
    assert.equal(draft?.doi, '10.1000/things.1');
    assert.equal(draft?.codeUrl, 'https://github.com/doe/things');
    assert.equal(draft?.withdrawn, false);
    assert.equal(draft?.announceType, undefined);
  });

  it('means the same in any order of its elements', async () => {
    const { draft: expected } = await raw(RAW);
    const orders = fc.shuffledSubarray(RAW, { minLength: RAW.length });
    await fc.assert(
      fc.asyncProperty(orders, async (parts) => assert.deepEqual((await raw(parts)).draft, expected)),
      { numRuns: 50 },
    );
  });

  it('is withdrawn if its last version only withdraws', async () => {
    const withdrawal =
      '<version version="v3"><date>Wed, 7 Jan 2026 08:00:00 GMT</date><size>0kb</size><source_type>I</source_type></version>';
    assert.equal((await raw([...RAW, withdrawal])).draft?.withdrawn, true);
    const back = withdrawal.replace('v3', 'v4').replace('<source_type>I</source_type>', '');
    assert.equal((await raw([...RAW, withdrawal, back])).draft?.withdrawn, false);
  });

  it('knows what is absent', async () => {
    const { draft } = await raw(RAW.filter((part) => !/^<(comments|doi|license|journal-ref)/.test(part)));
    assert.deepEqual([draft?.comments, draft?.doi, draft?.license, draft?.journalRef], [null, null, null, null]);
  });

  it('is refused with the reason if it makes no sense', async () => {
    assert.match((await raw(RAW.filter((part) => !part.startsWith('<id>')))).reason ?? '', /no <id>/);
    assert.match(
      (await raw(RAW.map((part) => part.replace('2601.00001', '../../etc')))).reason ?? '',
      /"\.\.\/\.\.\/etc" is not an arXiv id/,
    );
    assert.match((await raw(RAW.filter((part) => !part.startsWith('<version')))).reason ?? '', /no <version>/);
    assert.match((await raw(RAW.map((part) => part.replace('5 Jan 2026', 'some day')))).reason ?? '', /is not a date/);
    assert.match((await parse('<oai_dc><title>x</title></oai_dc>')).reason ?? '', /neither arXiv nor arXivRaw/);
  });
});

describe('an arXiv record', () => {
  const PARTS = [
    '<id>hep-th/9901001</id>',
    '<created>1999-01-01</created>',
    '<updated>1999-02-03</updated>',
    `<authors><author><keyname>O'Brien</keyname><forenames>Seán</forenames><suffix>Jr</suffix><affiliation>TCD</affiliation><affiliation>DIAS</affiliation></author>
     <author><keyname>ATLAS Collaboration</keyname></author></authors>`,
    '<title>Strings</title>',
    '<categories>hep-th</categories>',
    '<comments>This paper has been withdrawn by the author</comments>',
    '<abstract>Short.</abstract>',
  ];
  const arxiv = async (parts: string[]) =>
    await parse(`<arXiv xmlns="http://arxiv.org/OAI/arXiv/">${parts.join('')}</arXiv>`);

  it('splits names itself', async () => {
    const { draft } = await arxiv(PARTS);
    assert.deepEqual(draft?.authors, [
      { family: "O'Brien", given: 'Seán', suffix: 'Jr.', affiliation: 'TCD; DIAS' },
      { family: 'ATLAS Collaboration', given: '', suffix: '', affiliation: '' },
    ]);
    assert.equal(draft?.authorsSplit, true);
    assert.equal(draft?.publishedOn, '1999-01-01');
    assert.equal(draft?.updatedOn, '1999-02-03');
    assert.equal(draft?.versions, undefined);
  });

  it('can say that it is withdrawn, but not that it is not', async () => {
    assert.equal((await arxiv(PARTS)).draft?.withdrawn, true);
    assert.equal((await arxiv(PARTS.filter((part) => !part.startsWith('<comments')))).draft?.withdrawn, undefined);
  });

  it('means the same in any order of its elements', async () => {
    const { draft: expected } = await arxiv(PARTS);
    const orders = fc.shuffledSubarray(PARTS, { minLength: PARTS.length });
    await fc.assert(
      fc.asyncProperty(orders, async (parts) => assert.deepEqual((await arxiv(parts)).draft, expected)),
      { numRuns: 50 },
    );
  });
});
