import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createReadStream, existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import fc from 'fast-check';
import { renderPieces, renderTex } from '#papers/tex/html.ts';
import { parseQuery } from '../query/parse.ts';
import { stem } from '../stem.ts';
import { tokenize } from '../tokens.ts';
import { highlightTex } from './highlight.ts';
import { bestPassage } from './passage.ts';
import { rangesOf } from './segments.ts';
import { matchSpans } from './spans.ts';
import { wantedBy } from './wanted.ts';

const wantedOf = (typed: string) => wantedBy(parseQuery(typed));

function marked(text: string, typed: string): string {
  return html(text, typed).replaceAll('<mark>', '[').replaceAll('</mark>', ']');
}

const cases: [typed: string, text: string][] = [
  ['generalize', '[Generalization] and [generalizing] of genes'],
  ['the cat', 'The [cat] and the hat'],
  ['to be', '[To] [be] or not [to] [be]'],
  ['gpt-4', '[GPT-4], [GPT4] and [GPT‑4]; [GPT]-3'],
  ['gpt4', '[GPT-4]; GPT-3'],
  ['agent', 'a multi-[agent] system'],
  ['schrodinger', '[Schrödinger]’s cat, [Schro\u0308dinger]'],
  ['Schrödinger', 'by [Schrodinger]'],
  ['C++', 'in [C++], not C#'],
  ['regmean', '[RegMean++] and [RegMean]'],
  ['l1', '[ℓ₁] and [ℓ1]'],
  ['学习', '深度[学习]方法'],
  ['"chain of thought"', 'a [Chain-of-Thought], the [chain of thought], a chain'],
  ['"deep nets" deep', '[deep nets] are [deep], but nets are not'],
  ['cat -dog author:bird category:cs.LG year:2025', 'a [cat], a dog, a bird, 2025'],
  ['die', 'to [die], [dying], [died]; did'],
  ['', 'nothing'],
  ['😀 cat', '😀 [cat] 😀'],
];

for (const [typed, text] of cases) {
  test(`marks ${JSON.stringify(typed)} in ${text}`, () => {
    assert.equal(marked(text.replaceAll(/[[\]]/g, ''), typed), text);
  });
}

function passageOf(text: string, typed: string, length: number): string {
  const { start, end } = bestPassage(text, matchSpans(text, wantedOf(typed)), { length });
  return text.slice(start, end);
}

const ABSTRACT =
  'We study birds. Birds sing in spring, e.g. Finches do. In this work a cat meets a dog and they become friends ' +
  'for life. The dog sleeps. Later on, all of them eat fish.';

test('the passage has the most different words, begins with a sentence and ends with one where it can', () => {
  assert.equal(passageOf(ABSTRACT, 'dog', 40), 'In this work a cat meets a dog and they');
  assert.equal(passageOf(ABSTRACT, 'birds', 20), 'We study birds.');
  assert.equal(passageOf(ABSTRACT, 'fish dog', 62), 'The dog sleeps. Later on, all of them eat fish.');
  assert.equal(passageOf(ABSTRACT, 'finches', 45), 'Birds sing in spring, e.g. Finches do.');
  assert.equal(passageOf(ABSTRACT, 'submarine', 60), 'We study birds. Birds sing in spring, e.g. Finches do.');
  assert.equal(passageOf(ABSTRACT, 'dog', 1000), ABSTRACT);
});

const words = fc.constantFrom(
  ...'cat dog Cats multi-agent deep 深度学习 \u{1F600} e\u0301t\u00e9 . ! , \n GPT-4 $x$ '.split(' '),
  ' ',
);
const texts = fc.array(words, { maxLength: 60 }).map((list) => list.join(' '));

test('a word is marked exactly if its stem is among those of the query', () => {
  const known =
    'dying lying skies sky yes yields early use uses élan Été x X1 c++ ski news die lie tie ties tying'.split(' ');
  for (const typed of known) {
    const stems = new Set(tokenize(typed).map(stem));
    for (const word of known) {
      const isMarked = tokenize(word).some((token) => stems.has(stem(token)));
      assert.equal(matchSpans(word, wantedOf(typed)).length > 0, isMarked, `${typed} in ${word}`);
    }
  }
});

test('ranges are the passage, marks are words, and no passage is longer than asked', () => {
  fc.assert(
    fc.property(
      texts,
      fc.constantFrom('cat', 'deep dog', '"cat dog" 学习', 'gpt4 été', ''),
      fc.nat(80),
      (text, typed, length) => {
        const spans = matchSpans(text, wantedOf(typed));
        const passage = bestPassage(text, spans, { length: length + 20 });
        const pieces = rangesOf(spans, passage).map((range) => ({
          text: text.slice(range.start, range.end),
          marked: range.marked,
        }));
        const shown = pieces.map((piece) => piece.text).join('');
        assert.equal(shown, text.slice(passage.start, passage.end));
        assert.ok(pieces.every((piece) => piece.text !== ''));
        assert.ok(shown.length <= length + 20 && shown === shown.trim() && shown.isWellFormed());
        for (const piece of pieces)
          if (piece.marked) assert.ok(matchSpans(piece.text, wantedOf(typed.replaceAll('"', ''))).length > 0);
      },
    ),
    { numRuns: 3000 },
  );
});

