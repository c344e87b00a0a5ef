import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commentExcerpt } from './excerpt.ts';

const cases: [body: string, excerpt: string][] = [
  ['Just a sentence.', 'Just a sentence.'],
  ['**Bold**, _soft_, ~~gone~~ and `code`', 'Bold, soft, gone and code'],
  ['See [the paper](https://a.example/x), or <https://b.example>', 'See the paper, or https://b.example'],
  ['# A heading\n\nand text\nover lines', 'A heading and text over lines'],
  ['- one\n- two\n\n> quoted', 'one two quoted'],
  ['Is $\\alpha_1^2 < \\beta$ right?', 'Is α₁² < β right?'],
  ['$$\n\\sum_i x_i\n$$\nholds', '∑ᵢ xᵢ holds'],
  ['```py\nx = 1\n```\nafter', 'x = 1 after'],
  ['| a | b |\n|---|---|\n| 1 | 2 |', 'a b 1 2'],
  ['![a figure](https://a.example/f.png) shows', 'a figure shows'],
  ['@ada <b>not bold</b> &amp; a & b', '@ada <b>not bold</b> & a & b'],
  ['\u202Eturned', 'turned'],
];

for (const [body, excerpt] of cases) {
  test(`${JSON.stringify(body)} begins`, () => assert.equal(commentExcerpt(body, 200), excerpt));
}

test('what is longer ends at a word, with an ellipsis, and no letter is cut in half', () => {
  assert.equal(commentExcerpt('Some words that go on and on', 12), 'Some words…');
  assert.equal(commentExcerpt('x'.repeat(50), 10), `${'x'.repeat(10)}…`);
  assert.equal(commentExcerpt('👩‍🔬'.repeat(5), 1), '👩…');
  assert.ok(commentExcerpt('word '.repeat(2_000), 200).length <= 201);
});
