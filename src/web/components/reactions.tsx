/** The reactions to a comment: counts for everybody, buttons for those who are signed in. The island `<reaction-buttons>` reacts in place. */

import type { Viewer } from '#accounts/user.ts';
import type { CommentView, ReactionCount } from '#discussion/comment-view.ts';
import { EMOJI } from '#discussion/reactions.ts';
import type { Emoji } from '#discussion/reactions.ts';
import { commentPath } from '#feed/addresses.ts';
import { personWords } from './person-link.tsx';

export function Reactions({ comment, viewer }: { comment: CommentView; viewer: Viewer | undefined }) {
  const counts = new Map(comment.reactions.map((one) => [one.emoji, one]));
  const given = EMOJI.filter(({ key }) => counts.has(key));
  if (viewer === undefined) {
    return given.length === 0 ? null : (
      <p class="reactions">
        {given.map((emoji) => (
          <span>
            <Label emoji={emoji} count={counts.get(emoji.key)?.count ?? 0} />
          </span>
        ))}
      </p>
    );
  }
  const others = EMOJI.filter(({ key }) => !counts.has(key));
  return (
    <reaction-buttons>
      <form class="reactions" method="post" action={`${commentPath(comment)}/react`}>
        {given.map((emoji) => (
          <Button emoji={emoji} given={counts.get(emoji.key)} />
        ))}
        {others.length > 0 && (
          <details class="react">
            <summary>
              React<span class="unseen"> to {personWords(comment.author)}</span>
            </summary>
            <span class="react-choice">
              {others.map((emoji) => (
                <Button emoji={emoji} given={undefined} />
              ))}
            </span>
          </details>
        )}
      </form>
    </reaction-buttons>
  );
}

/** Says what is wanted, like the button that votes. */
function Button({ emoji, given }: { emoji: Emoji; given: ReactionCount | undefined }) {
  const isMine = given?.mine === true;
  return (
    <button name={isMine ? 'off' : 'on'} value={emoji.key} aria-pressed={isMine ? 'true' : 'false'}>
      <Label emoji={emoji} count={given?.count ?? 0} />
    </button>
  );
}

function Label({ emoji: { sign, name }, count }: { emoji: Emoji; count: number }) {
  return (
    <>
      <span aria-hidden="true">{sign}</span> {name}
      {count > 0 && <> {count.toLocaleString('en-US')}</>}
    </>
  );
}
