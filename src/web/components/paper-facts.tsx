/** What is known of a paper besides its text: versions, categories, licence, and what other sites counted. */

import { raw } from 'hono/html';
import type { Child } from 'hono/jsx';
import { epochToDay } from '#platform/day.ts';
import { categoryName } from '#papers/category-names.ts';
import { licenseName } from '#papers/license-names.ts';
import type { Paper } from '#papers/paper.ts';
import type { ExternalReadingTable } from '#papers/table.ts';
import { renderTex } from '#papers/tex/html.ts';
import { arxivLinks, categoryPath, editionPath } from '../addresses.ts';
import { mediumDate } from '../dates.ts';

const SITE_NAMES: Record<string, string> = { huggingface: 'Hugging Face' };

export function PaperFacts({ paper, readings }: { paper: Paper; readings: readonly ExternalReadingTable[] }) {
  return (
    <section aria-labelledby="facts">
      <h2 id="facts">About this paper</h2>
      <dl class="facts">
        <Fact name="Published">{mediumDate(paper.publishedOn)}</Fact>
        <Fact name="Announced">
          {paper.announcedOn && <a href={editionPath('date', paper.announcedOn)}>{mediumDate(paper.announcedOn)}</a>}
        </Fact>
        <Fact name="Versions">{paper.versions.length > 0 && <Versions paper={paper} />}</Fact>
        <Fact name="Categories">{paper.categories.length > 0 && <Categories paper={paper} />}</Fact>
        <Fact name="Comments">{paper.comments && raw(renderTex(paper.comments, { links: true }))}</Fact>
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
        <Fact name="Elsewhere">{elsewhere(readings)}</Fact>
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
          <a href={categoryPath(category)}>{category}</a> {categoryName(category)}
        </li>
      ))}
    </ul>
  );
}

/** `2 comments on Hugging Face`: a reading of another site, labelled as one. */
function elsewhere(readings: readonly ExternalReadingTable[]): string {
  return readings
    .filter((reading) => (reading.comments ?? 0) > 0)
    .map(({ site, comments, read_at }) => {
      const count = comments === 1 ? '1 comment' : `${comments} comments`;
      return `${count} on ${SITE_NAMES[site] ?? site} (${mediumDate(epochToDay(read_at))})`;
    })
    .join('; ');
}
