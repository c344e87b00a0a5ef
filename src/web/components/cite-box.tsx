/** "Cite": the BibTeX entry to copy, and the files to download. */

import { paperPath } from '#feed/addresses.ts';
import { cite } from '#papers/citation/cite.ts';
import type { Paper } from '#papers/paper.ts';

export async function CiteBox({ paper }: { paper: Paper }) {
  const { body } = await cite(paper, 'bibtex');
  const path = paperPath(paper.id);
  return (
    <section id="cite" aria-labelledby="cite-title">
      <h2 id="cite-title">Cite</h2>
      <copy-text>
        <pre tabindex={0} role="region" aria-label="BibTeX entry">
          <code>{body.trim()}</code>
        </pre>
        <p class="cite-files">
          <a class="button" href={`${path}.bib`} download>
            BibTeX
          </a>
          <a class="button" href={`${path}.ris`} download>
            RIS
          </a>
          <a class="button" href={`${path}.csl.json`} download>
            CSL-JSON
          </a>
        </p>
      </copy-text>
    </section>
  );
}
