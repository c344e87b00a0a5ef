/** How a list says which words of a search a paper lacks. */

/** More than these are as good as all. */
const NAMED = 3;

/** `, without “leaderboard”`; empty for none. */
export function withoutWords(missing: readonly string[]): string {
  if (missing.length === 0) return '';
  const named = missing.slice(0, NAMED).map((word) => `“${word}”`);
  const others = missing.length - named.length;
  return `, without ${[...named, ...(others > 0 ? [`${others} more`] : [])].join(', ')}`;
}