function html(source: string, typed: string, length?: number): string {
  const { pieces, cutBefore, cutAfter } = highlightTex(source, wantedOf(typed), length === undefined ? {} : { length });
  return `${cutBefore ? '… ' : ''}${renderPieces(pieces)}${cutAfter ? ' …' : ''}`;
}

test('TeX is rendered, escaped and marked', () => {
  assert.equal(html('a <b> & cat', 'cat'), 'a &lt;b&gt; &amp; <mark>cat</mark>');
  assert.equal(
    html('Schr\\"odinger\'s {\\em big cat}', 'schrodinger cat'),
    '<mark>Schrödinger</mark>&#39;s <em>big </em><mark><em>cat</em></mark>',
  );
  assert.equal(html('\\textbf{Reg}Mean', 'regmean'), '<mark><strong>Reg</strong>Mean</mark>');
  assert.equal(html('costs $5 and $6 a cat', 'cat'), 'costs $5 and $6 a <mark>cat</mark>');
});

test('a formula is marked as a whole, alone or with the word that it is a part of', () => {
  assert.match(html('the $\\ell_1$ norm', 'l1'), /^the <mark><math.*<\/math><\/mark> norm$/);
  assert.match(html('$k$-means', 'k-means'), /^<mark><math.*<\/math>-means<\/mark>$/);
  assert.match(html('$O(n \\log n)$ time', 'log'), /^<mark><math.*<\/math><\/mark> time$/);
});

test('a formula is not cut, however long', () => {
  const formula = `$${'x + '.repeat(40)}x$`;
  assert.equal(html(`short ${formula} cat dog`, 'nothing', 20), 'short …');
  assert.equal(html(`${formula} cat dog`, 'nothing', 20), `${renderTex(formula)} …`);
});

/** With the marks off, the styles joined that they had cut, and those left out that hold nothing. */
function unmarked(rendered: string): string {
  let joined = rendered.replace(/<\/?mark>/g, '');
  for (let before = ''; before !== joined;) {
    before = joined;
    joined = joined.replace(/<\/(em|strong|code|u|sup|sub|span)><(\1(?: class="small-caps")?)>/g, '');
    joined = joined.replace(/<(em|strong|code|u|sup|sub|span)(?: class="small-caps")?><\/\1>/g, '');
  }
  return joined;
}

function unstyled(rendered: string): string {
  return rendered.replace(/<\/?(?:mark|em|strong|code|u|sup|sub|span)\b[^>]*>/g, '');
}

const tex = fc
  .array(
    fc.constantFrom(
      ...[
        '$',
        '$$',
        '\\',
        '{',
        '}',
        '\\emph{',
        '\\"o',
        '\\textbf{',
        '$x^2$',
        '\\(',
        '\\)',
        '~',
        '--',
        "''",
        '\n',
        'cat',
        'dog',
        ' ',
        ' ',
        '-',
        '<',
        'https://x.org/a',
        '\\cite{a}',
        '\u202e',
        '\0',
      ],
    ),
    { maxLength: 40 },
  )
  .map((list) => list.join(''));

test('marks change nothing of how any text is rendered', () => {
  fc.assert(
    fc.property(tex, (source) => assert.equal(unmarked(html(source, 'cat x')), unmarked(renderTex(source)))),
    { numRuns: 3000 },
  );
});

const hostile = [
  'cat ',
  '$cat$ ',
  'A. ',
  '{cat ',
  '\\emph{cat} ',
  'cat',
  '深',
  'cat-',
  '.',
  ' ',
  '. ',
  'é ',
  "'",
  '.)',
  '$',
  'cat.Cat ',
];

test('no text takes longer than it should', () => {
  const start = process.cpuUsage();
  for (const unit of hostile) html(unit.repeat(20_000 / unit.length), 'cat "cat cat" 深深', 300);
  assert.ok(process.cpuUsage(start).user < 4_000_000, 'four seconds of the processor, whoever else uses it');
});

const LIBRARY = new URL('../../../../shared/data/titles-abstracts-250k.tsv.gz', import.meta.url);

test(
  'real abstracts are rendered as ever, marked or cut',
  { skip: !existsSync(LIBRARY) && 'needs ../shared' },
  async () => {
    let count = 0;
    for await (const line of createInterface({ input: createReadStream(LIBRARY).pipe(createGunzip()) })) {
      const [title = '', abstract = ''] = line.split('\t').slice(-2);
      if (count++ === 2000) break;
      assert.equal(unmarked(html(abstract, title)), unmarked(renderTex(abstract)));
      const passage = html(abstract, title, 300).replace(/^… | …$/g, '');
      assert.ok(unstyled(renderTex(abstract)).includes(unstyled(passage)), abstract);
    }
  },
);
