/** Where to read the paper and its code. */

import { arxivLinks } from '#feed/addresses.ts';
import type { Paper } from '#papers/paper.ts';

export function PaperLinks({ paper }: { paper: Paper }) {
  const arxiv = arxivLinks(paper);
  const links = [
    arxiv && { label: 'PDF', href: arxiv.pdf, main: true },
    arxiv && { label: 'HTML', href: arxiv.html },
    arxiv && { label: 'arXiv page', href: arxiv.abstract },
    paper.codeUrl && { label: 'Code', href: paper.codeUrl },
    paper.projectUrl && { label: 'Project page', href: paper.projectUrl },
    paper.doi && { label: 'Published version', href: `https://doi.org/${encodeURI(paper.doi)}` },
  ].filter((link) => link !== undefined && link !== null && link !== '');
  if (links.length === 0) return null;
  return (
    <ul class="paper-links" aria-label="Read it">
      {links.map((link) => (
        <li>
          <a class={link.main ? 'button main-link' : 'button'} href={link.href} rel="nofollow noopener">
            {link.label}
          </a>
        </li>
      ))}
    </ul>
  );
}
