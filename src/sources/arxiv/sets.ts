/** arXiv's set names, and what the same sets are called in its listing feeds. */

/** `physics` as a set is all of these archives; as a feed it is only the archive of that name. */
const PHYSICS_ARCHIVES = [
  'astro-ph',
  'cond-mat',
  'gr-qc',
  'hep-ex',
  'hep-lat',
  'hep-ph',
  'hep-th',
  'math-ph',
  'nlin',
  'nucl-ex',
  'nucl-th',
  'physics',
  'quant-ph',
];

/** `cs` -> `cs`, `cs:cs:LG` -> `cs.LG`, `physics:hep-th` -> `hep-th`. Distinct, in order. */
export function feedNames(sets: readonly string[]): string[] {
  const names = sets.flatMap((set) => {
    const [group = '', archive, category] = set.split(':');
    if (category !== undefined) return [`${archive}.${category}`];
    return archive === undefined && group === 'physics' ? PHYSICS_ARCHIVES : [archive ?? group];
  });
  return [...new Set(names)];
}
