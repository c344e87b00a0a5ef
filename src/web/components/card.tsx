/** A paper in a list: what a reader needs to decide whether to open it. */

import { categoryPath, nameOf, paperPath } from '#feed/addresses.ts';
import type { Card } from '#feed/card.ts';
import { categoryName } from '#papers/category-names.ts';
import type { Paper, PaperId } from '#papers/paper.ts';
import { renderTex } from '#papers/tex/html.ts';
import { raw } from '#platform/jsx/html.ts';
import { fixed } from '#platform/jsx/jsx-runtime.ts';
import { Byline } from './byline.tsx';
import { Stars, SubmittedBy } from './people-marks.tsx';
import type { Highlights } from '../highlights.ts';
import { Upvote } from './upvote.tsx';

/** Characters that need no clamp: four lines of the column hold some 280. */
const SHORT_ABSTRACT = 300;
/** Cross-lists beyond these are rare and named on the paper's own page. */
const CATEGORIES_SHOWN = 3;

export interface PaperCardProps {
  /** `also`: other ids of the list under which the same work is stored. */
  card: Card & { also?: readonly PaperId[] };
  lead?: boolean;
  /** The category or archive whose list this is: never among those left out. */
  category?: string | undefined;
  /** Set where a search found it. */
  found?: Highlights | undefined;
  /** Why it stands where it stands, in sentences; in lists that answer for their order. */
  why?: readonly string[] | undefined;
}

export function PaperCard({ card, lead = false, category, found, why }: PaperCardProps) {
  const { paper, comments, submitter, stars, also = [] } = card;
  const path = paperPath(paper.id);
  return (
    <article class={lead ? 'card lead' : 'card'} id={`p-${paper.id}`}>
      <h2 dir="auto">
        <a href={path}>{raw(found?.title ?? renderTex(paper.title))}</a>
      </h2>
      <Byline paper={paper} named={found?.named} />
      <Abstract text={paper.abstract} html={found?.abstract ?? renderTex(paper.abstract)} />
      <Upvote card={card} />
      <p class="card-foot">
        <a href={`${path}#comments`}>
          {comments} {comments === 1 ? 'comment' : 'comments'}
        </a>
        <Categories of={paper} listed={category} />
        {paper.codeUrl && (
          <a href={paper.codeUrl} rel="nofollow noopener">
            Code
            {stars !== undefined && <Stars count={stars} />}
          </a>
        )}
        {submitter && <SubmittedBy submitter={submitter} />}
        {also.map((id) => (
          <a href={paperPath(id)}>Also here as {nameOf(id)}</a>
        ))}
        {found?.why && <span class="why">{found.why}</span>}
      </p>
      {why && <WhyHere why={why} />}
    </article>
  );
}

function WhyHere({ why }: { why: readonly string[] }) {
  return (
    <details class="why-here">
      <summary>Why is it here?</summary>
      <p>
        {why.join(' ')} <a href="/about/ranking">How papers are ranked</a>
      </p>
    </details>
  );
}

function Categories({ of: { categories }, listed }: { of: Paper; listed: string | undefined }) {
  const first = categories.slice(0, CATEGORIES_SHOWN);
  const own = categories.find((one) => one === listed || one.startsWith(`${listed}.`));
  const shown = own === undefined || first.includes(own) ? first : [...first.slice(0, -1), own];
  const rest = categories.filter((one) => !shown.includes(one));
  return (
    <>
      {shown.map((one) => (
        <a href={categoryPath(one)} title={categoryName(one)}>
          {one}
        </a>
      ))}
      {rest.length > 0 && (
        <span title={rest.join(', ')}>
          +{rest.length}
          <span class="unseen"> more categories</span>
        </span>
      )}
    </>
  );
}

/**
 * The whole text, clamped by the style sheet while the `details` beside it is closed: needs no JavaScript, is in
 * the page once, and is read in full by screen readers, to whom the button's name is “more of the abstract”.
 */
function Abstract({ text, html }: { text: string; html: string }) {
  return (
    <>
      <p class="abstract" dir="auto">
        {raw(html)}
      </p>
      {text.length > SHORT_ABSTRACT && MORE}
    </>
  );
}

const MORE = fixed(
  <details class="more">
    <summary>
      <span class="when-closed">more</span>
      <span class="when-open">less</span>
      <span class="unseen"> of the abstract</span>
    </summary>
  </details>,
);
