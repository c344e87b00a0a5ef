/** `/papers/:id/upvotes`: everybody who voted for a paper. */

import type { Context } from 'hono';
import { listVoters } from '#discussion/voters.ts';
import { pagePath, paperPath, votersPath } from '#feed/addresses.ts';
import { mediumDate } from '#platform/dates.ts';
import { epochToDay } from '#platform/day.ts';
import { getPaper } from '#papers/get-paper.ts';
import { renderTex } from '#papers/tex/html.ts';
import { texToPlain } from '#papers/tex/plain.ts';
import { raw } from '#platform/jsx/html.ts';
import { Layout } from '../components/layout.tsx';
import { PersonLink } from '../components/person-link.tsx';
import { paperIdAbove } from '../paper-address.ts';
import type { Site } from '../site.ts';

export async function votersPage(site: Site, c: Context): Promise<Response> {
  const paper = await getPaper(site.db, paperIdAbove(c, 1));
  const { items, next } = await listVoters(site.db, paper.id, c.req.query('after'));
  return c.html(
    <Layout
      site={site}
      c={c}
      title={`Upvotes: ${texToPlain(paper.title)}`}
      head={<meta name="robots" content="noindex, follow" />}
    >
      <main id="main">
        <div class="list-head">
          <p class="kicker">Who voted for</p>
          <h1 dir="auto">
            <a href={paperPath(paper.id)}>{raw(renderTex(paper.title))}</a>
          </h1>
        </div>
        {items.length === 0 && <p>{c.req.query('after') ? 'Nobody else.' : 'Nobody yet.'}</p>}
        <ol class="people">
          {items.map(({ person, votedAt }) => (
            <li>
              <PersonLink person={person} />{' '}
              <time class="quiet" datetime={epochToDay(votedAt)}>
                {mediumDate(epochToDay(votedAt))}
              </time>
            </li>
          ))}
        </ol>
        {next !== undefined && (
          <p class="next-page">
            <a class="button" rel="next" href={pagePath(votersPath(paper.id), next)}>
              More people
            </a>
          </p>
        )}
      </main>
    </Layout>,
  );
}
