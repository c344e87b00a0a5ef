/** How the index of titles and names is saved and read again. */

import { createTermTable } from '../lexical/term-table.ts';
import { within } from '../saved/shape.ts';
import type { Arrays, Shape } from '../saved/shape.ts';
import { createSuggestIndex } from './suggest-index.ts';
import type { SuggestIndex } from './suggest-index.ts';

const NUMBERS = ['stems', 'titleSigns', 'titleSigns3', 'seqs', 'days', 'numbers', 'nameSigns', 'counts'] as const;
const ROWS = ['titles', 'bylines', 'nameWords'] as const;
const TEXTS = ['words', 'names'] as const;
const INVERTED = ['byWord', 'byFirstWord', 'authorsByWord', 'byAuthor', 'byBeginning'] as const;
const TABLES = ['wordTable', 'authorTable'] as const;

interface Facts {
  papers: number;
  /** Of rows, texts and tables how many there are; of lists how many rows are in them. */
  sizes: Record<(typeof ROWS | typeof TEXTS | typeof INVERTED | typeof TABLES)[number] | 'mostPapers', number>;
}

/** With how many papers are in it, without those that were replaced or taken away. */
export interface Titles {
  index: SuggestIndex;
  papers: number;
}

export const titlesShape: Shape<Titles> = {
  facts({ index, papers }): Facts {
    const counted = [...ROWS, ...TEXTS, ...TABLES].map((name) => [name, index[name].size] as const);
    const sizes = [
      ...counted,
      ...[...INVERTED, 'mostPapers' as const].map((name) => [name, index[name].rows] as const),
    ];
    return { papers, sizes: Object.fromEntries(sizes) as Facts['sizes'] };
  },

  arrays: ({ index }) => arraysOf(index),

  make(facts, bytes) {
    const { papers, sizes } = facts as Facts;
    const index = createSuggestIndex();
    const room = (name: string) => new Uint32Array((bytes[name] ?? 0) / 4);
    for (const name of NUMBERS) index[name] = room(name);
    for (const name of ROWS) {
      index[name] = { values: room(`${name}.values`), ends: room(`${name}.ends`), size: sizes[name] };
    }
    for (const name of TEXTS) {
      const text = new Uint8Array(bytes[`${name}.bytes`] ?? 0);
      const beginnings = room(`${name}.beginnings`);
      index[name] = { bytes: text, ends: room(`${name}.ends`), beginnings, size: sizes[name] };
    }
    for (const name of INVERTED) {
      index[name] = { starts: room(`${name}.starts`), found: room(`${name}.found`), rows: sizes[name] };
    }
    index.mostPapers = { order: room('mostPapers'), rows: sizes.mostPapers };
    for (const name of TABLES) index[name] = createTermTable(room(name), sizes[name]);
    return { arrays: arraysOf(index), finish: () => ({ index, papers }) };
  },
};

function arraysOf(index: SuggestIndex): Arrays {
  const arrays: Arrays = { mostPapers: index.mostPapers.order };
  for (const name of NUMBERS) arrays[name] = index[name];
  for (const name of ROWS) Object.assign(arrays, within(name, { values: index[name].values, ends: index[name].ends }));
  for (const name of TEXTS) {
    const { bytes, ends, beginnings } = index[name];
    Object.assign(arrays, within(name, { bytes, ends, beginnings }));
  }
  for (const name of INVERTED) {
    Object.assign(arrays, within(name, { starts: index[name].starts, found: index[name].found }));
  }
  for (const name of TABLES) arrays[name] = index[name].entries;
  return arrays;
}
