/** What is known of a paper besides its text: dates, versions, categories, licence. */

import { arxivLinks, categoryPath, editionPath, nameOf, paperPath, userPath } from '#feed/addresses.ts';
import type { OpenPaper } from '#feed/open-paper.ts';
import { fullDate, mediumDate } from '#platform/dates.ts';
import { epochToDay } from '#platform/day.ts';
import type { Day } from '#platform/day.ts';
import { categoryName } from '#papers/category-names.ts';
import { licenseName } from '#papers/license-names.ts';
import type { Paper, PaperId } from '#papers/paper.ts';
import { renderTex } from '#papers/tex/html.ts';
import { raw } from '#platform/jsx/html.ts';
import type { Child } from '#platform/jsx/jsx-runtime.ts';

export interface PaperFactsProps {
  opened: OpenPaper;
  /** Other ids under which the same work is here. */
  also: readonly PaperId[];
}

export function PaperFacts({ opened, also }: PaperFactsProps) {
  const { paper, submission, submitter } = opened;
  const { announcedOn } = paper;
  const edition = submission?.day ?? announcedOn;
  return (
    <section aria-labelledby="facts">
      <h2 id="facts">About this paper</h2>
      <dl class="facts">
        <Fact name="Published">{mediumDate(paper.publishedOn)}</Fact>
        <Fact name="Edition">{edition && <EditionLink day={edition} />}</Fact>
        <Fact name="Submitted by">{submitter && <a href={userPath(submitter.name)}>@{submitter.name}</a>}</Fact>
        <Fact name="Announced">{announcedOn && announcedOn !== edition && <EditionLink day={announcedOn} />}</Fact>
        <Fact name="Versions">{paper.versions.length > 0 && <Versions paper={paper} />}</Fact>
        <Fact name="Categories">{paper.categories.length > 0 && <Categories paper={paper} />}</Fact>
        <Fact name="Also here as">{also.length > 0 && <Also ids={also} />}</Fact>
        <Fact name="Note">{paper.comments && raw(renderTex(paper.comments, { links: true }))}</Fact>
        <Fact name="Journal">{paper.journalRef && raw(renderTex(paper.journalRef))}</Fact>
        <Fact name="DOI">{paper.doi}</Fact>
        <Fact name="Licence">
          {paper.license && (
            <a href={paper.license} rel="license nofollow noopener">
              {licenseName(paper.license)}
            </a>
          )}
        </Fact>
        <Fact name="arXiv id">{arxivLinks(paper) && paper.id}</Fact>
      </dl>
    </section>
  );
}

function Fact({ name, children }: { name: string; children?: Child }) {
  if (children === null || children === undefined || children === false || children === '') return null;
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function EditionLink({ day }: { day: Day }) {
  return <a href={editionPath('date', day)}>{fullDate(day)}</a>;
}

function Also({ ids }: { ids: readonly PaperId[] }) {
  return (
    <ul class="versions">
      {ids.map((id) => (
        <li>
          <a href={paperPath(id)}>{nameOf(id)}</a>
        </li>
      ))}
    </ul>
  );
}

function Versions({ paper }: { paper: Paper }) {
  const arxiv = arxivLinks(paper);
  return (
    <ol class="versions">
      {paper.versions.map(({ number, at }) => (
        <li>
          {arxiv ? (
            <a href={`${arxiv.abstract}v${number}`} rel="nofollow noopener">
              v{number}
            </a>
          ) : (
            `v${number}`
          )}{' '}
          {mediumDate(epochToDay(at))}
        </li>
      ))}
    </ol>
  );
}

function Categories({ paper }: { paper: Paper }) {
  return (
    <ul class="categories">
      {paper.categories.map((category) => (
        <li>
          <a href={categoryPath(category)}>{categoryName(category) ?? category}</a>{' '}
          <span class="quiet">{category}</span>
        </li>
      ))}
    </ul>
  );
}
