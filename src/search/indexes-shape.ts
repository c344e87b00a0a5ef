/** How the indexes of words and of conditions are saved together, and read again. */

import { createCatalog, placeOfCombination } from './catalog.ts';
import type { Catalog } from './catalog.ts';
import type { Indexes } from './filter.ts';
import { lexicalShape } from './lexical/lexical-shape.ts';
import { sizesWithin, within } from './saved/shape.ts';
import type { Arrays, Shape } from './saved/shape.ts';

export const indexesShape: Shape<Indexes> = {
  facts: ({ lexical, catalog }) => ({ words: lexicalShape.facts(lexical), conditions: catalogShape.facts(catalog) }),
  arrays: ({ lexical, catalog }) => ({
    ...within('words', lexicalShape.arrays(lexical)),
    ...within('conditions', catalogShape.arrays(catalog)),
  }),
  make(facts, bytes) {
    const of = facts as { words: unknown; conditions: unknown };
    const words = lexicalShape.make(of.words, sizesWithin('words', bytes));
    const conditions = catalogShape.make(of.conditions, sizesWithin('conditions', bytes));
    return {
      arrays: { ...within('words', words.arrays), ...within('conditions', conditions.arrays) },
      finish: () => ({ lexical: words.finish(), catalog: conditions.finish() }),
    };
  },
};

interface CatalogFacts {
  /** As papers have them, by their places. */
  combinations: string[];
  hidden: number[];
  end: number;
}

const catalogShape: Shape<Catalog> = {
  facts({ combinationOf, hidden, end }): CatalogFacts {
    return { combinations: [...combinationOf.keys()], hidden: [...hidden], end };
  },
  arrays: conditionsOf,
  make(facts, bytes) {
    const { combinations, hidden, end } = facts as CatalogFacts;
    const catalog = createCatalog(bytes['code']);
    return {
      arrays: conditionsOf(catalog),
      finish() {
        for (const combination of combinations) placeOfCombination(catalog, combination);
        for (const seq of hidden) catalog.hidden.add(seq);
        catalog.end = end;
        return catalog;
      },
    };
  },
};

function conditionsOf({ days, years, categories, code }: Catalog): Arrays {
  return { days, years, categories, code };
}
