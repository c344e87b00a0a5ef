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
  const report = Array.from({ length: 120 }, (_, number) => `By $x_{${number}} < \\alpha$ this holds. `).join('');
  assert.equal(renderComment(report).match(/<math/g)?.length, 120, 'what people write has all of its formulas');
});
