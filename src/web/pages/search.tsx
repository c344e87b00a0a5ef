/** `/search?q=`: papers that match, best first. */

import type { Context } from 'hono';
import { viewerOf } from '#accounts/current-viewer.ts';
import { categoryPath, paperPath, searchPath } from '#feed/addresses.ts';
import type { Card } from '#feed/card.ts';
import { readSearch, tooLong } from '#feed/read-search.ts';
import { listMatches } from '#feed/search.ts';
import { findUnknownNames } from '#feed/unknown-names.ts';
import type { AppError } from '#platform/errors.ts';
import { acceptedType, isProgram } from '#platform/http/negotiation.ts';
import { htmlPage } from '#platform/http/page-text.ts';
import { canMatch } from '#search/query/contradictions.ts';
import { Facets } from '../components/facets.tsx';
import { Layout } from '../components/layout.tsx';
import { NothingFound } from '../components/nothing-found.tsx';
import { PaperList } from '../components/paper-list.tsx';
import { SearchHead } from '../components/search-head.tsx';
import { Operators } from '../components/search-help.tsx';
import { highlighter } from '../highlights.ts';
import type { Site } from '../site.ts';

/** What was meant stands among the first five; ten come in half of the time of twenty-five, and more follow by scrolling. */
const RESULTS = 10;
const NOT_INDEXED = <meta name="robots" content="noindex" />;

export async function searchPage(site: Site, c: Context): Promise<Response> {
  const text = (c.req.query('q') ?? '').trim();
  const problem = tooLong(text);
  if (problem) return tooLongPage(site, c, text, problem);
  const meant = await readSearch(site.db, text);
  if (meant.kind === 'nothing') return searchForm(site, c);
  if (meant.kind === 'paper') return c.redirect(paperPath(meant.id), 302);
  if (meant.kind === 'category') return c.redirect(categoryPath(meant.name), 302);
  const { query, isId } = meant;
  const after = c.req.query('after') || undefined;
  const found = await listMatches(site, query, { limit: RESULTS, after, viewerId: viewerOf(c)?.id });
  const { cards } = found;
  const unknown = cards.length > 0 ? [] : await findUnknownNames(site.search, query);
  const path = searchPath(text);
  return htmlPage(
    c,
    <Layout
      site={site}
      c={c}
      title={`Search: ${text}`}
      query={text}
      head={NOT_INDEXED}
      {...(!canMatch(query) ? {} : { feed: { path, title: `Search: ${text}` } })}
    >
      <main id="main">
        <SkipToResults of={cards} />
        <SearchHead query={query} found={found} path={path} isSignedIn={viewerOf(c) !== undefined} />
        {cards.length > 0 ? (
          <div class="found">
            <Facets query={query} found={found} />
            <PaperList
              cards={cards}
              path={path}
              next={found.next}
              continued={after !== undefined}
              highlight={highlighter(found)}
            />
          </div>
        ) : (
          <NothingFound query={query} isId={isId} unknown={unknown} />
        )}
      </main>
    </Layout>,
  );
}

/** Orders and ways to narrow down are some twenty stops of the Tab key. */
function SkipToResults({ of: [first] }: { of: readonly Card[] }) {
  if (first === undefined) return null;
  return (
    <a class="skip" href={`#p-${encodeURIComponent(first.paper.id)}`}>
      Skip to the results
    </a>
  );
}

/** Shown to whoever has not typed anything yet. */
const EXAMPLES = ['generalization of behavior', 'mixture of experts', '2310.02541'];

function searchForm(site: Site, c: Context) {
  return c.html(
    <Layout
      site={site}
      c={c}
      title="Search"
      description={`Search the papers of ${site.config.SITE_NAME}.`}
      canonical="/search"
      searching
    >
      <main id="main">
        <div class="list-head">
          <p class="kicker">Search</p>
          <h1>What are you looking for?</h1>
          <p>Half a thought is enough: papers are found by their words and by their meaning. For example:</p>
        </div>
        <ul class="examples">
          {EXAMPLES.map((example) => (
            <li>
              <a href={searchPath(example)}>{example}</a>
            </li>
          ))}
        </ul>
        <section class="search-ways">
          <h2>To ask more closely</h2>
          <Operators />
          <p>
            An arXiv id or address leads straight to its paper. Or <a href="/similar">find papers like some you know</a>
            , or like a text of yours.
          </p>
        </section>
      </main>
    </Layout>,
  );
}

/** What was typed stays in the box, and can be asked as what it probably is: a text to find papers like. */
function tooLongPage(site: Site, c: Context, text: string, problem: AppError) {
  if (isProgram(acceptedType(c.req.header('accept')))) throw problem;
  c.status(400);
  return c.html(
    <Layout site={site} c={c} title="Search" query={text} head={NOT_INDEXED}>
      <main id="main" class="problem">
        <h1>That is too long to search for</h1>
        <p>
          {problem.message} {problem.hint} A whole abstract is better asked for papers like it:
        </p>
        <form method="post" action="/similar">
          <input type="hidden" name="text" value={text} />
          <button class="button">Find papers like this text</button>
        </form>
      </main>
    </Layout>,
  );
}
