import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { codePoint } from '../../test/code-point.ts';
import { tokenize } from './tokens.ts';

const cases: [text: string, tokens: string][] = [
  ['Attention is all you need.', 'attention is all you need'],
  ['GPT-4 and GPT4', 'gpt gpt4 and gpt4'],
  ['GPT-3.5 or Qwen2.5-VL', 'gpt 3.5 gpt3.5 or qwen2.5 vl qwen2.5vl'],
  ['C++, C# and RegMean++', 'c++ c# and regmean regmean++'],
  ['ℓ1 ℓ₁ $\\ell_1$ \\ell_{1} L_1 $L^1$', 'l1 l1 l1 l1 l1 l1'],
  ['Schrödinger, Schr\\"odinger, Schr\\"{o}dinger’s', 'schrodinger schrodinger schrodinger'],
  ["Erd\\H{o}s–R\\'enyi", 'erdos renyi erdosrenyi'],
  ['\\O re and Łukasz', 'ore and lukasz'],
  ['$\\alpha$ α $\\varepsilon$ \\alpha\\beta', 'alpha alpha epsilon alpha beta'],
  ['β-VAE', 'beta vae betavae'],
  ['t-SNE with k-means', 'sne tsne with means kmeans'],
  ['state-of-the-art multi-agent', 'state of the art multi agent multiagent'],
  ['$\\mathcal{O}(n)$, \\textbf{bold}face, $H_2O$', 'o n boldface 2o h2o'],
  ["don't, i.e. U.S. cs.LG", 'dont ie us cs lg cslg'],
  ['end.We 3.14. 2.', 'end we endwe 3.14 2'],
  ['a+b x++y foo--bar snake_case', 'a b x y foo bar snake case snakecase'],
  ['深度学习 and モ', '深度 度学 学习 and モ'],
  ['see \\cite{smith2020} \\begin{equation}x\\end{equation}', 'see x'],
  [`key ${'a'.repeat(41)}`, 'key'],
  ['', ''],
  ['+++ --- "\'', ''],
];

for (const [text, tokens] of cases) {
  test(`tokens of ${JSON.stringify(text.slice(0, 60))}`, () => assert.equal(tokenize(text).join(' '), tokens));
}

test('plain ASCII takes a road of its own that leads to the same tokens', () => {
  const ascii = fc.string({ unit: fc.constantFrom(...'abz09+#-_^.\'" ,(', '+', '-'), maxLength: 30 });
  fc.assert(
    fc.property(ascii, (text) => {
      // A word of another script switches the roads.
      const other = tokenize(`${text} ж`);
      assert.deepEqual(tokenize(text), other.slice(0, -1));
    }),
    { numRuns: 2000 },
  );
});

test('any text at all is cut, and tokens are cut to themselves', () => {
  fc.assert(
    fc.property(fc.string({ unit: codePoint, maxLength: 200 }), (text) => {
      for (const token of tokenize(text)) {
        assert.match(token, /^[\p{L}\p{N}.]+(?:\++|#)?$/u);
        assert.ok(tokenize(token).includes(token), token);
      }
    }),
    { numRuns: 2000 },
  );
});

test('a long run of marks takes no longer than it should', () => {
  const start = performance.now();
  for (const unit of ['-', 'a-', "a'", 'a.', '\\', '{', '\\"', '+', 'é-', '^'])
    tokenize(unit.repeat(250_000 / unit.length));
  assert.ok(performance.now() - start < 3000);
});
