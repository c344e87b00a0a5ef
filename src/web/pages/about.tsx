/** `/about`: what this site is and how an edition is made. */

import type { Context } from 'hono';
import { newestEditionDay } from '#feed/edition.ts';
import { today } from '#feed/today.ts';
import { mediumDate } from '#platform/dates.ts';
import { countPapers } from '#papers/store.ts';
import { Layout } from '../components/layout.tsx';
import { CommentHelp } from '../components/comment-help.tsx';
import { shortcuts } from '../islands/shortcuts.ts';
import type { Site } from '../site.ts';

export async function aboutPage(site: Site, c: Context): Promise<Response> {
  const { SITE_NAME: name, ARXIV_SETS: sets, TIME_ZONE: zone, ROLLOVER_HOUR: hour } = site.config;
  const [papers, newest] = await Promise.all([countPapers(site.db), newestEditionDay(site.db, today(site))]);
  return c.html(
    <Layout
      site={site}
      c={c}
      title={`About ${name}`}
      description={`${name} is a daily paper of new research: how an edition is made, and where the facts come from.`}
      canonical="/about"
      offer={{ place: 'foot' }}
    >
      <main id="main" class="prose">
        <h1>About {name}</h1>
        <p>
          {name} is a daily paper of new research. It collects papers from arXiv ({sets.join(', ')}) and prints an
          edition for every day, week and month. It holds {papers.toLocaleString('en-US')} papers
          {newest && `, and its newest edition is that of ${mediumDate(newest)}`}.
        </p>
        <h2>How an edition is made</h2>
        <p>
          An edition opens with the papers that people submitted for that day, in the order of submission. Then follow
          the papers that arXiv newly announced that day, newest first. A new edition begins at {hour}:00 ({zone}).
          arXiv announces papers on the evenings of Sunday to Thursday, so most weekends stay empty.
        </p>
        <p>
          Inside an edition the papers with most upvotes come first. Everybody who is signed in has one vote for each
          paper, and who voted is shown. <a href="/papers/trending">Trending papers</a> of all days are ordered by a
          formula that <a href="/about/ranking">has a page of its own</a>.
        </p>
        <CommentHelp />
        <h2>Where the facts come from</h2>
        <p>
          Titles, abstracts, authors and categories are arXiv metadata, shared under CC0. Full texts stay on arXiv:
          every paper links to them. Where a paper page says “on Hugging Face”, the number was read there on the day
          that stands beside it.
        </p>
        <p>
          Thank you to arXiv for use of its open access interoperability. This site is not affiliated with arXiv or
          Hugging Face.
        </p>
        <Following />
        <Keyboard />
        <p>
          Everything here works without JavaScript; with it, lists grow as you scroll, the search box offers papers and
          authors as you type, and the keys work.
        </p>
      </main>
    </Layout>,
  );
}

function Following() {
  return (
    <>
      <h2 id="mail">Papers by mail</h2>
      <p>
        What is trending, categories, authors, organizations and searches <a href="/subscribe">come to your inbox</a>,
        every day or once a week, at the hour that you choose. No account is needed, nothing is sent before you confirm,
        and one click ends it.
      </p>
      <h2 id="feeds">Following in a feed reader</h2>
      <p>
        Every list here has a feed: the <a href="/papers.atom">newest papers</a>, editions, categories, authors,
        organizations and searches. Give your reader the address of the page, or add <code>.atom</code>,{' '}
        <code>.rss</code> or <code>.feed.json</code> to it. A search that is followed brings the papers that have all of
        its words, newest first.
      </p>
    </>
  );
}

function Keyboard() {
  return (
    <>
      <h2 id="keyboard">Reading with the keyboard</h2>
      <dl class="keys">
        {shortcuts.map(({ keys, meaning }) => (
          <div>
            <dt>
              {keys.map((key) => (
                <>
                  <kbd>{key}</kbd>{' '}
                </>
              ))}
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}
