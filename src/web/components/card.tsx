/** A paper in a list: what a reader needs to decide whether to open it. */

import { raw } from 'hono/html';
import type { Card } from '#feed/card.ts';
import { fullName } from '#papers/paper.ts';
import type { Paper } from '#papers/paper.ts';
import { renderTex } from '#papers/tex/html.ts';
import { authorPath, categoryPath, organizationPath, paperPath } from '../addresses.ts';
import { mediumDate } from '../dates.ts';

export function PaperCard({ card, lead = false }: { card: Card; lead?: boolean }) {
  const { paper } = card;
  const path = paperPath(paper.id);
  return (
    <article class={lead ? 'card lead' : 'card'} id={`p-${paper.id}`}>
      <p class="votes" title="Votes">
        <span class="votes-mark" aria-hidden="true"></span>
        <b>{card.votes}</b>
        <span class="unseen"> {card.votes === 1 ? 'vote' : 'votes'}</span>
      </p>
      <div class="card-body">
        <h2>
          <a href={path}>{raw(renderTex(paper.title))}</a>
        </h2>
        <Byline paper={paper} />
        <Abstract paper={paper} />
        <p class="card-foot">
          <a href={`${path}#comments`}>
            {card.comments} {card.comments === 1 ? 'comment' : 'comments'}
          </a>
          {paper.categories.slice(0, 4).map((category) => (
            <a class="category" href={categoryPath(category)}>
              {category}
            </a>
          ))}
          {paper.codeUrl && (
            <a href={paper.codeUrl} rel="nofollow noopener">
              code
            </a>
          )}
        </p>
      </div>
    </article>
  );
}

function Byline({ paper }: { paper: Paper }) {
  return (
    <p class="byline">
      {paper.withdrawn && <strong class="withdrawn">Withdrawn</strong>}
      <ByWhom paper={paper} />
      <time datetime={paper.publishedOn}>{mediumDate(paper.publishedOn)}</time>
    </p>
  );
}

/** The organisation where one is known, otherwise who wrote it and how many they are. */
function ByWhom({ paper }: { paper: Paper }) {
  const { organization, authors, authorCount } = paper;
  if (organization) {
    return (
      <a class="organization" href={organizationPath(organization.slug)}>
        {organization.name}
      </a>
    );
  }
  const [first, second] = authors;
  if (!first) return <span>{authorCount === 1 ? '1 author' : `${authorCount} authors`}</span>;
  const firstLink = <a href={authorPath(first)}>{fullName(first)}</a>;
  if (authorCount === 1) return <span>{firstLink}</span>;
  if (authorCount === 2 && second) {
    return (
      <span>
        {firstLink} and <a href={authorPath(second)}>{fullName(second)}</a>
      </span>
    );
  }
  return (
    <>
      <span>{firstLink} et al.</span>
      <span>{authorCount} authors</span>
    </>
  );
}

/** Clamped by the style sheet until opened: a `details` element needs no JavaScript, and the whole text is in the page. */
function Abstract({ paper }: { paper: Paper }) {
  return (
    <details class="abstract">
      <summary>
        <span class="abstract-text">{raw(renderTex(paper.abstract))}</span>
      </summary>
    </details>
  );
}
