/** The code repository and the project page that an abstract or its comments speak of. */

import { readPage, readRepository } from './link-addresses.ts';

export interface PaperLinks {
  codeUrl: string | null;
  projectUrl: string | null;
}

/** What every address below holds one of: a cheap test that spares most abstracts the rest. */
const SIGNS = ['://', '.com/', '.org/', '.co/', '.io'];
/** With a scheme, or one of the hosts that people write without. Brackets, quotes and white space end an address. */
const ADDRESS =
  /(?:https?:\/\/|(?<![\w/@.-])(?:www\.)?(?:github\.com|gitlab\.com|codeberg\.org|bitbucket\.org|huggingface\.co|sites\.google\.com)\/|(?<![\w/@.-])[a-z0-9-]{1,63}\.(?:github|gitlab)\.io\b)[^\s<>"'`{}|^[\]]{0,300}/gi;
/** How far before an address the words stand that say what it is. */
const REACH = 90;
const SAYS_CODE = /\b(?:codes?|implementations?|repositor(?:y|ies)|open-?sourced?|software|package|toolkit|source)\b/i;
const SAYS_PAGE = /\b(?:project|web\s?-?(?:page|site)|home\s?page|demo(?:s|nstration)? page|page)s?\b/i;

/**
 * Addresses come normalised: a repository as `https://host/owner/name`, a page as it was given without
 * the punctuation around it. Links to arXiv and DOIs are neither. Null where there is none.
 */
export function findLinks(abstract: string, comments?: string | null): PaperLinks {
  const links: PaperLinks = { codeUrl: null, projectUrl: null };
  // In the comments authors put a link only if it is theirs; still the abstract says more about what it is.
  for (const text of [abstract, comments ?? '']) {
    if (SIGNS.some((sign) => text.includes(sign))) readLinks(text, links);
  }
  return links;
}

interface Find {
  url: string;
  /** The words before it say that it is what we take it for. */
  told: boolean;
}

function readLinks(text: string, links: PaperLinks): void {
  const plain = untex(text);
  const code: Find[] = [];
  const pages: Find[] = [];
  let end = 0;
  for (const match of plain.matchAll(ADDRESS)) {
    const before = plain.slice(Math.max(end, match.index - REACH), match.index);
    end = match.index + match[0].length;
    const after = plain.slice(end, end + 40);
    const repository = readRepository(match[0]);
    if (repository) code.push({ url: repository, told: SAYS_CODE.test(before) });
    else {
      const page = readPage(match[0]);
      const told = SAYS_PAGE.test(before) || /^\W{0,3}(?:project|web)\s?(?:page|site)/i.test(after);
      if (page && (told || page.isProjectHost)) pages.push({ url: page.url, told });
    }
  }
  links.codeUrl ??= best(code);
  links.projectUrl ??= best(pages);
}

function best(finds: readonly Find[]): string | null {
  return (finds.find((find) => find.told) ?? finds[0])?.url ?? null;
}

/** `\url{…}` and `\href{…}{…}` open up, escaped signs become themselves. */
function untex(text: string): string {
  if (!/[\\$]/.test(text)) return text;
  return text
    .replace(/\$?\\(?:sim|tilde)\b\$?|\\~(?:\{\})?|\\textasciitilde(?:\{\})?/g, '~')
    .replace(/\\textunderscore(?:\{\})?/g, '_')
    .replace(/\\([_%#&$])/g, '$1')
    .replace(/\\[a-z]+\*?(?=\{)/gi, ' ');
}
