/** Numbers as readers read them. */

/** `1 paper`, `1,234 papers` */
export function countOf(papers: number): string {
  return papers === 1 ? '1 paper' : `${papers.toLocaleString('en-US')} papers`;
}
