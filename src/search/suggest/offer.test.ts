import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { parseAuthorName } from '#papers/authors.ts';
import { codePoint } from '../../../test/code-point.ts';
import { tokenize } from '../tokens.ts';
import { inverter } from './live-suggest.ts';
import { offer } from './offer.ts';
import { addPaper, createSuggestIndex, invertAll } from './suggest-index.ts';
import { readTyped } from './typed.ts';

interface Given {
  title: string;
  authors?: string[];
  day?: string;
}

function indexOf(...papers: Given[]) {
  const index = createSuggestIndex();
  papers.forEach(({ title, authors = [], day = '2026-01-01' }, at) =>
    addPaper(index, { seq: at + 1, title, authors: authors.map(parseAuthorName), published_on: day }),
  );
  return index;
}

describe('what is offered while somebody types', () => {
  const index = indexOf(
    { title: 'Attention Is All You Need', authors: ['Ashish Vaswani', 'Noam Shazeer'], day: '2017-06-12' },
    { title: 'Attention Is All You Need for Weather', authors: ['Ada Rain'] },
    { title: 'You Need All: Is Attention Enough?', authors: ['Ada Rain'], day: '2026-01-05' },
    { title: 'Why we pay attention', authors: ['Noam Shazeer'], day: '2020-01-01' },
    { title: 'Schrödinger bridges by GPT-4 in C++', authors: ['Geoffrey E. Hinton', 'José García'] },
    { title: 'Multiagent transformers', authors: ['Geoffrey Hinton', 'Jose Garcia'] },
  );
  const papers = (text: string) => offer(index, readTyped(text), 5).papers;
  const authors = (text: string) =>
    offer(index, readTyped(text), 5).authors.map(({ name, papers: count }) => `${name} ${count}`);

  test('a title that is what was typed comes first, then those that begin with it, hold it, hold its words', () => {
    assert.deepEqual(papers('attention is all you need'), [1, 2, 3]);
    assert.deepEqual(papers('attention'), [2, 1, 3, 4]);
    assert.deepEqual(papers('pay att'), [4]);
  });

  test('every word must be there, the last as the beginning of one', () => {
    assert.deepEqual(papers('attention wea'), [2]);
    assert.deepEqual(papers('attention wea '), []);
    assert.deepEqual(papers('attention submarine'), []);
    assert.deepEqual(papers('tention'), []);
  });

  test('spellings are forgiven as in the search: accents, forms, compounds', () => {
    assert.deepEqual(papers('schrodinger br'), [5]);
    assert.deepEqual(papers('Schrödinger'), [5]);
    assert.deepEqual(papers('gpt4'), [5]);
    assert.deepEqual(papers('gpt-4'), [5]);
    assert.deepEqual(papers('gpt-5'), []);
    assert.deepEqual(papers('c++'), [5]);
    assert.deepEqual(papers('multi-agent'), [6]);
    assert.deepEqual(papers('transformer '), [6]);
  });

  test('authors are found by any part of their name and by initials, those with most papers first', () => {
    assert.deepEqual(authors('sha'), ['Noam Shazeer 2']);
    assert.deepEqual(authors('g hinton').toSorted(), ['Geoffrey E. Hinton 1', 'Geoffrey Hinton 1']);
    assert.equal(authors('hinton geoff').length, 2);
    assert.deepEqual(authors('a'), ['Ada Rain 2', 'Ashish Vaswani 1']);
  });

  test('one person in two spellings is one', () => {
    assert.deepEqual(offer(index, readTyped('garcia'), 5).authors, [
      { slug: 'jose-garcia', name: 'José García', papers: 2 },
    ]);
  });

  test('words may stand partly in the title and partly in names; names alone must be one person', () => {
    assert.deepEqual(papers('vaswani attention'), [1]);
    assert.deepEqual(papers('shazeer'), [4, 1]);
    assert.deepEqual(papers('noam vaswani'), []);
  });

  test('a paper that is replaced is offered by its new title only, and counts once', () => {
    const changing = indexOf({ title: 'Cats', authors: ['Ada Rain'] });
    addPaper(changing, { seq: 1, title: 'Dogs', authors: [parseAuthorName('Ada Rain')], published_on: '2026-01-01' });
    assert.deepEqual(offer(changing, readTyped('cats'), 5).papers, []);
    assert.deepEqual(offer(changing, readTyped('dogs'), 5).papers, [1]);
    assert.deepEqual(
      offer(changing, readTyped('rain'), 5).authors.map(({ papers: count }) => count),
      [1],
    );
    addPaper(changing, { seq: 1, title: 'Dogs', authors: [], published_on: '2026-01-01' });
    assert.deepEqual(offer(changing, readTyped('rain'), 5).authors, []);
  });

  test('more words than anybody types while choosing offer nothing', () => {
    assert.deepEqual(papers(Array.from({ length: 60 }, (_, at) => `word${at}`).join(' ')), []);
  });
});

