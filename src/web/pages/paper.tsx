/** The page of one paper, and the ways to it from ids as people write them. */

import { setTimeout } from 'node:timers/promises';
import type { Context } from 'hono';
import { viewerOf } from '#accounts/current-viewer.ts';
import { commentSorts, listComments } from '#discussion/list-comments.ts';
import { isModerator } from '#accounts/user.ts';
import { categoryPath, commentsPath, organizationPath, paperPath } from '#feed/addresses.ts';
import { openPaper } from '#feed/open-paper.ts';
import { listSimilar } from '#feed/similar.ts';
import type { SimilarList, SimilarSort } from '#feed/similar.ts';
import { mediumDate } from '#platform/dates.ts';
import { categoryName } from '#papers/category-names.ts';
import { paperNotHere } from '#papers/get-paper.ts';
import type { Paper, PaperId } from '#papers/paper.ts';
import { renderTex } from '#papers/tex/html.ts';
import { texToPlain } from '#papers/tex/plain.ts';
import { raw } from '#platform/jsx/html.ts';
import { CiteBox } from '../components/cite-box.tsx';
import { Layout } from '../components/layout.tsx';
import { PaperAuthors } from '../components/paper-authors.tsx';
import { PaperFacts } from '../components/paper-facts.tsx';
import { PaperHead } from '../components/paper-head.tsx';
import { PaperLinks } from '../components/paper-links.tsx';
import { Discussion } from '../components/discussion.tsx';
import { SimilarPapers } from '../components/similar-papers.tsx';
import { ModerationLine } from '../components/moderation-line.tsx';
import { Standing } from '../components/standing.tsx';
import type { Site } from '../site.ts';

/** Search engines and link previews show about this much. */
const DESCRIPTION_LENGTH = 300;
/** As many as are looked at; the others are one link away. */
const SIMILAR_SHOWN = 6;
/** After a start the indexes are read into memory for seconds; nobody who came for the paper waits for that. */
const SIMILAR_PATIENCE_MS = 500;

export async function paperPage(site: Site, c: Context): Promise<Response> {
  const asked = c.req.param('id') ?? '';
  const viewer = viewerOf(c);
  const opened = await openPaper(site.db, asked, viewer?.id);
  const { paper } = opened;
  const { id } = paper;
  if (opened.hidden && !(viewer && isModerator(viewer))) throw paperNotHere(asked);
  if (asked !== id) return c.redirect(paperPath(id), 301);
  const after = c.req.query('after');
  const order = commentSorts.find((one) => one === c.req.query('comments')) ?? 'oldest';
  const sort = c.req.query('similar') === 'date' ? 'date' : 'closeness';
  const [page, cited, similar] = await Promise.all([
    listComments(site.db, id, { sort: order, after, viewerId: viewer?.id }),
    CiteBox({ paper }),
    similarSoon(site, id, sort),
  ]);
  return c.html(
    <Layout
      site={site}
      c={c}
      title={texToPlain(paper.title)}
      description={clip(texToPlain(paper.abstract), DESCRIPTION_LENGTH)}
      canonical={paperPath(id)}
      continued={after !== undefined}
      article
      feed={{ path: commentsPath(id), title: 'Comments on this paper' }}
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
            <PaperLinks opened={opened} viewer={viewer} />
            <Standing opened={opened} />
            <ModerationLine opened={opened} viewer={viewer} />
          </header>
          <Abstract text={paper.abstract} />
          <PaperFacts opened={opened} also={similar.asked.flatMap(({ also }) => also)} />
          <SimilarPapers id={id} cards={similar.cards} sort={sort} />
          {cited}
          <Discussion opened={opened} page={page} sort={order} continued={after !== undefined} viewer={viewer} />
          <MoreLikeIt paper={paper} />
        </article>
      </main>
    </Layout>,
  );
}

function Abstract({ text }: { text: string }) {
  return (
    <section aria-labelledby="abstract">
      <h2 id="abstract">Abstract</h2>
      {text.split('\n').map((paragraph) => (
        <p class="abstract-whole" dir="auto">
          {raw(renderTex(paragraph, { links: true, reachable: true }))}
        </p>
      ))}
    </section>
  );
}

async function similarSoon(site: Site, id: PaperId, sort: SimilarSort): Promise<SimilarList> {
  const none: SimilarList = { cards: [], asked: [], unknown: [] };
  const found = listSimilar(site, { ids: [id], limit: SIMILAR_SHOWN, sort });
  return await Promise.race([found, setTimeout(SIMILAR_PATIENCE_MS, none, { ref: false })]);
}

function Kicker({ paper }: { paper: Paper }) {
  const [primary] = paper.categories;
  return (
    <>
      {primary && (
        <span>
          <a href={categoryPath(primary)}>{categoryName(primary) ?? primary}</a>
        </span>
      )}
      <span>
        <time datetime={paper.publishedOn}>{mediumDate(paper.publishedOn)}</time>
      </span>
      {paper.organization && (
        <span>
          <a class="organization" href={organizationPath(paper.organization.slug)}>
            {paper.organization.name}
          </a>
        </span>
      )}
    </>
  );
}

function MoreLikeIt({ paper }: { paper: Paper }) {
  const [primary] = paper.categories;
  if (primary === undefined) return null;
  const name = categoryName(primary);
  return (
    <p class="more-like-it">
      <a class="button" href={categoryPath(primary)}>
        More in {name === undefined ? primary : `${name} (${primary})`}
      </a>
    </p>
  );
}

function clip(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, text.lastIndexOf(' ', length - 1))}…`;
}
