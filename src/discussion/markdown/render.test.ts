import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { countLinks, renderComment } from './render.ts';

const PIECES = [
  '[a](https://a.example)',
  '[a](https&#58;//a.example)',
  '[a](https\\://a.example)',
  '[a](//a.example)',
  '[a](javascript:x)',
  '[a](/papers)',
  '[a][1]',
  '[a]: /papers',
  '\n\n[1]: https://a.example\n\n',
  '[![a](https://a.example/a.png)](https://b.example)',
  '![a](https://a.example/a.png)',
  '![a](data:,a)',
  '<https://a.example>',
  '<ann@lab.example>',
  'https://a.example/(b)',
  'http://a.example',
  'HTTPS://A.EXAMPLE',
  'mailto:ann@lab.example',
  'www.a.example',
  'ftp://a.example',
  '@ada',
  '[@ada](https://a.example)',
  '`https://a.example`',
  '$\\href{https://a.example}{a}$',
  ...[
    '[',
    ']',
    '(',
    ')',
    '<',
    '>',
    '`',
    '*',
    '> ',
    '- ',
    '| a | b |\n|---|---|\n| ',
    '\n',
    '\n\n',
    '    ',
    ' ',
    'a',
    '\\',
  ],
];

test('as many links are counted as a reader finds, however they are written', () => {
  const body = fc.array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 12 }).map((pieces) => pieces.join(''));
  fc.assert(
    fc.property(body, (given) => {
      const html = renderComment(given, new Map([['ada', '/users/ada']]));
      const links = html.match(/<a (?!class="mention")/g)?.length ?? 0;
      assert.equal(countLinks(given), links, JSON.stringify(given));
    }),
    { seed: 7, numRuns: 3_000 },
  );
});

test('formulas that would take too much room are shown as their source, and so is what comes after them', () => {
  const wide = (number: number) => `$\\begin{matrix}${number}${'&'.repeat(100)}\\end{matrix}$`;
  const body =
    Array.from({ length: 70 }, (_, number) => wide(number))
      .join(' ')
      .slice(0, 9_990) + ' $x$';
  const html = renderComment(body);
  assert.ok(html.length < 100_000, `${html.length}`);
  assert.match(html, /<math/);
  assert.match(html, /<code class="tex">\$x\$<\/code>/);
  const short = Array.from({ length: 12 }, (_, number) => `$\\begin{matrix}${number}&1&2&3&4&5&6\\\\\\end{matrix}$`);
  assert.ok(renderComment(short.join(' ')).length < 8_000, 'fifty short ones are a page as well');
  const matrix = Array.from({ length: 6 }, () => 'a & b & c & d & e & f').join(String.raw` \\ `);
  assert.match(renderComment(`Is $\\begin{pmatrix}${matrix}\\end{pmatrix}$ singular?`), /<math/);
  const report = Array.from({ length: 120 }, (_, number) => `By $x_{${number}} < \\alpha$ this holds. `).join('');
  assert.equal(renderComment(report).match(/<math/g)?.length, 120, 'what people write has all of its formulas');
});

const CONTAINERS = ['> ', '- ', '* ', '1. ', '12) ', '+ '];
const LINES = ['word', '', '    code', '```', '---', '# word', '| a | b |\n|---|---|'];

test('nothing is lost however deeply lists and quotations are nested', () => {
  const items = (depth: number) =>
    Array.from({ length: depth }, (_, at) => `${'  '.repeat(at)}- item${at}.`).join('\n');
  assert.match(
    renderComment(items(9)),
    /<li>item4\.\s*<p>- item5\.<br \/>\s*- item6\.<br \/>\s*- item7\.<br \/>\s*- item8\.<\/p>/,
  );
  assert.match(renderComment(`${'>'.repeat(40)} deep`), /&gt; deep<\/p>/);
  const line = fc.tuple(fc.array(fc.constantFrom(...CONTAINERS), { maxLength: 25 }), fc.constantFrom(...LINES));
  const body = fc.array(line, { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(body, fc.boolean(), (lines, indents) => {
      const typed = lines.map(([marks, text], at) => {
        const before = indents ? '  '.repeat(marks.length) + (marks.at(-1) ?? '') : marks.join('');
        return `${before}mark${at}m ${text}`;
      });
      const html = renderComment(typed.join('\n'));
      for (const at of lines.keys())
        assert.ok(html.includes(`mark${at}m`), `${JSON.stringify(typed)} lost ${at}: ${html}`);
    }),
    { seed: 8, numRuns: 500 },
  );
});
