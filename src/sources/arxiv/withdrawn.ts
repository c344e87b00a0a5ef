/** Whether a paper was withdrawn, from what its authors or arXiv's administrators wrote. Better too few than too many. */

const PAPER =
  'paper|article|submission|manuscript|work|preprint|draft|note|letter|version|report|eprint|e-print|document';

/** "Withdrawn", "withdrawn by the author", "Paper withdrawn due to an error"; not "withdrawn from ICLR". */
const IN_COMMENTS = new RegExp(
  `(?:^|[.;:!])\\W{0,10}(?:(?:this|the|our)\\s+)?(?:arXiv\\s+)?(?:(?:${PAPER})\\s+)?(?:(?:has been|is|was|is being|have been)\\s+)?` +
    `(?:temporarily\\s+|now\\s+)?withdrawn\\b(?!\\s+(?:from|at)\\s+(?!(?:the\\s+)?arxiv))(?!\\s+(?:${PAPER}))`,
  'i',
);

/** arXiv replaces the abstract of a withdrawn paper, so there the sentence comes first. */
const IN_ABSTRACT = new RegExp(
  `^\\W*(?:this|the)\\s+(?:arXiv\\s+)?(?:${PAPER})\\s+(?:has been|is|was)\\s+(?:temporarily\\s+)?withdrawn\\b`,
  'i',
);

/** Who withdraws a paper says so early; what comes later is not searched, so that no text costs much. */
const READ = 500;

export function saysWithdrawn(comments: string | undefined, abstract: string): boolean {
  return IN_COMMENTS.test((comments ?? '').slice(0, READ)) || IN_ABSTRACT.test(abstract.slice(0, READ));
}
