/** Titles as they stand in a `.bib` file, read back by citation-js, and fit for classic pdfLaTeX. */

import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import fc from 'fast-check';
import { texToPlain } from '../tex/plain.ts';
import { titleToTex } from './tex.ts';

const require = createRequire(import.meta.url);
const { Cite } = require('@citation-js/core') as {
  Cite: new (text: string, options: object) => { data: { title: string }[] };
};
require('@citation-js/plugin-bibtex');

function readBack(tex: string): string {
  const options = { generateGraph: false, forceType: '@bibtex/text' };
  const title = new Cite(`@misc{key,\n title={${tex}},\n}`, options).data[0]?.title ?? '';
  return title.replace(/<[^>]*>/g, '');
}

const titles: [given: string, written: string][] = [
  // The paper's own TeX stays.
  ['Param$\\Delta$ for Direct Weight Mixing', 'Param{$\\Delta$} for Direct Weight Mixing'],
  ['$\\mu$-Transfer of $\\mathcal{O}(n)$', '{$\\mu$}-Transfer of {$\\mathcal{O}(n)$}'],
  ['\\alpha-stable nets', '{$\\alpha$}-stable nets'],
  // Unicode that has no meaning in pdfLaTeX, inside formulas and out of them.
  ['$μ$-Transfer of $Δx$', '{$\\mu$}-Transfer of {$\\Delta x$}'],
  ['ParamΔ and μTransfer', '{Param$\\Delta$} and {$\\mu$Transfer}'],
  ['\\textbf{Param$Δ$}', '\\textbf{Param{$\\Delta$}}'],
  ['x ≤ y → ℝⁿ', 'x {$\\leq$} y {$\\to$} {$\\mathbb{R}^{n}$}'],
  ['𝒪(n) in L²-norm at 90°', '{$\\mathcal{O}$}(n) in {L$^{2}$}-norm at 90{$^\\circ$}'],
  ['$x²³$ and ∆ and µm', '{$x^{23}$} and {$\\Delta$} and {$\\mu$m}'],
  // Macros that only KaTeX or we understand.
  ['$\\bW \\in \\R^n, \\bm{x}, \\eps n$', '{$\\mathbf{W} \\in \\mathbb{R}^n, \\boldsymbol{x}, \\varepsilon n$}'],
  // Letters of Latin script are fine in text, and an error in formulas.
  ['Étude of Łukasiewicz’s $é$', 'Étude of Łukasiewicz’s é'],
  ['E\u0301tude', 'Étude'],
  ['$\\text{μ}$', '{$\\mu$}'],
  ['Ανάλυση δεδομένων', 'Ανάλυση δεδομένων'],
];

for (const [given, written] of titles) {
  test(`${given} is written as ${written}`, () => assert.equal(titleToTex(given), written));
}

test('titles are read back as they were', () => {
  for (const given of ['ParamΔ: Direct Mixing', '$μ$-Transfer', '$\\alpha$-stable nets', 'Étude of β'])
    assert.equal(readBack(titleToTex(given)), texToPlain(given), given);
});

test('whatever stands in a title, braces balance, dollars pair and no sign of a formula stands outside one', () => {
  const parts = fc.constantFrom(
    ...[
      '$',
      'Δ',
      'μ',
      '$μ$',
      '$Δx$',
      '{',
      '}',
      '\\',
      '²',
      '₂',
      'ℝ',
      '≤',
      '°',
      '^',
      '_',
      'x',
      ' ',
      '√',
      '\\text{',
      '\\bm',
    ],
    ...['Param', '\\Delta', '$\\frac{Δ}{2}$', '\\(α\\)', '\\textbf{', '%', '&', '#', '′', '\\{', '$\\}$', '…'],
  );
  fc.assert(
    fc.property(fc.array(parts, { maxLength: 10 }), (pieces) => {
      const tex = titleToTex(pieces.join(''));
      let depth = 0;
      for (const sign of tex.replace(/\\\\/g, '')) {
        if (sign === '{') depth += 1;
        if (sign === '}') depth -= 1;
        assert.ok(depth >= 0, tex);
      }
      assert.equal(depth, 0, tex);
      const bare = tex.replace(/\\\\/g, '').replace(/\\\$/g, '');
      assert.equal(bare.split('$').length % 2, 1, tex);
      const withoutGreek = tex.replace(/[\p{L}\p{N}\p{M}]*\p{Script=Greek}{4,}[\p{L}\p{N}\p{M}]*/gu, ''); // words in Greek stay words
      assert.match(withoutGreek, /^[ -~\u00A1-\u00FF]*$/, 'nothing that pdfLaTeX does not know');
    }),
    { numRuns: 2000, seed: 20260106 }, // the same inputs everywhere; without the seed it explores,
  );
});

test('accents that Unicode has no letter for become commands', () => {
  assert.equal(titleToTex(String.raw`\^x and \v{q}`), String.raw`{\^x} and {\v q}`);
  assert.equal(titleToTex('Schrödinger'), 'Schrödinger');
});
