import assert from 'node:assert/strict';
import { test } from 'node:test';
import { renderTex } from './html.ts';

test('a formula is MathML in the line, without styles, classes or namespaces', () => {
  assert.equal(renderTex('an $\\alpha$-stable law'), 'an <math><mi>α</mi></math>-stable law');
  assert.match(
    renderTex('$\\pmb{x}\\color{red}y\\boxed{z}$'),
    /^<math>(?!.*(?: style="|color|class=|xmlns)).*<\/math>$/,
  );
});

test('alphabets are Unicode letters, since browsers know no mathvariant', () => {
  assert.equal(renderTex('$\\mathbb{R}$'), '<math><mi>ℝ</mi></math>');
  assert.equal(renderTex('$\\mathcal{L}$'), '<math><mi>ℒ</mi></math>');
  assert.equal(renderTex('$\\mathbf{x}$'), '<math><mi>𝐱</mi></math>');
});

test('display mathematics is a span, so that it may stand in a paragraph', () => {
  assert.match(renderTex('so $$a=b$$'), /^so <span class="math-display"><math display="block">.*<\/math><\/span>$/);
});

test('display mathematics can be reached by keyboard on request, but not inside a link', () => {
  const given = 'so $$a=b$$ and \\href{https://a.org}{$$c$$}';
  const html = renderTex(given, { links: true, reachable: true });
  assert.match(html, /^so <span class="math-display" tabindex="0" role="group" aria-label="Formula"><math/);
  assert.match(html, /<a href="https:\/\/a.org\/"[^>]*><span class="math-display"><math/);
  assert.doesNotMatch(renderTex(given), /tabindex/);
});

test('a formula that KaTeX refuses is shown as its source', () => {
  assert.equal(renderTex('by $\\ourmethod<3$'), 'by <code class="tex">$\\ourmethod&lt;3$</code>');
});

const text: [given: string, html: string][] = [
  ['\\textbf{Fast} and {\\em slow} \\texttt{x}', '<strong>Fast</strong> and <em>slow</em> <code>x</code>'],
  ['\\textbf{at $x$ most}', '<strong>at <math><mi>x</mi></math> most</strong>'],
  ['{\\sc Turbo}, MC\\textsuperscript{2}', '<span class="small-caps">Turbo</span>, MC<sup>2</sup>'],
  ["``so'' -- 20\\% \\& more---Fig.~3, ~10", '“so” – 20% &amp; more—Fig.\u00A03, ~10'],
  ['datasets~\\cite{a, b}, \\citep[p. 3]{c}.', 'datasets,.'],
  ['data\\footnote{See below} and \\ac{BCS}', 'data (See below) and BCS'],
  ['It\\^o, \\b{eta}-VAE, 55{\\deg}, {\\alpha}', 'Itô, β-VAE, 55°, α'],
  ['We propose \\name{}, \\method and \\foo{bar}', 'We propose \\name, \\method and \\foo{bar}'],
  ['in {0, 1} with 82{,}115 {Nouns}', 'in {0, 1} with 82,115 Nouns'],
  ["MLLM\\'s, \\eg, $\\unicode{x2013}$", 'MLLM&#39;s, e.g., –'],
  ['\\textbf{open', '\\textbf{open'],
  ['closed} too', 'closed} too'],
  ['one\ntwo', 'one<br>two'],
];

for (const [given, html] of text) test(given, () => assert.equal(renderTex(given), html));

test('addresses become links on request only, and none within a link', () => {
  const given = 'See \\href{https://a.org}{https://a.org} (https://b.org/x\\_y).';
  assert.equal(renderTex(given), 'See https://a.org (https://b.org/x_y).');
  assert.equal(
    renderTex(given, { links: true }),
    'See <a href="https://a.org/" rel="nofollow noopener">https://a.org</a> ' +
      '(<a href="https://b.org/x_y" rel="nofollow noopener">https://b.org/x_y</a>).',
  );
});

test('addresses that are not of the web are text', () => {
  for (const address of ['javascript:alert(1)', 'data:text/html,x', 'vbscript:x', 'https://', 'ftp://a.org']) {
    assert.doesNotMatch(renderTex(`\\href{${address}}{x} \\url{${address}}`, { links: true }), /<a /);
  }
});

test('named operators stand off from their neighbours, and fractions keep two children', () => {
  const space = '<mspace width="0.1667em"></mspace>';
  const entropy = renderTex(String.raw`$n \log n$`);
  assert.ok(entropy.includes(`<mi>n</mi><mrow>${space}<mi>log</mi></mrow><mo rspace="0.1667em">`), entropy);
  assert.doesNotMatch(renderTex(String.raw`$O(\log(n))$`), /mspace|rspace/);
  assert.match(renderTex(String.raw`$\frac{a}{\log n}$`), /<mfrac><mi>a<\/mi><mrow><mi>log<\/mi>/);
});
