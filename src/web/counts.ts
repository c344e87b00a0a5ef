/** Numbers as readers read them. */

const format = new Intl.NumberFormat('en-US');

/** `12`, `1,234`. Most are small, and those need no formatter. */
export function figure(count: number): string {
  return count < 1000 ? String(count) : format.format(count);
}

/** `1 paper`, `1,234 papers` */
export function countOf(papers: number): string {
  return papers === 1 ? '1 paper' : `${figure(papers)} papers`;
}
