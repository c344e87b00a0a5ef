/** The button that votes for a paper, with the count on it. The island `<upvote-button>` updates it in place. */

import { upvotePath } from '#feed/addresses.ts';
import type { Card } from '#feed/card.ts';
import { figure } from '../counts.ts';

/** The form says what is wanted, so that a double click or a reload is harmless. */
export function Upvote({ card: { paper, votes, voted } }: { card: Pick<Card, 'paper' | 'votes' | 'voted'> }) {
  return (
    <upvote-button class="votes">
      <form method="post" action={upvotePath(paper.id)}>
        <button name="voted" value={voted ? '0' : '1'} aria-pressed={voted ? 'true' : 'false'}>
          <span class="unseen">Upvote, </span>
          <b>{figure(votes)}</b>
          <span class="unseen"> {votes === 1 ? 'vote' : 'votes'}</span>
        </button>
      </form>
    </upvote-button>
  );
}
