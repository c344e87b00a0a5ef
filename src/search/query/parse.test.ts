import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { codePoint } from '../../../test/code-point.ts';
import { parseQuery } from './parse.ts';
import { printPart, printQuery } from './print.ts';

/** What is typed, and what is understood: words in lower case bars, all else as it is printed. */
const cases: [typed: string, understood: string][] = [
  ['mixture of experts', '|mixture| |of| |experts|'],
  ['"chain of thought" prompting', '"chain of thought" |prompting|'],
  ['“chain  of thought„', '"chain of thought"'],
  ['"attention"', '"attention"'],
  ['deep -learning -"neural network"', '|deep| -learning -"neural network"'],
  ['author:hinton AUTHOR:"geoffrey hinton"', 'author:hinton author:"geoffrey hinton"'],
  ['author:hinton, forward', 'author:hinton |forward|'],
  ['author:“Schrödinger”', 'author:Schrödinger'],
  [String.raw`Schr\"odinger bridge "G\"{o}del"`, '|Schrödinger| |bridge| "Gödel"'],
  [String.raw`author:Erd\H{o}s`, 'author:Erdős'],
  [String.raw`$\o$ $\alpha$`, String.raw`|$\o$| |$\alpha$|`],
  ['author:li,wang -author:li,wang', 'author:li author:wang -author:li,wang'],
  ['author:"lecun, yann"', 'author:"lecun, yann"'],
  ['category:CS.lg cat:cs Cat:math.*', 'category:cs.LG category:cs category:math'],
  ['-category:cs.CV -author:x -has:code', '-category:cs.CV -author:x -has:code'],
  ['org:deepmind org:"google research"', 'org:deepmind org:"google research"'],
  ['after:2025-06', 'after:2025-06'],
  ['after:2025-6-3 before:2026', 'after:2025-06-03 before:2026'],
  ['before:2025-03-01', 'before:2025-03'],
  ['year:2025 year:2023-2025 year:2022..2021', 'year:2025 year:2023-2025 year:2021-2022'],
  ['-year:2020', '-year:2020'],
  ['au:hinton -AU:"le cun"', 'author:hinton -author:"le cun"'],
  ['ti:diffusion title:"state space" abs:-x -ti:y', '|diffusion| "state space" |x|'],
  ['has:CODE', 'has:code'],
  ['sort:new cats', '|cats| sort:new'],
  ['sort:new sort:trending cats', '|cats| sort:trending'],
  ['sort:new sort:relevance cats', '|cats|'],
  ['author:x author:x cats cats', 'author:x |cats| |cats|'],
  ['foo:bar -foo:bar', '|foo:bar| -foo:bar'],
  ['foo:"a b" -foo:"a b"', '|foo:| "a b" -"foo: a b"'],
  ['gpt-4 state-of-the-art C++ -C++', '|gpt-4| |state-of-the-art| |C++| -C++'],
  ['- -- --fast -> -1 -0.5 -50% -3d', '|-| |--| |--fast| |->| |-1| |-0.5| |-50%| -3d'],
  ['$-1$ -$x$ $H_{-1}$', '|$-1$| -$x$ |$H_{-1}$|'],
  ['"unclosed words', '|unclosed| |words|'],
  ['an 5" disk and a 7" disk', '|an| |5| |disk| |and| |a| |7| |disk|'],
  ['"deep learning"-based', '"deep learning" |based|'],
  ['("a b")', '|(| "a b" |)|'],
  ['"a b"author:x', '"a b" author:x'],
  ['say"hello there"', '|say| |hello| |there|'],
  ['"" "..." -"…" -"', '|...| |…|'],
  ['zero\0byte\ttab\nline', '|zero| |byte| |tab| |line|'],
  ['lone \ud800 half', '|lone| |\ufffd| |half|'],
  ['turned \u202earound', '|turned| |around|'],
  ['', ''],
  ['   ', ''],
];

for (const [typed, understood] of cases) {
  test(`understands ${JSON.stringify(typed)}`, () => {
    const { parts, sort } = parseQuery(typed);
    const shown = parts.map((part) => (part.kind === 'word' ? `|${part.text}|` : printPart(part)));
    if (sort !== 'relevance') shown.push(`sort:${sort}`);
    assert.equal(shown.join(' '), understood);
  });
}

test('dates are days: after begins with the first day, before ends the day before, a year is all of it', () => {
  const published = (typed: string) => parseQuery(typed).parts;
  assert.deepEqual(published('after:2025-06'), [{ kind: 'published', from: '2025-06-01' }]);
  assert.deepEqual(published('before:2025-06'), [{ kind: 'published', to: '2025-05-31' }]);
  assert.deepEqual(published('before:2025'), [{ kind: 'published', to: '2024-12-31' }]);
  assert.deepEqual(published('year:2024'), [{ kind: 'published', from: '2024-01-01', to: '2024-12-31' }]);
  assert.deepEqual(published('year:2023..2025'), [{ kind: 'published', from: '2023-01-01', to: '2025-12-31' }]);
  assert.deepEqual(published('after:2024-02-29'), [{ kind: 'published', from: '2024-02-29' }]);
});

