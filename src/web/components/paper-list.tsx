/** A page of cards with the way to the next one. */

import { pagePath } from '#feed/addresses.ts';
import type { Card } from '#feed/card.ts';
import type { Highlighter } from '../highlights.ts';
import { PaperCard } from './card.tsx';
import type { PaperCardProps } from './card.tsx';

export interface PaperListProps {
  cards: readonly PaperCardProps['card'][];
  /** Path of the list's first page. */
  path: string;
  /** Mark of the next page. */
  next: string | undefined;
  /** Whether this is a later page than the first. */
  continued?: boolean;
  /** Whether the first card is printed large. */
  lead?: boolean;
  /** The category or archive whose list this is. */
  category?: string | undefined;
  /** What a search shows of each paper. */
  highlight?: Highlighter;
  /** What a list that answers for its order says of each paper. */
  explain?: (card: Card) => readonly string[];
}

export function PaperList({
  cards,
  path,
  next,
  continued = false,
  lead = false,
  category,
  highlight,
  explain,
}: PaperListProps) {
  return (
    <more-papers>
      {continued && (
        <p class="continued">
          <a class="button" href={path}>
            ←&nbsp;Back to the first page
          </a>
        </p>
      )}
      <ol class="cards">
        {cards.map((card, index) => (
          <li>
            <PaperCard
              card={card}
              lead={lead && index === 0 && !continued}
              category={category}
              found={highlight?.(card.paper)}
              why={explain?.(card)}
            />
          </li>
        ))}
      </ol>
      {next !== undefined && (
        <p class="next-page">
          <a class="button" rel="next" href={pagePath(path, next)}>
            More papers
          </a>
        </p>
      )}
    </more-papers>
  );
}
