/** What people said of a paper: here, and as counted on other sites on the day that stands beside the number. */

import { mediumDate } from '#platform/dates.ts';
import { epochToDay } from '#platform/day.ts';
import type { PaperId } from '#papers/paper.ts';
import type { ExternalReadingTable } from '#papers/table.ts';

interface OtherSite {
  name: string;
  address: (id: PaperId) => string;
}

const SITES: Record<string, OtherSite> = {
  huggingface: { name: 'Hugging Face', address: (id) => `https://huggingface.co/papers/${id}` },
};

export function PaperComments({ id, readings }: { id: PaperId; readings: readonly ExternalReadingTable[] }) {
  return (
    <section id="comments" aria-labelledby="comments-title">
      <h2 id="comments-title">Comments</h2>
      <p>No comments here yet.</p>
      {readings.map((reading) => (
        <Elsewhere id={id} reading={reading} />
      ))}
    </section>
  );
}

/** `2 comments on Hugging Face`: a reading of another site, labelled as one. */
function Elsewhere({ id, reading }: { id: PaperId; reading: ExternalReadingTable }) {
  const { site, comments, read_at } = reading;
  if (comments === null || comments === 0) return null;
  const known = SITES[site];
  const where = `${comments === 1 ? '1 comment' : `${comments} comments`} on ${known?.name ?? site}`;
  return (
    <p class="elsewhere">
      {known ? (
        <a href={known.address(id)} rel="nofollow noopener">
          {where}
        </a>
      ) : (
        where
      )}{' '}
      <span class="quiet">as of {mediumDate(epochToDay(read_at))}</span>
    </p>
  );
}
