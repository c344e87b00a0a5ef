/** Everyone who wrote a paper, each name a link; long lists fold after the first names. */

import { authorPath } from '#feed/addresses.ts';
import { fullName } from '#papers/paper.ts';
import type { Author, Paper } from '#papers/paper.ts';

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
        <Names authors={shown} goesOn={rest.length > 0 || unnamed > 0} />
        {rest.length === 0 && unnamed > 0 && (authors.length > 0 ? `and ${grouped(unnamed)} more` : counted(unnamed))}
      </p>
      {rest.length > 0 && (
        <details class="all-authors">
          <summary>and {grouped(rest.length + Math.max(unnamed, 0))} more authors</summary>
          <p class="authors">
            <Names authors={rest} goesOn={unnamed > 0} />
            {unnamed > 0 && `and ${grouped(unnamed)} more`}
          </p>
        </details>
      )}
    </>
  );
}

/** The comma belongs to the name before it, so that no line begins with one. `goesOn`: more follows the last name. */
function Names({ authors, goesOn }: { authors: readonly Author[]; goesOn: boolean }) {
  return authors.map((author, index) => (
    <>
      <span>
        <a href={authorPath(author)} title={author.affiliation || undefined}>
          {fullName(author)}
        </a>
        {(goesOn || index < authors.length - 1) && ','}
      </span>{' '}
    </>
  ));
}

function counted(count: number): string {
  return count === 1 ? '1 author' : `${grouped(count)} authors`;
}

function grouped(count: number): string {
  return count.toLocaleString('en-US');
}
