import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { fullName } from '#papers/paper.ts';
import type { PaperDraft } from '#papers/paper.ts';
import { readRecord } from './record.ts';

const LATEST = '2026-01-07';

function fixture(name: string): string[] {
  return readFileSync(new URL(`../../../test/fixtures/files/${name}`, import.meta.url), 'utf8')
    .split('\n')
    .filter(Boolean);
}

function read(line: string | undefined): PaperDraft {
  const draft = readRecord(line ?? '', LATEST);
  if (typeof draft === 'string') assert.fail(draft);
  return draft;
}

function problemOf(line: string | undefined): string {
  const read = readRecord(line ?? '', LATEST);
  return typeof read === 'string' ? read : assert.fail('the line was read');
}

describe('JSON Lines', () => {
  const [first, second, cutOff, list, number, badId, badDay, noTitle, badAuthors, elsewhere] = fixture('papers.jsonl');

  it('become papers', () => {
    const { authors, ...draft } = read(first);
    assert.deepEqual(authors.map(fullName), ['Timo A. Laine', 'Björn Ommer', 'Earl Huff Jr.']);
    assert.deepEqual(draft, {
      id: '2601.00101',
      title: 'Sheaves of $\\ell_2$ attention',
      abstract: 'We look at attention. Code: https://github.com/example/sheaves.',
      categories: ['cs.LG', 'stat.ML'],
      publishedOn: '2026-01-02',
      announcedOn: '2026-01-05',
      codeUrl: 'https://github.com/example/sheaves',
      projectUrl: null,
    });
  });

  it('may have a version in the id and an hour in the date', () => {
    const { id, publishedOn, announcedOn } = read(second);
    assert.deepEqual([id, publishedOn, announcedOn], ['2601.00102', '2026-01-05', '2026-01-06']);
  });

  it('may come from elsewhere, with more fields', () => {
    const { id, abstract, license, comments } = read(elsewhere);
    assert.deepEqual([id, abstract, comments], ['doi:10.1000/xyz', 'One.\nTwo.', null]);
    assert.equal(license, 'http://creativecommons.org/publicdomain/zero/1.0/');
  });

  it('keep the case of OpenReview ids, but not of DOIs', () => {
    for (const [given, id] of [
      ['openreview:rJXMpikCZ', 'openreview:rJXMpikCZ'],
      ['DOI:10.1000/XYZ', 'doi:10.1000/xyz'],
    ] as const)
      assert.equal(read((first ?? '').replace('2601.00101', given)).id, id);
  });

  for (const [line, reason] of [
    [cutOff, /^not JSON$/],
    [list, /^a list, not a JSON object$/],
    [number, /"id" is the number 2601.001: ids are text/],
    [badId, /"id" is "2613.00001", not an id like/],
    [badDay, /"published" is "yesterday", not a day like 2026-01-06/],
    [noTitle, /"title" is missing/],
    [badAuthors, /"authors" is a list, not a list of texts/],
  ] as const) {
    it(`are refused: ${reason.source}`, () => assert.match(problemOf(line), reason));
  }
});

describe('a day on which no paper can have appeared', () => {
  const [line = ''] = fixture('papers.jsonl');
  const [snapshot = ''] = fixture('snapshot.json');

  for (const day of ['9999-12-31', '2026-01-08', '1899-12-31', '0001-01-01']) {
    it(`is refused: ${day}`, () => {
      const reason = `no paper can be from ${day}, only from 1900-01-01 to 2026-01-07 (tomorrow)`;
      assert.equal(problemOf(line.replace('"2026-01-02"', `"${day}"`)), reason);
    });
  }

  it('is refused in a version, and in the date of an update', () => {
    assert.match(problemOf(snapshot.replace('2 Apr 2007', '2 Apr 12007')), /no paper can be from \+012007-04/);
    assert.match(problemOf(line.replace('{', '{"updated": "9999-12-31", ')), /no paper can be from 9999-12-31/);
  });

  it('does not count what is only old', () => {
    assert.equal(read(line.replace('"2026-01-02"', '"1986-04-25"')).publishedOn, '1986-04-25');
  });
});

describe('the Kaggle snapshot', () => {
  const [diphoton, knots, atlas] = fixture('snapshot.json');

  it('gives versions, names and all the rest', () => {
    const { authors, ...draft } = read(diphoton);
    assert.deepEqual(authors[0], { family: 'Balázs', given: 'C.', suffix: '', affiliation: '' });
    assert.equal(authors.length, 4);
    assert.deepEqual(draft, {
      id: '0704.0001',
      title: 'Calculation of prompt diphoton production cross sections at Tevatron and LHC energies',
      abstract:
        'A fully differential calculation in perturbative quantum chromodynamics is presented for the production of ' +
        'massive photon pairs at hadron colliders.\nGood agreement is shown with data from the Fermilab Tevatron.',
      authorsSplit: true,
      categories: ['hep-ph'],
      versions: [
        { number: 1, at: Date.parse('2007-04-02T19:18:42Z') },
        { number: 2, at: Date.parse('2007-07-24T20:10:27Z') },
      ],
      publishedOn: '2007-04-02',
      announcedOn: '2007-04-04',
      submitter: 'Pavel Nadolsky',
      license: null,
      comments: '37 pages, 15 figures; published version',
      journalRef: 'Phys.Rev.D76:013009,2007',
      doi: '10.1103/PhysRevD.76.013009',
      codeUrl: null,
      projectUrl: null,
    });
  });

  it('says who is affiliated where and what was withdrawn', () => {
    const { authors, withdrawn, categories } = read(knots);
    assert.deepEqual(authors[1], { family: 'van der Schrijver', given: 'Otto', suffix: 'Jr.', affiliation: 'ETH' });
    assert.equal(withdrawn, true);
    assert.deepEqual(categories, ['math.GT', 'math.AT']);
  });

  it('counts authors who are not named, and puts versions in order', () => {
    const { authors, authorCount, versions, publishedOn } = read(atlas);
    assert.deepEqual(authors.map(fullName), ['The ATLAS Collaboration', 'G. Aad']);
    assert.equal(authorCount, 2934);
    assert.deepEqual(
      versions?.map((version) => version.number),
      [1, 2],
    );
    assert.equal(publishedOn, '2012-07-31');
  });

  it('refuses dates without a time zone', () => {
    const line = (diphoton ?? '').replace('19:18:42 GMT', '19:18:42');
    assert.match(problemOf(line), /"versions" must be a list of/);
  });
});
