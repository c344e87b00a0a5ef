/** What other sites counted, with the day on which they did: never mixed with our own counts. */

import { mediumDate } from '#platform/dates.ts';
import { epochToDay } from '#platform/day.ts';
import type { PaperId } from '#papers/paper.ts';
import type { Reading } from '#feed/open-paper.ts';

interface OtherSite {
  name: string;
  address: (id: PaperId) => string;
}

const SITES: Record<string, OtherSite> = {
  huggingface: { name: 'Hugging Face', address: (id) => `https://huggingface.co/papers/${id}` },
};

/** `2 comments on Hugging Face`: a reading of another site, labelled as one. */
export function Elsewhere({ id, reading }: { id: PaperId; reading: Reading }) {
  const { site, comments, readAt } = reading;
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
      <span class="quiet">as of {mediumDate(epochToDay(readAt))}</span>
    </p>
  );
}
