/** Beside a paper: the few that are most like it, one line or two each. */

import { paperPath, similarPath } from '#feed/addresses.ts';
import type { Card } from '#feed/card.ts';
import type { SimilarSort } from '#feed/similar.ts';
import { fullName } from '#papers/paper.ts';
import type { Paper, PaperId } from '#papers/paper.ts';
import { renderTex } from '#papers/tex/html.ts';
import { raw } from '#platform/jsx/html.ts';

const SORTS = [
  { sort: 'closeness', label: 'Closest' },
  { sort: 'date', label: 'Newest' },
] as const;

export interface SimilarPapersProps {
  /** The paper that they are like. */
  id: PaperId;
  cards: readonly Card[];
  sort: SimilarSort;
}

export function SimilarPapers({ id, cards, sort }: SimilarPapersProps) {
  if (cards.length === 0) return null;
  return (
    <section id="similar" aria-labelledby="similar-title">
      <div class="similar-head">
        <h2 id="similar-title">Similar papers</h2>
        <nav class="sorts" aria-label="Order of similar papers">
          {SORTS.map((one) => (
            <a
              href={`${paperPath(id)}${one.sort === 'closeness' ? '' : `?similar=${one.sort}`}#similar`}
              aria-current={one.sort === sort ? 'true' : undefined}
            >
              {one.label}
            </a>
          ))}
        </nav>
      </div>
      <ol class="similar">
        {cards.map(({ paper }) => (
          <li>
            <a href={paperPath(paper.id)} dir="auto">
              {raw(renderTex(paper.title))}
            </a>
            <span class="quiet">
              {byWhom(paper)}
              <time datetime={paper.publishedOn}>{paper.publishedOn.slice(0, 4)}</time>
            </span>
          </li>
        ))}
      </ol>
      <p>
        <a class="button" href={similarPath({ ids: [id], sort })}>
          All similar papers
        </a>
      </p>
    </section>
  );
}

/** With the comma that the year follows. */
function byWhom({ organization, authors, authorCount }: Paper): string {
  const [first] = authors;
  if (organization) return `${organization.name}, `;
  if (!first) return authorCount > 1 ? `${authorCount.toLocaleString('en-US')} authors, ` : '';
  return `${fullName(first)}${authorCount > 1 ? ' et al.' : ''}, `;
}
