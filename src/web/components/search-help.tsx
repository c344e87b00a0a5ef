/** What can be typed besides words: folded away beside results, in full where nothing was typed yet. */

import { searchPath } from '#feed/addresses.ts';
import { fixed } from '#platform/jsx/jsx-runtime.ts';
import { operators } from '#search/query/operators.ts';

export function SearchHelp() {
  return HELP;
}

/** The examples are links: they show what they do. */
export function Operators() {
  return (
    <dl class="operators">
      {operators.map(({ example, meaning }) => (
        <div>
          <dt>
            <a href={searchPath(example)}>
              <code>{example}</code>
            </a>
          </dt>
          <dd>{meaning}</dd>
        </div>
      ))}
    </dl>
  );
}

const HELP = fixed(
  <details class="search-help">
    <summary>Search tips</summary>
    <Operators />
  </details>,
);
