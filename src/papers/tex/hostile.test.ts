/** What foreign text must never do to a page, whatever it holds. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { codePoint } from '../../../test/code-point.ts';
import { renderTex } from './html.ts';
import { maxShown } from './limits.ts';
import { texToPlain } from './plain.ts';

const elements = new Set(
  `a br code em span strong sub sup u math menclose mfrac mi mn mo mover mpadded mphantom mroot mrow mspace msqrt mstyle
  msub msubsup msup mtable mtd mtext mtr munder munderover mmultiscripts mprescripts mlabeledtr none`.split(/\s+/),
);

/** A strict reading of HTML: tags, quoted attributes, entities; anything else is a fault. */
function check(html: string): void {
  const open: string[] = [];
  const tag = /<(\/?)([a-z]+)((?: [a-z]+="[^"<>]*")*)>/y;
  let at = 0;
  while (at < html.length) {
    if (html[at] !== '<') {
      assert.ok(!/[<>"]/.test(html[at] ?? ''), `stray ${html[at]} in ${html}`);
      at += 1;
      continue;
    }
    tag.lastIndex = at;
    const [whole = '', slash, name = '', attributes = ''] = tag.exec(html) ?? [];
    assert.ok(elements.has(name), `element at ${html.slice(at, at + 40)}`);
    for (const [, key = '', value = ''] of attributes.matchAll(/([a-z]+)="([^"]*)"/g)) {
      assert.ok(!key.startsWith('on') && key !== 'style' && key !== 'id' && key !== 'src', key);
      assert.ok(key === 'href' ? /^https?:\/\//.test(value) : !/javascript:|data:/i.test(value), value);
    }
    if (slash) assert.equal(open.pop(), name);
    else if (name !== 'br') open.push(name);
    at += whole.length;
  }
  assert.deepEqual(open, []);
  assert.ok(html.isWellFormed());
  // eslint-disable-next-line no-control-regex
  assert.doesNotMatch(html, /[\u202A-\u202E\u2066-\u2069\u0000-\u0009\u000B-\u001F\u200B]/);
}

const pieces = fc.constantFrom(
  ...[
    '$',
    '$$',
    '\\(',
    '\\)',
    '\\[',
    '\\]',
    '{',
    '}',
    '{{{{',
    '^',
    '_',
    '&',
    '\\\\',
    '\\',
    '%',
    '#',
    '~',
    '`',
    "'",
    '"',
    '\n',
  ],
  ...[
    '\\def\\a{\\a\\a}\\a',
    '\\href{javascript:alert(1)}{x}',
    '\\href{https://a.org/"onclick=x}{y}',
    '\\url{data:text/html,x}',
  ],
  ...[
    '<script>',
    '</math>',
    '<img src=x onerror=alert(1)>',
    '-->',
    '&lt;',
    '&#8238;',
    'javascript:',
    'http',
    'https://a.b/c',
  ],
  ...[
    '\u202E',
    '\u2066',
    '\uD800',
    '\uDC00',
    '\u0000',
    '\u200B',
    'e\u0301\u0301\u0301',
    '\u05D0',
    '\u{1F600}',
    '\u2028',
  ],
  ...[
    '\\frac',
    '\\sqrt',
    '\\text{',
    '\\textbf{',
    '\\emph{',
    '{\\em ',
    '\\begin{array}{c}',
    '\\end{array}',
    '\\left(',
    '\\right.',
  ],
  ...[
    '\\rule{1000em}{1000em}',
    '\\kern-99em',
    '\\raisebox{99em}{x}',
    '\\color{red}',
    '\\htmlStyle{x}{y}',
    '\\char"202E',
  ],
  ...[
    "\\'",
    "\\'{e}",
    '\\v',
    '\\o',
    '\\b{eta}',
    '\\cite{x}',
    '\\footnote{',
    '\\unicode{x202e}',
    '\\verb|<|',
    '\\item',
    '\\foo{',
  ],
  ...[
    'x',
    '1',
    ' ',
    ' and ',
    '=',
    '<',
    '>',
    '\\alpha',
    '\\mathbb{R}',
    '\\sum',
    '\\begin{equation}',
    '\\end{equation}',
    '\\tag{1}',
  ],
  ...[
    '\\pmb{x}',
    '\\fcolorbox{red}{blue}{x}',
    '\\cancel{x}',
    '\\boxed{x}',
    '\\overbrace{x}^y',
    '\\xrightarrow{x}',
    '\\operatorname*{x}',
  ],
);
const hostile = fc.array(fc.oneof({ weight: 6, arbitrary: pieces }, fc.string({ unit: codePoint, maxLength: 4 })), {
  maxLength: 30,
});
const inFormula = hostile.map((parts) => `$${parts.join('').replaceAll('$', '')}$`);

test('any input gives safe, well-formed HTML and plain text', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        hostile.map((parts) => parts.join('')),
        inFormula,
      ),
      (text) => {
        check(renderTex(text, { links: true }));
        assert.doesNotMatch(renderTex(text), /<a /);
        assert.ok(texToPlain(text).isWellFormed());
      },
    ),
    { numRuns: 4000 },
  );
});

test('markup in a title is text', () => {
  assert.equal(renderTex('<b onclick="x">A & B</b>'), '&lt;b onclick=&quot;x&quot;&gt;A &amp; B&lt;/b&gt;');
});

test('a change of direction stays out, even by way of a formula', () => {
  assert.equal(renderTex('a\u202Ecilbup\u2066'), 'acilbup');
  for (const text of ['$\\text{\u202Ex}$', '$\\char"202E$', '$\\unicode{x202e}$', '\\unicode{202E}']) {
    assert.doesNotMatch(renderTex(text) + texToPlain(text), /\u202E/);
  }
});

test('a formula cannot paint over its neighbours or write to the log', (context) => {
  const log = context.mock.method(console, 'log', () => {});
  const error = context.mock.method(console, 'error', () => {});
  for (const tex of [
    '\\kern-99em x',
    '\\raisebox{9em}{x}',
    '\\hspace{-50em}x',
    '\\message{x}',
    '\\show x',
    '\\errmessage{x}',
  ]) {
    assert.match(renderTex(`$${tex}$`), /^<code class="tex">/, tex);
  }
  assert.doesNotMatch(renderTex('$\\rule{1000em}{1000em}$'), /\d\dem/);
  assert.equal(log.mock.callCount() + error.mock.callCount(), 0);
});

test('bombs are shown as their source', () => {
  for (const tex of ['\\def\\a{\\a\\a}\\a', '{'.repeat(400) + '}'.repeat(400), '\\sqrt'.repeat(200) + 'x']) {
    assert.match(renderTex(`\\(${tex}\\)`), /^<code class="tex">/);
  }
});

test('walls of 100 kB cost little and are cut', () => {
  for (const unit of [
    '$',
    '$x',
    '$x$',
    '\\(',
    '{',
    '}',
    '\\textbf{',
    "\\'{",
    '\\cite{',
    '\\href{',
    'https://',
    '`',
    '-',
    '\\begin{',
    '$5 ',
    '\\foo{',
    'é\u0301',
  ]) {
    const wall = unit.repeat(100_000 / unit.length);
    const before = process.cpuUsage();
    const html = renderTex(wall, { links: true });
    texToPlain(wall);
    const { user } = process.cpuUsage(before);
    assert.ok(user < 2_000_000, `${unit} took ${user} µs of processor time`);
    check(html);
    assert.ok(html.length < maxShown * 40);
  }
});