test('whatever the titles, just those are offered that hold every word', () => {
  const word = fc.constantFrom(
    'graph',
    'graphs',
    'graphene',
    'net',
    'neural',
    'multi-agent',
    'multi',
    'agent',
    'a',
    'x',
  );
  const title = fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join(' '));
  fc.assert(
    fc.property(fc.array(title, { maxLength: 12 }), fc.array(word, { minLength: 1, maxLength: 3 }), (titles, words) => {
      const index = indexOf(...titles.map((one) => ({ title: one })));
      const found = offer(index, readTyped(words.join(' ')), 100).papers.toSorted((a, b) => a - b);
      assert.deepEqual(
        found,
        titles.flatMap((one, at) => (holds(one, words) ? [at + 1] : [])),
      );
    }),
    { numRuns: 500 },
  );
});

test('whatever is typed, a title is offered for its own beginning, and nothing breaks', () => {
  const writing = fc.constantFrom(...'abcab   -_${}é漢+#1."');
  const text = fc.oneof(fc.string({ unit: codePoint, maxLength: 60 }), fc.string({ unit: writing, maxLength: 60 }));
  fc.assert(
    fc.property(text, fc.nat(60), (title, length) => {
      const index = indexOf({ title, authors: [title] }, { title: 'Something else' });
      offer(index, readTyped(title), 5);
      const words = title.split(/\s+/u).filter((word) => /^[a-z]+$/.test(word));
      const typed = words.join(' ').slice(0, length);
      if (words.length > 0 && typed.trim() !== '')
        assert.ok(offer(index, readTyped(typed), 5).papers.includes(1), typed);
    }),
    { numRuns: 1000 },
  );
});

/** Said plainly, for the words above. */
function holds(title: string, words: readonly string[]): boolean {
  const tokens = tokenize(title);
  const same = (a: string, b: string) => a === b || a === `${b}s` || b === `${a}s`;
  return words.every((word, at) => {
    const fits = (text: string, isLast: boolean) =>
      tokens.some((token) => same(token, text) || (isLast && token.startsWith(text)));
    const isLast = at === words.length - 1;
    if (word !== 'multi-agent') return fits(word, isLast);
    return fits('multiagent', isLast) || (fits('multi', false) && fits('agent', isLast));
  });
}

test('what is offered does not depend on how much of the index is inverted', () => {
  const word = fc.constantFrom(...'deep deeper a ab gpt-4 multi-agent agents Ada Rain Hinton G. of'.split(' '));
  const title = fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join(' '));
  const paper = fc.record({
    title,
    authors: fc.array(fc.constantFrom('Ada Rain', 'Geoffrey Hinton', 'G. Deep', 'Ab Agent'), { maxLength: 2 }),
    day: fc.constantFrom('2026-01-01', '2026-01-02'),
  });
  const typed = fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => words.join(' '));
  fc.assert(
    fc.property(fc.array(paper, { maxLength: 12 }), fc.nat(12), typed, fc.nat(14), (papers, half, text, length) => {
      const asked = readTyped(text.slice(0, length));
      const inverted = indexOf(...papers.slice(0, half));
      assert.ok([...invertAll(inverted, 0)].every((step) => step === undefined));
      papers.slice(half).forEach(({ title: name, authors, day }, at) =>
        addPaper(inverted, {
          seq: Math.min(half, papers.length) + at + 1,
          title: name,
          authors: authors.map(parseAuthorName),
          published_on: day,
        }),
      );
      for (const limit of [2, 20]) {
        assert.deepEqual(offer(inverted, asked, limit), offer(indexOf(...papers), asked, limit));
      }
    }),
    { numRuns: 500 },
  );
});

