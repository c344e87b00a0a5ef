import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { runProgram, temporaryFolder } from '../program.ts';

const record = (number: number, title: string, more: object = {}) =>
  JSON.stringify({
    id: `2601.${String(number).padStart(5, '0')}`,
    title,
    abstract: 'About things.',
    authors: ['Ada Lovelace'],
    categories: ['cs.LG'],
    published: '2026-01-05',
    ...more,
  });

interface Report {
  exact: boolean;
  total: number;
  unread: { text: string }[];
  papers: Record<string, unknown>[];
}

describe('broadsheet search', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  const search = async (...args: string[]) =>
    await runProgram(['search', ...args], { DATA_DIR: join(folder.path, 'data') });
  const json = async (...args: string[]) => {
    const { out, code, err } = await search('--json', ...args);
    assert.ok(code === 0 || code === 1, err);
    return JSON.parse(out) as Report;
  };
  const ids = (report: Report) => report.papers.map(({ id }) => id);

  before(async () => {
    folder = await temporaryFolder();
    const file = join(folder.path, 'papers.jsonl');
    const authors = ['Ada Lovelace', 'Alan Turing', 'Grace Hopper', 'Emmy Noether', 'Sofia Kovalevskaya'];
    const lines = [
      record(1, 'A mixture of experts for $\\ell_1$ regression', {
        authors,
        published: '2025-03-01',
        categories: ['cs.CL'],
      }),
      record(
        2,
        'Experts in a mixture: a very long title that does not fit into one line of an ordinary terminal of eighty',
      ),
      record(3, 'The weather'),
    ];
    writeFileSync(file, lines.join('\n'));
    const { code, err } = await runProgram(['import', file], { DATA_DIR: join(folder.path, 'data') });
    assert.equal(code, 0, err);
  });
  after(async () => await folder[Symbol.asyncDispose]());

  test('prints title, authors cut short, date, id and why, and breaks lines between words', async () => {
    const { code, out } = await search('mixture experts regression');
    assert.equal(code, 0);
    assert.match(out, /^1\. {2}A mixture of experts for ℓ₁ regression\n/);
    assert.match(out, /^ {4}Ada Lovelace, Alan Turing and 3 others · 2025-03-01 · 2601\.00001 · found by/m);
    assert.match(out, /^2\. {2}Experts in a mixture/m);
    for (const line of out.split('\n')) assert.ok(line.length <= 80, line);
    assert.equal(out.includes('\u001B'), false);
  });

  test('understands the operators of the site, in one argument or several', async () => {
    assert.deepEqual(ids(await json('"mixture of experts"')), ['2601.00001']);
    assert.deepEqual(ids(await json('expert', 'after:2026')), ['2601.00002']);
    assert.deepEqual(ids(await json('expert -regression')), ['2601.00002']);
    assert.deepEqual(ids(await json('author:hopper')), ['2601.00001']);
    assert.deepEqual(ids(await json('expert', '--sort', 'new')), ['2601.00002', '2601.00001']);
    assert.deepEqual(ids(await json('expert', '--limit', '1')).length, 1);
  });

  test('as JSON has all that a script needs', async () => {
    const { papers, ...rest } = await json('mixture regression after:yesterday category:cs.CL');
    assert.deepEqual(Object.keys(rest), ['query', 'sort', 'exact', 'total', 'unread', 'respelled']);
    assert.equal(rest.unread[0]?.text, 'after:yesterday');
    const { why, ...paper } = papers[0] ?? {};
    assert.match(String(why), /^(?:words|both)$/);
    assert.deepEqual(paper, {
      id: '2601.00001',
      title: 'A mixture of experts for ℓ₁ regression',
      authors: ['Ada Lovelace', 'Alan Turing', 'Grace Hopper', 'Emmy Noether', 'Sofia Kovalevskaya'],
      authorCount: 5,
      published: '2025-03-01',
      categories: ['cs.CL'],
      missing: [],
      also: [],
    });
  });

  test('what is typed means what it does on the site: a category’s name is its papers, the newest first', async () => {
    assert.deepEqual(ids(await json('cs.LG')), ['2601.00003', '2601.00002']);
    assert.deepEqual(ids(await json('cs.CL')), ['2601.00001']);
    const { code, err } = await search('"');
    assert.equal(code, 2);
    assert.match(err, /nothing to search for/);
  });

  test('says what --limit leaves out, and what it cannot show', async () => {
    const many = Array.from({ length: 510 }, (_, at) =>
      record(at + 100, `Wombats ${at}`, { categories: ['q-bio.PE'] }),
    );
    const file = join(folder.path, 'many.jsonl');
    writeFileSync(file, many.join('\n'));
    await runProgram(['import', file], { DATA_DIR: join(folder.path, 'data') });
    assert.match((await search('wombats')).err, /\n10 of 510; --limit shows more, 500 at most\.\n$/);
    assert.match((await search('wombats', '--limit', '500')).err, /\n500 of 510, the most that are listed\. Narrow/);
    assert.match((await search('experts', '--limit', '1')).err, /\n1 of 2; --limit shows more\.\n$/);
    assert.doesNotMatch((await search('experts', '--limit', '2')).err, /limit/);
    assert.equal((await json('category:q-bio.PE', '--limit', '500')).papers.length, 500);
  });

  test('an id or address is the paper', async () => {
    assert.deepEqual(ids(await json('https://arxiv.org/abs/2601.00003v2')), ['2601.00003']);
  });

  test('nothing found is exit code 1, and says so', async () => {
    const { code, out, err } = await search('author:xyzzy');
    assert.equal(code, 1);
    assert.equal(out, '');
    assert.match(err, /^Nothing found for author:xyzzy/);
    const report = await search('--json', 'author:xyzzy');
    assert.equal(report.code, 1);
    assert.deepEqual((JSON.parse(report.out) as Report).papers, []);
  });

  test('wrong use is exit code 2 and one line that says what would be right', async () => {
    for (const [args, pattern] of [
      [[], /missing required argument/],
      [[''], /nothing to search for/],
      [['x'.repeat(251)], /251 characters; 250 is the most/],
      [['x', '--limit', '0'], /--limit 0 is not a number of papers from 1 to 500/],
      [['x', '--limit', 'many'], /--limit many/],
      [['x', '--sort', 'random'], /relevance, new, trending/],
    ] as const) {
      const { code, err } = await search(...args);
      assert.equal(code, 2, args.join(' '));
      assert.match(err, pattern);
    }
    const { code, err } = await runProgram(['search', 'x'], { DATA_DIR: join(folder.path, 'typo') });
    assert.equal(code, 2);
    assert.match(err, /There is no database in .*typo/);
  });
});
