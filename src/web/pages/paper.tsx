/** The page of one paper, and the ways to it from ids as people write them. */

import { raw } from 'hono/html';
import type { Context } from 'hono';
import { notFound } from '#platform/errors.ts';
import { parseArxivId } from '#papers/ids.ts';
import { fullName } from '#papers/paper.ts';
import type { Paper } from '#papers/paper.ts';
import { findPaper } from '#papers/store.ts';
import { listReadings } from '#papers/submission-store.ts';
import { renderTex } from '#papers/tex/html.ts';
import { texToPlain } from '#papers/tex/plain.ts';
import { authorPath, categoryPath, organizationPath, paperPath } from '../addresses.ts';
import { CiteBox } from '../components/cite-box.tsx';
import { Layout } from '../components/layout.tsx';
import { PaperFacts } from '../components/paper-facts.tsx';
import { PaperHead } from '../components/paper-head.tsx';
import { PaperLinks } from '../components/paper-links.tsx';
import { mediumDate } from '../dates.ts';
import type { Site } from '../site.ts';

/** Search engines and link previews show about this much. */
const DESCRIPTION_LENGTH = 300;

export async function paperPage(site: Site, c: Context): Promise<Response> {
  const asked = c.req.param('id') ?? '';
  const id = parseArxivId(asked)?.id ?? asked;
  const paper = await findPaper(site.db, id);
  if (!paper) {
    throw notFound(`The paper “${asked}” is not here.`, { hint: 'Ids look like 2310.02541 or hep-th/9110025.' });
  }
  if (asked !== id) return c.redirect(paperPath(id), 301);
  const readings = await listReadings(site.db, id);
  const cited = await CiteBox({ paper });
  return c.html(
    <Layout
      site={site}
      title={texToPlain(paper.title)}
      description={clip(texToPlain(paper.abstract), DESCRIPTION_LENGTH)}
      canonical={paperPath(id)}
      head={<PaperHead site={site} paper={paper} />}
    >
      <main id="main" class="paper">
        <article>
          <header>
            <p class="kicker">
              <Kicker paper={paper} />
            </p>
            <h1>{raw(renderTex(paper.title))}</h1>
            <Authors paper={paper} />
            {paper.withdrawn && (
              <p class="notice-line">
                <strong>This paper has been withdrawn.</strong> {paper.comments}
              </p>
            )}
            <PaperLinks paper={paper} />
          </header>
          <section aria-labelledby="abstract">
            <h2 id="abstract">Abstract</h2>
            {paper.abstract.split('\n').map((paragraph) => (
              <p class="abstract-whole">{raw(renderTex(paragraph, { links: true }))}</p>
            ))}
          </section>
          <PaperFacts paper={paper} readings={readings} />
          {cited}
          <section id="comments" aria-labelledby="comments-title">
            <h2 id="comments-title">Comments</h2>
            <p class="quiet">No comments yet.</p>
          </section>
        </article>
      </main>
    </Layout>,
  );
}

function Kicker({ paper }: { paper: Paper }) {
  const [primary] = paper.categories;
  return (
    <>
      {primary && <a href={categoryPath(primary)}>{primary}</a>}
      <time datetime={paper.publishedOn}>{mediumDate(paper.publishedOn)}</time>
      {paper.organization && (
        <a class="organization" href={organizationPath(paper.organization.slug)}>
          {paper.organization.name}
        </a>
      )}
    </>
  );
}

function Authors({ paper }: { paper: Paper }) {
  const unnamed = paper.authorCount - paper.authors.length;
  return (
    <p class="authors">
      {paper.authors.map((author, index) => (
        <>
          {index > 0 && ', '}
          <a href={authorPath(author)} title={author.affiliation || undefined}>
            {fullName(author)}
          </a>
        </>
      ))}
      {unnamed > 0 && (paper.authors.length > 0 ? `, and ${unnamed} more` : unnamed === 1 ? '1 author' : `${unnamed} authors`)}
    </p>
  );
}

function clip(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, text.lastIndexOf(' ', length - 1))}…`;
}
