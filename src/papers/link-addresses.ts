/** Reads web addresses out of running text: repositories in one spelling, pages as given, or nothing. */

/** Forges on which the first two parts of a path are owner and name. */
const FORGES = new Set([
  'github.com',
  'gitlab.com',
  'codeberg.org',
  'bitbucket.org',
  'gitee.com',
  'git.sr.ht',
  'huggingface.co',
]);
/** First parts of a path that are no owners. */
const NOT_OWNERS = new Set(
  (
    'about apps blog collections contact datasets docs explore features join login marketplace models new orgs organizations ' +
    'papers pricing search settings sponsors spaces topics users'
  ).split(' '),
);
/** Hosts that hold papers, films and forms: never a project page. */
const NOT_PAGES =
  /(?:^|\.)(?:arxiv\.org|doi\.org|zenodo\.org|youtube\.com|youtu\.be|openreview\.net|creativecommons\.org|orcid\.org|semanticscholar\.org|acm\.org|ieee\.org|springer\.com|wikipedia\.org)$/;
/** Hosts on which nearly every page of a paper is its project page. */
const PROJECT_HOSTS = /\.(?:github|gitlab)\.io$|^sites\.google\.com$/;

/** `https://host/owner/name` of a repository on a known forge, or where reviewers may see it (`/r/name`). */
export function readRepository(text: string): string | undefined {
  const url = readUrl(text);
  if (!url) return undefined;
  const host = url.hostname.replace(/^www\./, '');
  const isForge = FORGES.has(host) || /^git(?:lab)?\./.test(host);
  if (!isForge && host !== 'anonymous.4open.science') return undefined;
  const [owner = '', rest = ''] = url.pathname.split('/').filter(Boolean);
  const name = rest.replace(/\.git$/i, '').replace(/\.+$/, '');
  if (!/^~?[\w.-]{1,80}$/.test(owner) || !/^[\w.-]{1,100}$/.test(name)) return undefined;
  return NOT_OWNERS.has(owner.toLowerCase()) ? undefined : `https://${host}/${owner}/${name}`;
}

/** Any other page, except on hosts that never hold a project. */
export function readPage(text: string): { url: string; isProjectHost: boolean } | undefined {
  const url = readUrl(text);
  if (!url || NOT_PAGES.test(url.hostname)) return undefined;
  const host = url.hostname.replace(/^www\./, '');
  if (FORGES.has(host) && !/^\/(?:spaces|collections)\//.test(url.pathname)) return undefined;
  const isProjectHost = PROJECT_HOSTS.test(host);
  // GitHub and Google serve everything encrypted; of others nobody knows.
  if (isProjectHost) url.protocol = 'https:';
  return { url: url.href, isProjectHost };
}

/** Only http(s), only public-looking hosts, nothing with a password; the punctuation of the sentence taken off. */
function readUrl(text: string): URL | undefined {
  let trimmed = text.replace(/[.,;:!?*'"’”»)\\$]+$/, '');
  // A bracket belongs to the address only if it was opened in it.
  if (text.slice(trimmed.length).startsWith(')') && /\([^)]*$/.test(trimmed)) trimmed += ')';
  trimmed = trimmed.replace(/\)[.,;:].*$/, '');
  const href = /^https?:\/\//i.test(trimmed) ? trimmed : `https://${trimmed}`;
  if (!URL.canParse(href)) return undefined;
  const url = new URL(href);
  const isPublic = /^[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}$/.test(url.hostname);
  return isPublic && url.username === '' && url.password === '' ? url : undefined;
}
