import assert from 'node:assert/strict';
import { test } from 'node:test';
import { splitMath } from './segments.ts';

/** `[x]` for inline, `[[x]]` for display mathematics. */
function shown(text: string): string {
  return splitMath(text)
    .map((segment) =>
      segment.kind === 'text' ? segment.text : segment.display ? `[[${segment.tex}]]` : `[${segment.tex}]`,
    )
    .join('');
}

const cases: [what: string, given: string, result: string][] = [
  ['dollars', 'an $\\alpha$-stable', 'an [\\alpha]-stable'],
  ['double dollars', 'so $$a=b$$ holds', 'so [[a=b]] holds'],
  ['parentheses', 'in \\(O(n)\\) time', 'in [O(n)] time'],
  ['brackets', 'so \\[a=b\\] holds', 'so [[a=b]] holds'],
  ['an environment', '\\begin{equation*}a\\end{equation*}', '[[a]]'],
  ['one that KaTeX lacks', '\\begin{eqnarray}a&=&b\\end{eqnarray}', '[[\\begin{align*}a&=&b\\end{align*}]]'],
  ['spaces inside', 'about $ n^2 $ steps', 'about [ n^2 ] steps'],
  ["a formula in a formula's text", '$\\texttt{M$^3$Fin}$', '[\\texttt{M$^3$Fin}]'],
  ['numbers', '$10\\times$ faster, $500K$ images', '[10\\times] faster, [500K] images'],
  [
    'words in a text command',
    '$\\textit{Diversity-aware Reward Adjustment}$ (DRA)',
    '[\\textit{Diversity-aware Reward Adjustment}] (DRA)',
  ],
  ['one price', 'costs under $215. As', 'costs under $215. As'],
  ['two prices', 'costs $5 and $10', 'costs $5 and $10'],
  ['a range of prices', 'costs $5-$10', 'costs $5-$10'],
  ['prices and formulas', 'worth $5 while $k$ is $n$', 'worth $5 while [k] is [n]'],
  ['prices far apart', 'around $250, and an average of $306). For', 'around $250, and an average of $306). For'],
  ['an escaped dollar', 'only \\$9 and \\$10', 'only \\$9 and \\$10'],
  ['words set in dollars', '$World Preference Modeling$ (WorldPM)', 'World Preference Modeling (WorldPM)'],
  ['a link set in dollars', '$\\href{https://a.org}{code}$', '\\href{https://a.org}{code}'],
  ['a dollar that is not closed', 'the native $ISEK token', 'the native $ISEK token'],
  ['a parenthesis that is not closed', 'so \\(a and', 'so \\(a and'],
  ['nothing between', 'a $$ b \\(\\) c', 'a $$ b \\(\\) c'],
];

for (const [what, given, result] of cases) test(what, () => assert.equal(shown(given), result));

test('a formula longer than any real one stays text', () => {
  const long = `$${'x+'.repeat(2000)}y$`;
  assert.equal(shown(long), long);
});
