/** Everyone who wrote a paper, each name a link; long lists fold after the first names. */

import { fullName } from '#papers/paper.ts';
import type { Author, Paper } from '#papers/paper.ts';
import { authorPath } from '../addresses.ts';

/** Few papers outside of collaborations have more, and as many names fill about five lines. */
const NAMES_SHOWN = 30;
/** To fold away two or three names would hide more than it saves. */
const NAMES_FOLDED_AT_LEAST = 10;

export function PaperAuthors({ paper }: { paper: Paper }) {
  const { authors, authorCount } = paper;
  const unnamed = authorCount - authors.length;
  const folds = authors.length >= NAMES_SHOWN + NAMES_FOLDED_AT_LEAST;
  const shown = folds ? authors.slice(0, NAMES_SHOWN) : authors;
  const rest = authors.slice(shown.length);
  if (authorCount === 0) return null;
  return (
    <>
      <p class="authors">
        <Names authors={shown} />
        {rest.length > 0 && ','}
        {rest.length === 0 && unnamed > 0 && (authors.length > 0 ? `, and ${grouped(unnamed)} more` : counted(unnamed))}
      </p>
      {rest.length > 0 && (
        <details class="all-authors">
          <summary>and {grouped(rest.length + Math.max(unnamed, 0))} more authors</summary>
          <p class="authors">
            <Names authors={rest} />
            {unnamed > 0 && `, and ${grouped(unnamed)} more`}
          </p>
        </details>
      )}
    </>
  );
}

function Names({ authors }: { authors: readonly Author[] }) {
  return authors.map((author, index) => (
    <>
      {index > 0 && ', '}
      <a href={authorPath(author)} title={author.affiliation || undefined}>
        {fullName(author)}
      </a>
    </>
  ));
}

function counted(count: number): string {
  return count === 1 ? '1 author' : `${grouped(count)} authors`;
}

function grouped(count: number): string {
  return count.toLocaleString('en-US');
}
