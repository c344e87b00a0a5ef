import assert from 'node:assert/strict';
import { test } from 'node:test';
import { texToPlain } from './plain.ts';

const cases: [given: string, plain: string][] = [
  ['$\\alpha$-stable', 'α-stable'],
  ['$x^2$ and $\\ell_1$', 'x² and ℓ₁'],
  ['\\(\\mathcal{O}(n \\log n)\\)', 'O(n log n)'],
  ['$O(n\\log n)$', 'O(n log n)'],
  ['$2.7 \\times 10^{-3}$', '2.7 × 10⁻³'],
  ['$x_{i,j}^{\\top}\\in\\mathbb{R}^d$', 'x_(i,j)ᵀ ∈ ℝᵈ'],
  ['$\\frac{a+b}{c}$, $\\sqrt{n}$, $\\sqrt[3]{xy}$', '(a+b)/c, √n, ³√xy'],
  ['$\\hat{x}$ and $\\tilde{O}(n)$', 'x̂ and Õ(n)'],
  ['$L_{\\text{max}}$', 'L_max'],
  ['$\\left( \\alpha x \\right)$', '(αx)'],
  ['TA$^{2}$Net', 'TA²Net'],
  ['$p<0.001$', 'p < 0.001'],
  ['by $\\ourmethod$', 'by \\ourmethod'],
  ['\\textbf{Fast} \\& \\href{https://a.org}{here} \\url{https://b.org}', 'Fast & here (https://a.org/) https://b.org'],
  ['<b> & "x"', '<b> & "x"'],
];

for (const [given, plain] of cases) test(given, () => assert.equal(texToPlain(given), plain));
