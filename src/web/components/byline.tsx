/** Who wrote the paper of a card, and when: the first author, and those whom a search names. */

import { authorPath, nameOf, organizationPath } from '#feed/addresses.ts';
import { mediumDate } from '#platform/dates.ts';
import { fullName } from '#papers/paper.ts';
import type { Author, Paper } from '#papers/paper.ts';
import { figure } from '../counts.ts';

/** More would push the date into a second line. */
const NAMED_SHOWN = 2;

export interface BylineProps {
  paper: Paper;
  /** Those of its authors whom the reader looked for: shown wherever they stand, and marked. */
  named?: readonly Author[] | undefined;
}

export function Byline({ paper, named = [] }: BylineProps) {
  return (
    <p class="byline" data-id={nameOf(paper.id)}>
      {paper.withdrawn && <strong class="withdrawn">Withdrawn</strong>}
      <ByWhom paper={paper} named={named} />
      <time datetime={paper.publishedOn}>{mediumDate(paper.publishedOn)}</time>
    </p>
  );
}

/** The organization where one is known, otherwise who wrote it and how many they are. */
function ByWhom({ paper, named }: { paper: Paper; named: readonly Author[] }) {
  const { organization, authors, authorCount } = paper;
  if (organization) {
    return (
      <>
        <span>
          <a class="organization" href={organizationPath(organization.slug)}>
            {organization.name}
          </a>
        </span>
        {named.slice(0, NAMED_SHOWN).map((author) => (
          <span>
            <Name author={author} named={named} />
          </span>
        ))}
      </>
    );
  }
  if (authorCount === 0) return null;
  const [first, second] = authors;
  const count = authorCount === 1 ? '1 author' : `${figure(authorCount)} authors`;
  if (!first) return <span>{count}</span>;
  const firstName = <Name author={first} named={named} />;
  if (authorCount === 1) return <span>{firstName}</span>;
  if (authorCount === 2 && second) {
    return (
      <span>
        {firstName} and <Name author={second} named={named} />
      </span>
    );
  }
  return (
    <>
      <span>
        {firstName}
        <Others paper={paper} named={named} /> et al.
      </span>
      <span>{count}</span>
    </>
  );
}

/** Those named who are not the first; the dots stand for authors in between. */
function Others({ paper: { authors }, named }: { paper: Paper; named: readonly Author[] }) {
  const shown = named.filter((one) => one !== authors[0]).slice(0, NAMED_SHOWN);
  return shown.map((author, at) => {
    const before = at === 0 ? authors[0] : shown[at - 1];
    const follows = before !== undefined && authors.indexOf(before) + 1 === authors.indexOf(author);
    return (
      <>
        {follows ? ', ' : ' … '}
        <Name author={author} named={named} />
      </>
    );
  });
}

function Name({ author, named }: { author: Author; named: readonly Author[] }) {
  const name = fullName(author);
  return <a href={authorPath(author)}>{named.includes(author) ? <mark>{name}</mark> : name}</a>;
}
