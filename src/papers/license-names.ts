/** Names of the licences that arXiv offers; https://info.arxiv.org/help/license/index.html */

const NAMES: [pattern: RegExp, name: string][] = [
  [/creativecommons\.org\/licenses\/(by(?:-nc)?(?:-nd|-sa)?)\/(\d\.\d)/, 'CC'],
  [/creativecommons\.org\/publicdomain\/zero\//, 'CC0 1.0'],
  [/creativecommons\.org\/licenses\/publicdomain/, 'Public domain'],
  [/arxiv\.org\/licenses\/nonexclusive-distrib/, 'arXiv non-exclusive distribution licence'],
  [/arxiv\.org\/licenses\/assumed-1991-2003/, 'Assumed arXiv licence (1991–2003)'],
];

/** `CC BY 4.0`; an unknown licence is shown by its address. */
export function licenseName(url: string): string {
  for (const [pattern, name] of NAMES) {
    const match = pattern.exec(url);
    if (match) return match[1] === undefined ? name : `CC ${match[1].toUpperCase()} ${match[2]}`;
  }
  return url;
}
