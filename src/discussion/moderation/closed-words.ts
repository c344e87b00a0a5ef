/** What readers are told of a discussion that moderators have closed. */

/** `because`: the reason, where others may read it. */
export function closedWords(because: string | undefined): string {
  return because === undefined
    ? 'The discussion of this paper is closed.'
    : `The moderators have closed the discussion of this paper: “${because}”.`;
}
