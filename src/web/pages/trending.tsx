/** `/papers/trending`: all papers by what people did with them, and in other orders; of the last days or of all time. */

import type { Context } from 'hono';
import { viewerOf } from '#accounts/current-viewer.ts';
import { trendingPath } from '#feed/addresses.ts';
import { openTrending, readTrendingChoice, trendingPeriods, trendingSorts } from '#feed/open-trending.ts';
import { PAGE_SIZE } from '#feed/skeleton.ts';
import { whyHere } from '#feed/why-here.ts';
import { FeedLink } from '../components/feed-link.tsx';
import { Layout } from '../components/layout.tsx';
import { PaperList } from '../components/paper-list.tsx';
import { TrendingOrders } from '../components/trending-orders.tsx';
import type { Site } from '../site.ts';

export async function trendingPage(site: Site, c: Context): Promise<Response> {
  const choice = readTrendingChoice(c.req.query('sort'), c.req.query('period'));
  const after = c.req.query('after');
  const list = await openTrending(site, choice, { limit: PAGE_SIZE, after }, viewerOf(c)?.id);
  const { path, title, about, cards, next } = list;
  return c.html(
    <Layout
      site={site}
      c={c}
      title={title}
      description={about}
      canonical={path}
      continued={after !== undefined}
      feed={{ path, title }}
      {...(after === undefined ? { offer: { place: 'top' } } : {})}
    >
      <main id="main">
        <div class="list-head">
          <p class="kicker">{trendingPeriods[choice.period].label}</p>
          <h1>{trendingSorts[choice.sort].label}</h1>
          <p>
            {about} <a href="/about/ranking">How papers are ranked</a> <FeedLink path={path} />
          </p>
          <TrendingOrders {...choice} />
        </div>
        {cards.length > 0 ? (
          <PaperList cards={cards} path={path} next={next} continued={after !== undefined} explain={whyHere} />
        ) : (
          <p class="nothing">
            There are no papers {trendingPeriods[choice.period].about}.{' '}
            {choice.period !== 'all' && <a href={trendingPath({ sort: choice.sort })}>Those of all time</a>}
          </p>
        )}
      </main>
    </Layout>,
  );
}
