/** The head of `/similar`: which papers and text it starts from, each of which can be taken away, and the order. */

import { similarPath } from '#feed/addresses.ts';
import type { SimilarAsked } from '../similar-asked.ts';

/** A paper that was asked with. */
export interface KnownPaper {
  id: string;
  /** Plain text. */
  title: string;
}

export interface SimilarHeadProps {
  known: readonly KnownPaper[];
  asked: SimilarAsked;
  /** In words. */
  problems: readonly string[];
  hasPapers: boolean;
}

export function SimilarHead({ known, asked, problems, hasPapers }: SimilarHeadProps) {
  return (
    <div class="list-head">
      <p class="kicker">Similar papers</p>
      <h1>{headline(known.length, asked.text)}</h1>
      <Chips known={known} asked={asked} />
      {problems.length > 0 && (
        <ul class="unread">
          {problems.map((problem) => (
            <li dir="auto">{problem}</li>
          ))}
        </ul>
      )}
      {hasPapers && (
        <div class="search-tools">
          <Sorts asked={asked} />
          <p class="to-form">
            <a href="#like">Add a paper or a text</a>
          </p>
        </div>
      )}
    </div>
  );
}

function headline(papers: number, text: string): string {
  if (papers === 0) return text === '' ? 'More papers like some you know' : 'Papers like this text';
  const these = papers === 1 ? 'this one' : 'these';
  return text === '' ? `Papers like ${these}` : `Papers like ${these} and this text`;
}

function Chips({ known, asked }: { known: readonly KnownPaper[]; asked: SimilarAsked }) {
  const ids = known.map(({ id }) => id);
  if (ids.length === 0 && asked.text === '') return null;
  return (
    <ul class="chips" aria-label="Like these">
      {known.map(({ id, title }) => (
        <li>
          <Chip label={title} asked={asked} ids={ids.filter((one) => one !== id)} without={id} />
        </li>
      ))}
      {asked.text !== '' && (
        <li>
          <Chip label={beginning(asked.text)} asked={{ ...asked, text: '' }} ids={ids} />
        </li>
      )}
    </ul>
  );
}

/** Enough of a text to know it again. */
const BEGINNING = 80;

function beginning(text: string): string {
  return text.length <= BEGINNING
    ? text
    : `${text
        .slice(0, BEGINNING)
        .toWellFormed()
        .replace(/\s\S*$/, '')}…`;
}

/** A link, but where a text is too long for an address: there the form that holds it is sent without the paper. */
function Chip({ label, asked, ids, without }: { label: string; asked: SimilarAsked; ids: string[]; without?: string }) {
  const content = (
    <>
      <span class="unseen">Remove </span>
      <bdi>{label}</bdi>
      <span aria-hidden="true">×</span>
    </>
  );
  if (without !== undefined && asked.text !== '') {
    return (
      <button class="chip" form="like" name="without" value={without}>
        {content}
      </button>
    );
  }
  return (
    <a class="button chip" href={similarPath({ ...asked, ids })}>
      {content}
    </a>
  );
}

const SORTS = [
  { sort: 'closeness', label: 'Closest' },
  { sort: 'date', label: 'Newest' },
] as const;

/** Links or, where there is a text, buttons of the form that holds it. */
function Sorts({ asked }: { asked: SimilarAsked }) {
  return (
    <nav class="sorts" aria-label="Order">
      {SORTS.map(({ sort, label }) => {
        const current = sort === asked.sort ? 'true' : undefined;
        return asked.text === '' ? (
          <a href={similarPath({ ...asked, sort })} aria-current={current}>
            {label}
          </a>
        ) : (
          <button form="like" name="sort" value={sort} aria-current={current}>
            {label}
          </button>
        );
      })}
    </nav>
  );
}
