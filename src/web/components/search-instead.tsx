/** On a page that is not found: a search for what the address seems to have meant. */

import { QUERY_LIMIT } from '#search/query/clean.ts';

/** Addresses of things that no search finds: people, forms, links from mails. */
const NOTHING_TO_FIND = new Set(
  'auth api assets sitemaps users u subscribe subscriptions history settings sign-in sign-out moderation report reports about'.split(
    ' ',
  ),
);
/** What stands below a paper, whose id may hold a slash itself. */
const BELOW_PAPER = /\/(?:comments|upvotes?|links)(?:\/.*)?$/;

/** Nothing where the address names nothing that could be found. */
export function SearchInstead({ path }: { path: string }) {
  const meant = meantBy(path);
  if (meant === undefined) return null;
  return (
    <form class="search-again" action="/search">
      <label>
        <span>Search for it</span>
        <input type="search" name="q" value={meant} maxlength={QUERY_LIMIT} />
      </label>
      <button>Search</button>
    </form>
  );
}

/** The whole id of a paper, the words of anything else. */
export function meantBy(path: string): string | undefined {
  const [first = '', ...rest] = path.split('/').filter(Boolean);
  if (first === '' || NOTHING_TO_FIND.has(first)) return undefined;
  if (first === 'papers') return decode(rest.join('/').replace(BELOW_PAPER, '')) || undefined;
  return decode((rest.at(-1) ?? first).replaceAll(/[-_+]+/g, ' '));
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // a broken escape in the address is shown as it was typed
  }
}
