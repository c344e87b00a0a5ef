/** On a paper's own page: the button, and who voted. */

import { votersPath } from '#feed/addresses.ts';
import type { OpenPaper } from '#feed/open-paper.ts';
import { PersonLink } from './person-link.tsx';
import { Upvote } from './upvote.tsx';

/** Names that are read at a glance. */
const NAMES_SHOWN = 5;

export function Standing({ opened }: { opened: OpenPaper }) {
  return (
    <div class="standing" id="vote">
      <Upvote card={opened} />
      <Voters opened={opened} />
    </div>
  );
}

function Voters({ opened: { paper, votes, voters } }: { opened: OpenPaper }) {
  if (votes === 0) return <p class="voters">Nobody has voted for this paper yet.</p>;
  const named = voters.slice(0, NAMES_SHOWN);
  const others = votes - named.length;
  return (
    <p class="voters">
      Upvoted by{' '}
      {named.map((person, at) => (
        <>
          {at > 0 && (at === named.length - 1 && others === 0 ? ' and ' : ', ')}
          <PersonLink person={person} />
        </>
      ))}
      {others > 0 && (
        <>
          {named.length > 0 && ' and '}
          <a href={votersPath(paper.id)}>
            {named.length > 0 && `${others.toLocaleString('en-US')} more`}
            {named.length === 0 && (others === 1 ? '1 person' : `${others.toLocaleString('en-US')} people`)}
          </a>
        </>
      )}
    </p>
  );
}
