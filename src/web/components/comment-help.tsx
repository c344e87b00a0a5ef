/** How a comment is written, for the page about the site. */

import { COMMENT_LIMIT } from '#discussion/body.ts';

const EXAMPLES = [
  ['*emphasis*, **strong**, ~~struck~~', 'marks words'],
  ['[the paper](https://arxiv.org/abs/2310.02541)', 'links; addresses in the text become links by themselves'],
  ['$O(n \\log n)$', 'sets a formula in the line, $$…$$ one by itself'],
  ['`code`', 'sets code in the line; three of these signs before and after set a block'],
  ['> what somebody wrote', 'quotes'],
  ['- one', 'begins a list'],
  ['@name', 'links to the profile of somebody who is here'],
] as const;

export function CommentHelp() {
  return (
    <>
      <h2 id="comments">Writing comments</h2>
      <p>
        Comments are Markdown with formulas in TeX, up to {COMMENT_LIMIT.toLocaleString('en-US')} characters. Tables
        work as well. HTML is shown as it is typed, and pictures become links. What is edited keeps its earlier texts,
        which everybody can read; what is deleted is gone.
      </p>
      <dl class="keys">
        {EXAMPLES.map(([typed, meaning]) => (
          <div>
            <dt>
              <code>{typed}</code>
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
      <p>
        “Best” puts first what most people reacted to or answered: one point for each person who reacted, and the square
        root of the number of people who answered.
      </p>
    </>
  );
}
