/** An edition without papers: why, and the nearest ones that have some. */

import type { EditionFacts } from '#feed/edition.ts';
import { editionName } from '#feed/edition-names.ts';
import type { Edition } from '#feed/edition-names.ts';
import { weekday } from '#platform/day.ts';
import type { Day } from '#platform/day.ts';
import { neighbours } from '../editions.ts';

const KINDS = { date: 'day', week: 'week', month: 'month' };

export function EmptyEdition({ edition, facts, today }: { edition: Edition; facts: EditionFacts; today: Day }) {
  const { before, after } = neighbours({ kind: 'date', label: edition.label }, facts);
  return (
    <div class="notice">
      <h2>No papers for {editionName(edition)}</h2>
      <p>{reason(edition, today)}</p>
      <p>
        {before && (
          <a class="button" href={before.path}>
            Read {before.label}
          </a>
        )}
        {after && (
          <a class="button" href={after.path}>
            Read {after.label}
          </a>
        )}
        {!before && !after && <a href="/search">Search all papers</a>}
      </p>
    </div>
  );
}

function reason({ kind, range }: Edition, today: Day): string {
  if (range.first > today) return `This ${KINDS[kind]} is still to come: its edition has not been printed yet.`;
  if (kind === 'date' && [0, 6].includes(weekday(range.first))) {
    return 'arXiv announces papers on the evenings of Sunday to Thursday, for the next morning, so weekends stay empty.';
  }
  if (range.last >= today) return `No papers of this ${KINDS[kind]} have come yet.`;
  const holiday = kind === 'date' ? ' arXiv may have had a holiday, or' : '';
  return `No papers of this ${KINDS[kind]} are in this archive.${
    holiday && `${holiday} they were not collected here.`
  }`;
}
