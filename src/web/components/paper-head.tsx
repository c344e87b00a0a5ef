/** What reference managers and search engines read of a paper, beyond what they read of any page. */

import { arxivLinks, paperPath } from '#feed/addresses.ts';
import { citedDoi } from '#papers/citation/doi.ts';
import { fullName } from '#papers/paper.ts';
import type { Author, Paper } from '#papers/paper.ts';
import { texToPlain } from '#papers/tex/plain.ts';
import { raw } from '#platform/jsx/html.ts';
import { assets } from '../assets.ts';
import type { Site } from '../site.ts';

export function PaperHead({ site, paper }: { site: Site; paper: Paper }) {
  const title = texToPlain(paper.title);
  const abstract = texToPlain(paper.abstract);
  const url = site.url + paperPath(paper.id);
  return (
    <>
      <CitationTags paper={paper} title={title} abstract={abstract} />
      <meta property="article:published_time" content={paper.publishedOn} />
      <link rel="alternate" type="application/x-bibtex" href={`${paperPath(paper.id)}.bib`} title="BibTeX" />
      <link
        rel="alternate"
        type="application/x-research-info-systems"
        href={`${paperPath(paper.id)}.ris`}
        title="RIS"
      />
      <link
        rel="alternate"
        type="application/vnd.citationstyles.csl+json"
        href={`${paperPath(paper.id)}.csl.json`}
        title="CSL-JSON"
      />
      <script type="module" src={assets().paperJs}></script>
      <script type="application/ld+json">{raw(scriptSafe(jsonLd(paper, { title, abstract, url })))}</script>
    </>
  );
}

/** The Highwire tags that arXiv itself writes; Zotero reads them. */
function CitationTags({ paper, title, abstract }: { paper: Paper; title: string; abstract: string }) {
  const arxiv = arxivLinks(paper);
  const doi = citedDoi(paper);
  const date = paper.publishedOn.replaceAll('-', '/');
  return (
    <>
      <meta name="citation_title" content={title} />
      {paper.authors.map((author) => (
        <meta name="citation_author" content={citedName(author)} />
      ))}
      <meta name="citation_date" content={date} />
      <meta name="citation_publication_date" content={date} />
      <meta name="citation_online_date" content={paper.updatedOn.replaceAll('-', '/')} />
      {doi !== null && <meta name="citation_doi" content={doi} />}
      {arxiv && <meta name="citation_pdf_url" content={arxiv.pdf} />}
      {arxiv && <meta name="citation_arxiv_id" content={paper.id} />}
      <meta name="citation_abstract" content={abstract} />
    </>
  );
}

/** `Last, First Suffix` */
function citedName({ family, given, suffix }: Author): string {
  const rest = [given, suffix].filter(Boolean).join(' ');
  return rest === '' ? family : `${family}, ${rest}`;
}

function jsonLd(paper: Paper, { title, abstract, url }: { title: string; abstract: string; url: string }) {
  const arxiv = arxivLinks(paper);
  return {
    '@context': 'https://schema.org',
    '@type': 'ScholarlyArticle',
    headline: title,
    abstract,
    author: paper.authors.map((author) => ({
      '@type': 'Person',
      name: fullName(author),
      familyName: author.family,
      ...(author.given ? { givenName: author.given } : {}),
      ...(author.affiliation ? { affiliation: author.affiliation } : {}),
    })),
    datePublished: paper.publishedOn,
    dateModified: paper.updatedOn,
    url,
    identifier: arxiv ? `arXiv:${paper.id}` : paper.id,
    ...(arxiv ? { sameAs: arxiv.abstract, isAccessibleForFree: true } : {}),
    ...(paper.license ? { license: paper.license } : {}),
  };
}

/** JSON inside a script element: `</script>` and `<!--` must not end or hide it. */
function scriptSafe(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', String.raw`\u003c`);
}
