/** Ways to narrow a search down: the categories and years of what was found, each a link that adds it or takes it away. */

import { searchPath } from '#feed/addresses.ts';
import type { SearchList } from '#feed/search.ts';
import { categoryName } from '#papers/category-names.ts';
import { hasPart, withClause, withoutPart } from '#search/query/edit.ts';
import { printQuery } from '#search/query/print.ts';
import type { Clause, Query } from '#search/query/query.ts';
import { figure } from '../counts.ts';

/** Two lines of the column; those that follow are small. */
const CATEGORIES_SHOWN = 8;
const YEARS_SHOWN = 8;

interface Choice {
  name: string;
  /** Undefined where it is not told. */
  papers: number | undefined;
  clause: Clause;
  title?: string | undefined;
}

/** Without counts where no paper has all of the words: how many are close is not what the page tells of. */
export function Facets({ query, found }: { query: Query; found: Pick<SearchList, 'facets' | 'exact'> }) {
  const { categories, years } = found.facets;
  const countOf = (papers: number) => (found.exact ? papers : undefined);
  const byCategory = categories.slice(0, CATEGORIES_SHOWN).map(({ name, papers }): Choice => {
    return { name, papers: countOf(papers), clause: { kind: 'category', name }, title: categoryName(name) };
  });
  const byYear = years.slice(0, YEARS_SHOWN).map(({ name, papers }): Choice => {
    return { name, papers: countOf(papers), clause: { kind: 'published', from: `${name}-01-01`, to: `${name}-12-31` } };
  });
  if (!narrows(byCategory, query) && !narrows(byYear, query)) return null;
  return (
    <nav class="facets" aria-label="Narrow down">
      {narrows(byCategory, query) && <Facet id="by-category" name="Category" choices={byCategory} query={query} />}
      {narrows(byYear, query) && <Facet id="by-year" name="Year" choices={byYear} query={query} />}
    </nav>
  );
}

/** One choice alone narrows nothing, unless it can be taken away. */
function narrows(choices: readonly Choice[], query: Query): boolean {
  return choices.length > 1 || choices.some(({ clause }) => hasPart(query, clause));
}

interface FacetProps {
  id: string;
  name: string;
  choices: readonly Choice[];
  query: Query;
}

function Facet({ id, name, choices, query }: FacetProps) {
  return (
    <section class="facet" aria-labelledby={id}>
      <h2 id={id}>{name}</h2>
      <ul>
        {choices.map((choice) => (
          <li>
            <ChoiceLink choice={choice} query={query} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function ChoiceLink({ choice: { name, papers, clause, title }, query }: { choice: Choice; query: Query }) {
  const isChosen = hasPart(query, clause);
  const next = isChosen ? withoutPart(query, clause) : withClause(query, clause);
  return (
    <a href={searchPath(printQuery(next))} title={title} aria-current={isChosen ? 'true' : undefined}>
      {isChosen && <span class="unseen">Remove </span>}
      {name}{' '}
      {(isChosen || papers !== undefined) && (
        <span class="count" aria-hidden={isChosen ? 'true' : undefined}>
          {isChosen ? '×' : figure(papers ?? 0)}
        </span>
      )}
    </a>
  );
}
