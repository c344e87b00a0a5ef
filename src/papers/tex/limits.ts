/** How much of a text is read for display. */

/** arXiv's own limit for an abstract is 1920 characters, older ones reach 6000; the rest of a longer text is not shown. */
export const maxShown = 20_000;

/** Cut at a word where there is one near, never within a surrogate pair. */
export function shortened(text: string): string {
  const cut = text.slice(0, maxShown);
  const space = cut.lastIndexOf(' ');
  return `${(space > maxShown - 200 ? cut.slice(0, space) : cut).toWellFormed()}…`;
}