describe('what is typed holds nobody up, however many titles and names begin with it', () => {
  const index = crowd(30_000);
  const ordinary = 'graph lea';
  for (const text of ['a', 'j s m', 's t s t s t s t s t', 'a b c d e f g h i j k l m n o', 'li wa', 'the of a']) {
    test(`${text} takes few times as long as words do`, () => {
      offer(index, readTyped(ordinary), 6);
      assert.ok(offer(index, readTyped(text), 6).papers.length <= 6);
      // Processor time: a busy machine makes it no longer. The letters took 20 to 100 ms before there was a limit.
      assert.ok(leastMs(() => offer(index, readTyped(text), 6)) < 15, text);
    });
  }

  test('and names by initials are found all the same', () => {
    addPaper(index, {
      seq: 40_000,
      title: 'Backpropagation',
      authors: ['Geoffrey E. Hinton', 'Yann LeCun'].map(parseAuthorName),
      published_on: '2026-02-01',
    });
    for (const text of ['g e hinton', 'hinton g', 'g hin']) {
      assert.deepEqual(
        offer(index, readTyped(text), 6).authors.map(({ name }) => name),
        ['Geoffrey E. Hinton'],
        text,
      );
      assert.deepEqual(offer(index, readTyped(text), 6).papers, [40_000], text);
    }
    assert.deepEqual(offer(index, readTyped('y lecun backprop'), 6).papers, [40_000]);
  });

  test('a letter offers the newest titles that begin with it, and those of its authors who wrote most', () => {
    const { papers, authors } = offer(index, readTyped('j'), 3);
    assert.equal(papers.length, 3);
    const most = authors.map(({ papers: count }) => count);
    assert.deepEqual(
      most,
      most.toSorted((a, b) => b - a),
    );
    assert.equal(authors.length, 3);
  });
});

/** Titles and names of so many papers, with all letters at the beginnings of words. */
function crowd(papers: number) {
  const index = createSuggestIndex();
  let state = 1;
  const pick = <T>(list: readonly T[]): T => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return list[(state >>> 8) % list.length] as T;
  };
  const letters = [...'abcdefghijklmnopqrstuvwxyz'];
  const words = [
    ...letters,
    ...'the of and a graph learning wang li'.split(' '),
    ...Array.from({ length: 3000 }, (_, at) => `${pick(letters)}${pick(letters)}word${at}`),
  ];
  const families = [
    'Wang',
    'Li',
    'Zhang',
    'Smith',
    ...Array.from({ length: 2000 }, () => `${pick(letters)}${pick(letters)}oan`),
  ];
  for (let seq = 1; seq <= papers; seq++) {
    addPaper(index, {
      seq,
      title: Array.from({ length: 9 }, () => pick(words)).join(' '),
      authors: Array.from({ length: 4 }, () =>
        parseAuthorName(`${pick(letters)}${pick(letters)}a ${pick(letters)}. ${pick(families)}`),
      ),
      published_on: '2026-01-01',
    });
  }
  for (const _ of invertAll(index, 0));
  return index;
}

/** The least of some runs. */
function leastMs(run: () => unknown): number {
  let least = Infinity;
  for (let round = 0; round < 8; round++) {
    const before = process.cpuUsage();
    run();
    const { user, system } = process.cpuUsage(before);
    least = Math.min(least, (user + system) / 1000);
  }
  return least;
}

test('each index gets lists of its own, though those of another one are being made', async () => {
  const titles = Array.from({ length: 5000 }, (_, at) => ({ title: `word${at}` }));
  const [first, second] = [indexOf(...titles), indexOf(...titles)];
  const invert = inverter();
  await Promise.all([invert(first), invert(second), invert(first)]);
  for (const index of [first, second]) assert.equal(index.byWord.rows, 5000);
  assert.deepEqual(offer(second, readTyped('word4999'), 5).papers, [5000]);
});
