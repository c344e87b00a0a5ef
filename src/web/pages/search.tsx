/** `/search?q=`: papers that match, best first. */

import type { Context } from 'hono';
import { hydrate } from '#feed/hydrate.ts';
import { listByCategory } from '#feed/lists.ts';
import { listMatches } from '#feed/search.ts';
import { PAGE_SIZE } from '#feed/skeleton.ts';
import { invalid } from '#platform/errors.ts';
import { canonicalCategory } from '#papers/category-names.ts';
import { parseArxivId } from '#papers/ids.ts';
import { findPaper } from '#papers/store.ts';
import { categoryPath, paperPath, searchPath } from '../addresses.ts';
import { Layout } from '../components/layout.tsx';
import { PaperList } from '../components/paper-list.tsx';
import type { Site } from '../site.ts';

/** What Hugging Face accepts; longer is not a question but a paste. */
const QUERY_LIMIT = 250;
/** More than two lines of a headline: printed small and cut, since the box above holds it all. */
const LONG_QUERY = 80;

export async function searchPage(site: Site, c: Context): Promise<Response> {
  const query = (c.req.query('q') ?? '').trim();
  if (query.length > QUERY_LIMIT) {
    throw invalid(
      `The search has ${query.length} characters; ${QUERY_LIMIT} is the most.`,
      'Try the title, or a few words of it.',
    );
  }
  const id = parseArxivId(query)?.id;
  if (id !== undefined && (await findPaper(site.db, id))) return c.redirect(paperPath(id), 302);
  const category = await namedCategory(site, query);
  if (category !== undefined) return c.redirect(categoryPath(category), 302);
  if (query === '') return searchForm(site, c);
  const after = c.req.query('after');
  const skeleton = await listMatches(site.db, query, { limit: PAGE_SIZE, after });
  const cards = await hydrate(site.db, skeleton.ids);
  return c.html(
    <Layout site={site} title={`Search: ${query}`} query={query} head={<meta name="robots" content="noindex" />}>
      <main id="main">
        <div class="list-head">
          <p class="kicker">Search results for</p>
          <h1 dir="auto" class={query.length > LONG_QUERY ? 'long' : undefined}>
            {query}
          </h1>
          {cards.length > 0 && (
            <p>
              {skeleton.mode === 'any' && 'No paper has all of these words. These have some of them. '}Best match first
            </p>
          )}
        </div>
        {cards.length > 0 ? (
          <PaperList cards={cards} path={searchPath(query)} next={skeleton.next} continued={after !== undefined} />
        ) : (
          <NothingFound query={query} isId={id !== undefined} />
        )}
      </main>
    </Layout>,
  );
}

/** The category whose code was typed, if it has papers; the bare names of archives (`math`) are words to search for. */
async function namedCategory(site: Site, query: string): Promise<string | undefined> {
  const category = /[.-]/.test(query) ? canonicalCategory(query) : undefined;
  if (category === undefined) return undefined;
  const { ids } = await listByCategory(site.db, category, { limit: 1 });
  return ids.length > 0 ? category : undefined;
}

/** Shown to whoever has not typed anything yet. */
const EXAMPLES = ['generalization of behavior', 'mixture of experts', '2310.02541'];

function searchForm(site: Site, c: Context) {
  return c.html(
    <Layout
      site={site}
      title="Search"
      description={`Search the papers of ${site.config.SITE_NAME}.`}
      canonical="/search"
      searching
    >
      <main id="main">
        <div class="list-head">
          <p class="kicker">Search</p>
          <h1>What are you looking for?</h1>
          <p>Words of a title, an abstract or an author’s name, or an arXiv id. For example:</p>
        </div>
        <ul class="examples">
          {EXAMPLES.map((example) => (
            <li>
              <a href={searchPath(example)}>{example}</a>
            </li>
          ))}
        </ul>
      </main>
    </Layout>,
  );
}

function NothingFound({ query, isId }: { query: string; isId: boolean }) {
  return (
    <div class="notice">
      <h2>Nothing found</h2>
      <p>
        {isId
          ? 'This paper has not been collected here.'
          : 'No paper has any of these words. Check the spelling, or try fewer or more general words.'}
      </p>
      <p>
        <a
          class="button"
          href={`https://arxiv.org/search/?searchtype=all&query=${encodeURIComponent(query)}`}
          rel="noopener"
        >
          Search on arXiv
        </a>
      </p>
    </div>
  );
}
