/** Papers for the stand-in arXiv server. */

export interface StandInAuthor {
  keyname: string;
  forenames?: string;
  suffix?: string;
  affiliation?: string;
}

export interface StandInPaper {
  id: string;
  title: string;
  abstract: string;
  authors: StandInAuthor[];
  /** The primary first. */
  categories: string[];
  /** ISO instants; `sourceType` as in arXivRaw. */
  versions: { at: string; sourceType?: string }[];
  /** Day of the record's last change. */
  datestamp: string;
  comments?: string;
  journalRef?: string;
  doi?: string;
  license?: string;
  /** In the listing, if it is in one. */
  announced?: { day: string; type: 'new' | 'cross' | 'replace' | 'replace-cross' };
}

const SURNAMES = ['Müller', 'García', 'Nguyen', 'Okafor', 'Ivanova', 'Tanaka', 'Rossi', 'Haddad'];
const TOPICS = ['Diffusion', 'Retrieval', 'Robustness', 'Alignment', 'Compression', 'Planning', 'Vision', 'Speech'];

/** Plain papers, one after the other through the ids of January 2026, in the order of their datestamps. */
export function manyPapers(count: number, overrides: Partial<StandInPaper> = {}): StandInPaper[] {
  return Array.from({ length: count }, (_, index) => {
    const day = String(5 + Math.floor((index * 3) / count)).padStart(2, '0');
    return {
      id: `2601.${String(index + 1).padStart(5, '0')}`,
      title: `${TOPICS[index % TOPICS.length]} at scale, part ${index + 1}`,
      abstract: `  We study case ${index + 1} of $\\alpha$-${TOPICS[index % TOPICS.length]?.toLowerCase()}\nand find that it holds.\n  A second paragraph says why.\n`,
      authors: [
        { keyname: SURNAMES[index % SURNAMES.length] ?? '', forenames: 'Ada' },
        { keyname: 'Smith', forenames: 'John', suffix: 'Jr' },
      ],
      categories: ['cs.LG', 'stat.ML'],
      versions: [{ at: `2026-01-${day}T10:00:00Z` }],
      datestamp: `2026-01-${day}`,
      license: 'http://creativecommons.org/licenses/by/4.0/',
      announced: { day: '2026-01-06', type: 'new' as const },
      ...overrides,
    };
  });
}
