/** What the search box offers: papers and authors, as the site answers them and as options of a list. */

import { make } from './dom.ts';

export interface Suggestions {
  papers: readonly { id: string; title: string }[];
  authors: readonly { slug: string; name: string; papers: number }[];
}

/** Beside authors, whom a longer list of titles would push out of sight. */
const PAPERS_BESIDE_AUTHORS = 4;
const AUTHORS = 4;

/** Fails when `signal` is aborted, and when the site cannot answer. */
export async function fetchSuggestions(text: string, signal: AbortSignal): Promise<Suggestions> {
  const response = await fetch(`/search/suggest?q=${encodeURIComponent(text)}`, {
    headers: { accept: 'application/json' },
    signal,
  });
  if (!response.ok) throw new Error(`status ${response.status}`);
  return (await response.json()) as Suggestions;
}

/** Groups with their name, those without options left out. Options are numbered through below `id`. */
export function groupsOf({ papers, authors }: Suggestions, id: string): HTMLElement[] {
  const shown = authors.length === 0 ? papers : papers.slice(0, PAPERS_BESIDE_AUTHORS);
  const options = [
    shown.map((paper) => option(paper.title, `/papers/${paper.id.split('/').map(encodeURIComponent).join('/')}`)),
    authors
      .slice(0, AUTHORS)
      .map(({ slug, name, papers: count }) =>
        option(name, `/authors/${encodeURIComponent(slug)}`, count === 1 ? '1 paper' : `${count} papers`),
      ),
  ];
  options.flat().forEach((one, number) => (one.id = `${id}-${number}`));
  return options.flatMap((members, number) => {
    if (members.length === 0) return [];
    const name = make('span', {
      id: `${id}-name-${number}`,
      className: 'offers-name',
      textContent: number === 0 ? 'Papers' : 'Authors',
    });
    const group = make('div', { role: 'group' }, name, ...members);
    group.setAttribute('aria-labelledby', name.id);
    return [group];
  });
}

/** A link, so that it can be opened in another tab; it is walked with the arrows, not with Tab. */
function option(text: string, href: string, note?: string): HTMLAnchorElement {
  const label = make('span', { dir: 'auto', textContent: text });
  const link = make('a', { href, role: 'option', tabIndex: -1 }, label);
  if (note !== undefined) link.append(' ', make('small', { textContent: note }));
  link.ariaSelected = 'false';
  return link;
}

/** Whether each word that was typed stands in what is offered: an answer to less text than is there now may go on. */
export function isOffer(offered: string, typed: string): boolean {
  const text = folded(offered);
  return folded(typed)
    .split(/[^\p{L}\p{N}]+/u)
    .every((word) => text.includes(word));
}

function folded(text: string): string {
  return text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
}
