import assert from 'node:assert/strict';
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { describe, test } from 'node:test';
import { createGunzip } from 'node:zlib';
import { sharedPath, withoutShared } from '../../test/shared-fixtures.ts';
import { parseAuthorName, parseAuthorNames } from './authors.ts';
import type { Paper } from './paper.ts';
import { foldTitle, isSameWork, workMarks } from './same-work.ts';

type Described = Pick<Paper, 'id' | 'title' | 'authors' | 'doi'>;

const PEOPLE = ['Samuel Schapiro', 'Han Zhao', 'Jan van der Berg'];

function work(id: string, title: string, authors: readonly string[] = PEOPLE, doi: string | null = null): Described {
  return { id, title, doi, authors: authors.map(parseAuthorName) };
}

const same = (a: Described, b: Described) =>
  isSameWork(workMarks(a), workMarks(b)) && isSameWork(workMarks(b), workMarks(a));

describe('one work from two sources', () => {
  const paper = work('2310.02541', 'A Study: $\\ell_2$-Regularised Networks and the Schr\\"odinger Bridge');

  test('has one title, whatever each makes of case, marks, TeX, hyphens, articles, plurals and spelling', () => {
    for (const title of [
      'a study: ℓ2 regularized network and Schrödinger bridge.',
      'A STUDY – ℓ₂-REGULARISED NETWORKS & THE SCHRODINGER BRIDGE',
      'Study: $\\ell_2$-regularized networks and the “Schrödinger” bridge',
    ])
      assert.ok(same(paper, work('openreview:abc', title)), title);
  });

  test('and the same people, with initials, without accents, or only most of them', () => {
    for (const authors of [
      ['S. Schapiro', 'H. Zhao', 'J. van der Berg'],
      ['Berg, Jan van der', 'Zhao, Han'],
      ['Schapiro', 'Zhao'],
      [...PEOPLE, 'Ada Lovelace'],
    ])
      assert.ok(
        same(paper, { ...paper, id: 'openreview:abc', authors: parseAuthorNames(authors).authors }),
        authors.join(),
      );
  });

  test('or one DOI, under whatever title', () => {
    const published = work('2310.02541', 'Preprint', PEOPLE, '10.1145/ABC.1, 10.1000/xyz');
    for (const other of [
      work('doi:10.1145/abc.1', 'Another title'),
      work('openreview:abc', 'Another title', ['Ada Lovelace'], 'https://doi.org/10.1000/XYZ'),
      work('doi:10.48550/arxiv.2310.02541', 'Another title'),
    ])
      assert.ok(same(published, other), other.id);
  });

  test('two ids of arXiv are two works, even where title, people and DOI agree', () => {
    assert.equal(same(work('2310.00001', 'X', PEOPLE, '10.1/a'), work('2310.00002', 'X', PEOPLE, '10.1/a')), false);
  });

  test('two of another source are one only if it says so by their DOI', () => {
    assert.equal(same(work('openreview:a', 'X'), work('openreview:b', 'X')), false);
    assert.equal(same(work('openreview:a', 'X', PEOPLE, '10.1/a'), work('openreview:b', 'Y', PEOPLE, '10.1/A')), true);
  });

  test('what comes close is another work', () => {
    const given = work('2310.02541', 'Learning with noise, Part I: supervised graphs from A to B');
    for (const title of [
      'Learning with noise, Part II: supervised graphs from A to B',
      'Learning with noise, Part I: unsupervised graphs from A to B',
      'Learning with noise, Part I: supervised graphs from B to A',
      'Learning with noise, Part I: supervised graphs from A to B revisited',
      'Learning with noise, Part I',
      'Learning without noise, Part I: supervised graphs from A to B',
    ])
      assert.equal(same(given, work('openreview:abc', title)), false, title);
    assert.equal(same(work('2301.00001', 'GPT-3 evaluated'), work('doi:10.1/a', 'GPT-4 evaluated')), false);
    assert.equal(same(work('2301.00001', 'Convergence of SGD'), work('doi:10.1/a', 'Convergence of GD')), false);
  });

  test('and so is one title by other people, or by people of whom nothing is known', () => {
    const given = work('2310.02541', 'Introduction');
    assert.equal(same(given, work('doi:10.1/a', 'Introduction', ['Ada Lovelace'])), false);
    assert.equal(same(given, work('doi:10.1/a', 'Introduction', ['Ada Lovelace', 'Han Zhao', 'Alan Turing'])), false);
    assert.equal(same(given, work('doi:10.1/a', 'Introduction', ['Huan Li', 'Sam Zhao'])), false);
    assert.equal(same(given, work('doi:10.1/a', 'Introduction', [])), false);
    assert.equal(same(work('2310.00001', '???'), work('doi:10.1/a', '!')), false);
  });
});

const CORPUS = 'data/arxiv-cs-100k.jsonl.gz';

describe('over 100 000 real papers', { skip: withoutShared(CORPUS) }, () => {
  const read = async (): Promise<Described[]> => {
    const papers: Described[] = [];
    const lines = createInterface({ input: createReadStream(sharedPath(CORPUS)).pipe(createGunzip()) });
    for await (const line of lines) {
      const { id, title, authors } = JSON.parse(line) as { id: string; title: string; authors: string[] };
      papers.push({ id, title, doi: null, authors: parseAuthorNames(authors).authors });
    }
    return papers;
  };

  /** What other sources do to a title. */
  const CHANGES: ((title: string) => string)[] = [
    (title) => (/[$\\]/.test(title) ? title : title.toUpperCase()),
    (title) => (/[$\\]/.test(title) ? title : title.toLowerCase()),
    (title) => title.replaceAll(': ', ' - ').replaceAll(' and ', ' & '),
    (title) => `${title.replaceAll(/(\w)-(\w)/g, '$1 $2')}.`,
    (title) =>
      title
        .replaceAll('-', '–')
        .replaceAll("'", '’')
        .replaceAll(/"([^"]*)"/g, '“$1”'),
    (title) => title.replace(/: (?:A|An|The) /, ': '),
  ];

  test('a work is known again, and none is taken for another', async () => {
    const papers = await read();
    const byTitle = Map.groupBy(papers, ({ title }) => foldTitle(title));
    const wrong: string[] = [];
    for (const group of byTitle.values()) {
      for (const [at, a] of group.entries()) {
        for (const b of group.slice(at + 1)) {
          // As if the second had come from elsewhere: arXiv itself calls them two works.
          if (same(a, { ...b, id: `openreview:${b.id}` })) wrong.push(`${a.id} ${b.id} ${a.title}`);
        }
      }
    }
    // Ten were sent to arXiv twice, by the same people; they are one work by any measure but arXiv's.
    assert.equal(wrong.length, 10, wrong.join('\n'));
    const missed: string[] = [];
    for (let at = 0; at < papers.length; at += 100) {
      const paper = papers[at] as Described;
      const authors = paper.authors.map((author, place) =>
        place % 2 ? { ...author, given: author.given.slice(0, 1) } : author,
      );
      for (const change of CHANGES) {
        const other = { id: 'openreview:abc', doi: null, title: change(paper.title), authors };
        if (paper.authors.length > 0 && !same(paper, other)) missed.push(other.title);
      }
    }
    assert.deepEqual(missed, []);
  });
});
