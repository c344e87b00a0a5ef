/** What a file makes of an index, without a file: for tests that look into it. */

import type { Shape } from '#search/saved/shape.ts';

export function copyByShape<Index>(shape: Shape<Index>, index: Index): Index {
  const arrays = shape.arrays(index);
  const bytes = Object.fromEntries(Object.entries(arrays).map(([name, array]) => [name, array.byteLength]));
  const made = shape.make(JSON.parse(JSON.stringify(shape.facts(index))), bytes);
  for (const [name, array] of Object.entries(arrays)) made.arrays[name]?.set(array);
  return made.finish();
}
