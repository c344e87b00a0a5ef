/** Where to read the paper and its code. */

import type { Viewer } from '#accounts/user.ts';
import { arxivLinks, linksPath } from '#feed/addresses.ts';
import type { OpenPaper } from '#feed/open-paper.ts';
import { mayEditLinks } from '#papers/set-links.ts';
import { toWriter } from '../writer.ts';
import { Stars } from './people-marks.tsx';

/** `viewer` is the reader, who may be one that can change code and project page. */
export function PaperLinks({ opened, viewer }: { opened: OpenPaper; viewer: Viewer | undefined }) {
  const { paper, stars, submission } = opened;
  const mayEdit = viewer?.bannedAt === null && mayEditLinks(toWriter(viewer), submission?.by?.id);
  const arxiv = arxivLinks(paper);
  const links = [
    arxiv && { label: 'PDF', href: arxiv.pdf, main: true },
    arxiv && { label: 'HTML', href: arxiv.html },
    arxiv && { label: 'arXiv page', href: arxiv.abstract },
    paper.codeUrl && { label: 'Code', href: paper.codeUrl, stars },
    paper.projectUrl && { label: 'Project page', href: paper.projectUrl },
    paper.doi && { label: 'Published version', href: `https://doi.org/${encodeURI(paper.doi)}` },
  ].filter((link) => link !== undefined && link !== null && link !== '');
  if (links.length === 0 && !mayEdit) return null;
  return (
    <ul class="paper-links" aria-label="Read it">
      {links.map((link) => (
        <li>
          <a class={link.main ? 'button main-link' : 'button'} href={link.href} rel="nofollow noopener">
            {link.label}
            {link.stars !== undefined && <Stars count={link.stars} />}
          </a>
        </li>
      ))}
      {mayEdit && (
        <li>
          <a class="quiet-button" href={linksPath(paper.id)} rel="nofollow">
            {paper.codeUrl || paper.projectUrl ? 'Change links' : 'Add code or project page'}
          </a>
        </li>
      )}
    </ul>
  );
}
