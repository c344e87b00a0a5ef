/** How many papers of a search can be reached: on its page, from the command line, and by its evaluation. */

/**
 * Papers that a search by relevance or by what is trending ranks and shows, page by page; nobody reads further. By date
 * all are shown.
 */
export const SEARCH_DEPTH = 500;
