/** What people did with a paper, in a word or two: who submitted it, how many stars its code has. */

import { userPath } from '#feed/addresses.ts';
import type { Submitter } from '#feed/card.ts';

export function SubmittedBy({ submitter: { name } }: { submitter: Submitter }) {
  return (
    <span class="submitted-by">
      submitted by <a href={userPath(name)}>@{name}</a>
    </span>
  );
}

/** Of a repository on GitHub, beside the link to it. */
export function Stars({ count }: { count: number }) {
  const exact = count.toLocaleString('en-US');
  return (
    <span class="stars" title={`${exact} ${count === 1 ? 'star' : 'stars'} on GitHub`}>
      {' '}
      <span aria-hidden="true">★{shortNumber(count)}</span>
      <span class="unseen">
        , {exact} {count === 1 ? 'star' : 'stars'} on GitHub
      </span>
    </span>
  );
}

/** `950`, `1.2k`, `35k`: as precise as one compares them. */
export function shortNumber(count: number): string {
  if (count < 1_000) return String(count);
  return count < 9_950
    ? `${(Math.round(count / 100) / 10).toFixed(1)}k`
    : `${Math.round(count / 1_000).toLocaleString('en-US')}k`;
}
