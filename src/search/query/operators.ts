/** What can be written in a search besides words, for the help on pages and in the terminal. */

export interface Operator {
  /** As in `OPERATOR_NAMES`; left out for signs. */
  names: readonly string[];
  example: string;
  /** Ends a sentence that begins with "Papers". */
  meaning: string;
}

/** In the order in which people need them. */
export const operators: readonly Operator[] = [
  { names: [], example: '"chain of thought"', meaning: 'with these words side by side, in this order' },
  { names: [], example: '-survey', meaning: 'without this word; works before all of these' },
  { names: ['author', 'au'], example: 'author:"geoffrey hinton"', meaning: 'by this author; a family name is enough' },
  { names: ['category', 'cat'], example: 'category:cs.LG', meaning: 'of this arXiv category; cs is all that begin so' },
  { names: ['org'], example: 'org:deepmind', meaning: 'from this organization' },
  { names: ['year'], example: 'year:2023-2025', meaning: 'of these years, or of one: year:2025' },
  { names: ['after'], example: 'after:2025-06', meaning: 'from the first day of this year, month or day on' },
  { names: ['before'], example: 'before:2025-06-15', meaning: 'from before this year, month or day begins' },
  { names: ['has'], example: 'has:code', meaning: 'that come with code' },
  { names: ['sort'], example: 'sort:new', meaning: 'newest first; also sort:trending, and sort:relevance as usual' },
];
