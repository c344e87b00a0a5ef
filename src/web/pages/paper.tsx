/** The page of one paper, and the ways to it from ids as people write them. */

import { raw } from 'hono/html';
import type { Context } from 'hono';
import { categoryName } from '#papers/category-names.ts';
import { getPaper } from '#papers/get-paper.ts';
import type { Paper } from '#papers/paper.ts';
import { listReadings } from '#papers/submission-store.ts';
import { renderTex } from '#papers/tex/html.ts';
import { texToPlain } from '#papers/tex/plain.ts';
import { categoryPath, organizationPath, paperPath } from '../addresses.ts';
import { CiteBox } from '../components/cite-box.tsx';
import { Layout } from '../components/layout.tsx';
import { PaperAuthors } from '../components/paper-authors.tsx';
import { PaperComments } from '../components/paper-comments.tsx';
import { PaperFacts } from '../components/paper-facts.tsx';
import { PaperHead } from '../components/paper-head.tsx';
import { PaperLinks } from '../components/paper-links.tsx';
import { mediumDate } from '../dates.ts';
import type { Site } from '../site.ts';

/** Search engines and link previews show about this much. */
const DESCRIPTION_LENGTH = 300;

export async function paperPage(site: Site, c: Context): Promise<Response> {
  const asked = c.req.param('id') ?? '';
  const paper = await getPaper(site.db, asked);
  const { id } = paper;
  if (asked !== id) return c.redirect(paperPath(id), 301);
  const readings = await listReadings(site.db, id);
  const cited = await CiteBox({ paper });
  return c.html(
    <Layout
      site={site}
      title={texToPlain(paper.title)}
      description={clip(texToPlain(paper.abstract), DESCRIPTION_LENGTH)}
      canonical={paperPath(id)}
      article
      head={<PaperHead site={site} paper={paper} />}
    >
      <main id="main" class="paper">
        <article>
          <header>
            <p class="kicker">
              <Kicker paper={paper} />
            </p>
            <h1 dir="auto">{raw(renderTex(paper.title))}</h1>
            <PaperAuthors paper={paper} />
            {paper.withdrawn && (
              <p class="notice-line">
                <strong>This paper has been withdrawn.</strong> {paper.comments && raw(renderTex(paper.comments))}
              </p>
            )}
            <PaperLinks paper={paper} />
          </header>
          <section aria-labelledby="abstract">
            <h2 id="abstract">Abstract</h2>
            {paper.abstract.split('\n').map((paragraph) => (
              <p class="abstract-whole" dir="auto">
                {raw(renderTex(paragraph, { links: true, reachable: true }))}
              </p>
            ))}
          </section>
          <PaperFacts paper={paper} />
          {cited}
          <PaperComments id={paper.id} readings={readings} />
        </article>
      </main>
    </Layout>,
  );
}

function Kicker({ paper }: { paper: Paper }) {
  const [primary] = paper.categories;
  return (
    <>
      {primary && <a href={categoryPath(primary)}>{categoryName(primary) ?? primary}</a>}
      <time datetime={paper.publishedOn}>{mediumDate(paper.publishedOn)}</time>
      {paper.organization && (
        <a class="organization" href={organizationPath(paper.organization.slug)}>
          {paper.organization.name}
        </a>
      )}
    </>
  );
}

function clip(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, text.lastIndexOf(' ', length - 1))}…`;
}