const unread: [typed: string, text: string, problem: RegExp, words: string][] = [
  ['cats after:yesterday', 'after:yesterday', /is not a date.*2025-06/, 'cats'],
  ['category:nlp cats', 'category:nlp', /So “nlp” is looked for as text\.$/, 'nlp cats'],
  ['cats after:soon', 'after:soon', /It is left out\.$/, 'cats'],
  ['title:diffusion', 'title:diffusion', /not known here.*So “diffusion” is looked for as text/, 'diffusion'],
  ['ABS:"deep nets"', 'ABS:"deep nets"', /not known here/, '"deep nets"'],
  ['-ti:diffusion cats', '-ti:diffusion', /not known here.*It is left out/, 'cats'],
  ['lora OR dora', 'OR', /a word like any other/, 'lora OR dora'],
  ['NOT lora', 'NOT', /Write -word/, 'NOT lora'],
  ['"unclosed phrase', '"', /not closed.*one by one/, 'unclosed phrase'],
  ['after:2025-02-30', 'after:2025-02-30', /is not a date/, ''],
  ['before:2025-13', 'before:2025-13', /is not a date/, ''],
  ['year:2025-06', 'year:2025-06', /is not a year/, ''],
  ['category:nlp', 'category:nlp', /is not a category/, 'nlp'],
  ['has:wings', 'has:wings', /has:code/, ''],
  ['sort:best', 'sort:best', /sort:relevance/, ''],
  ['-sort:new', '-sort:new', /excludes nothing/, ''],
  ['author: hinton', 'author:', /without a space/, 'hinton'],
  ['author:""', 'author:""', /names nobody/, ''],
  ['after:"last week"', 'after:"last week"', /is not a date/, ''],
  ['author:"geoffrey hinton', 'author:"', /not closed/, 'geoffrey hinton'],
  ['-"deep learning', '-"', /not closed/, 'deep learning'],
];

for (const [typed, text, problem, words] of unread) {
  test(`says what is wrong with ${typed}, and looks for what it still says`, () => {
    const query = parseQuery(typed);
    assert.equal(query.unread.length, 1);
    assert.equal(query.unread[0]?.text, text);
    assert.match(query.unread[0]?.problem ?? '', problem);
    assert.equal(printQuery(query), words);
    assert.equal(query.sort, 'relevance');
  });
}

test('says nothing of what is no operator', () => {
  assert.deepEqual(parseQuery('foo:bar "open 5" http://x.org -1 a:b -foo:"x').unread, []);
  for (const text of [
    'ATTENTION IS NOT ALL YOU NEED',
    'cats AND dogs',
    'cats or dogs',
    'NOT',
    'a 5" disk',
    '"',
    '"" cats',
  ])
    assert.deepEqual(parseQuery(text).unread, [], text);
});

/** Whatever people type, with more of what a parser trips over. */
const pieces = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...' "“”-:,.*+\'\\$(){}[]^~!|&<>%_#\0\u202e\ud800é深') },
  { weight: 3, arbitrary: fc.constantFrom(' ', ' -', ' "', '" ', '-"', ':"', '--', '..') },
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      ...[
        'author:',
        'org:',
        'category:',
        'cat:',
        'after:',
        'before:',
        'year:',
        'has:',
        'sort:',
        'foo:',
        'AUTHOR:',
        'au:',
        'title:',
        'ti:',
      ],
    ),
  },
  {
    weight: 3,
    arbitrary: fc.constantFrom('2025', '2025-06', '1000', '9999', '2023-2025', 'cs.LG', 'cs', 'code', 'new'),
  },
  { weight: 2, arbitrary: fc.constantFrom('hinton', 'deep learning', 'a', '1', 'x'.repeat(41)) },
  { weight: 1, arbitrary: fc.string({ unit: codePoint, maxLength: 5 }) },
);
const typed = fc.array(pieces, { maxLength: 20 }).map((list) => list.join(''));

test('a query that is printed is read as the same query', () => {
  fc.assert(
    fc.property(typed, (text) => {
      const { parts, sort } = parseQuery(text);
      const again = parseQuery(printQuery({ parts, sort }));
      assert.deepEqual({ parts: again.parts, sort: again.sort }, { parts, sort });
    }),
    { numRuns: 20_000 },
  );
});

test('a condition that is said twice is said once', () => {
  fc.assert(
    fc.property(typed, (text) => {
      const { parts, sort } = parseQuery(text);
      const conditions = parts.filter(({ kind }) => kind !== 'word');
      const once = printQuery({ parts: conditions, sort });
      const twice = parseQuery(`${once} ${once}`);
      assert.deepEqual({ parts: twice.parts, sort: twice.sort }, { parts: conditions, sort });
    }),
    { numRuns: 5000 },
  );
});

test('a quotation mark that is never closed changes nothing but what it stands before', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('deep', 'author:x', 'has:code', '-net', 'year:2025'), { maxLength: 6 }),
      (list) => {
        const text = list.join(' ');
        assert.deepEqual(parseQuery(`${text} "last`).parts, parseQuery(`${text} last`).parts);
      },
    ),
  );
});

test('50 kB of anything take no longer than they should', () => {
  const start = performance.now();
  const units = [
    '"',
    '" ',
    '-',
    ' -',
    '-"',
    'a"',
    ':',
    'author:',
    'author:" ',
    'author:"',
    ',',
    'author:,',
    '. ',
    'after:2025 ',
  ];
  for (const unit of [
    ...units,
    '-author:"x" ',
    'a',
    ' a',
    '“',
    'é',
    '深',
    '\ud800',
    '\0',
    '-a:"',
    'cat:.',
    '1',
    '-1',
  ]) {
    parseQuery(unit.repeat(50_000 / unit.length));
    parseQuery(`author:${unit.repeat(50_000 / unit.length)}`);
    parseQuery(`-${unit.repeat(50_000 / unit.length)}x`);
  }
  assert.ok(performance.now() - start < 6000);
});
