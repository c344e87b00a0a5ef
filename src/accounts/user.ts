/** What a person is here: role, name in addresses, what others may see. */

import { mixesAlphabets, skeletonOf, skeletonWords } from './look-alike.ts';

import { AppError } from '#platform/errors.ts';

export const roles = ['reader', 'moderator', 'admin'] as const;
export type Role = (typeof roles)[number];

/** Moderators, and admins, who may do all that they may. */
export function isModerator({ role }: { role: Role }): boolean {
  return role !== 'reader';
}

/** What somebody is told who is banned. */
export function bannedWords({ banReason }: Pick<Viewer, 'banReason'>): string {
  return `This account is banned: it can read, but not write.${banReason ? ` The reason given: “${banReason}”.` : ''}`;
}

/** Whoever is banned may read, and leave. */
export class Banned extends AppError {
  readonly reason: string | null;

  constructor(viewer: Pick<Viewer, 'banReason'>) {
    super('forbidden', bannedWords(viewer));
    this.reason = viewer.banReason ?? null;
  }
}

/** Whether an account is so young that it has limits; moderators never are. */
export function isNew(
  viewer: Pick<Viewer, 'role' | 'createdAt'>,
  { NEW_ACCOUNT_HOURS }: { NEW_ACCOUNT_HOURS: number },
  now: number,
): boolean {
  return !isModerator(viewer) && now - viewer.createdAt < NEW_ACCOUNT_HOURS * 3_600_000;
}

/** An account, as far as it concerns whoever looks at it or asks with it. */
interface Account {
  /** 24 lower-case hexadecimal digits. */
  id: string;
  /** As in addresses: `ann-lee`. */
  name: string;
  fullName: string | null;
  role: Role;
  /** Epoch milliseconds. */
  createdAt: number;
  /** Epoch milliseconds; who is banned may read, export and leave, and write nothing. */
  bannedAt: number | null;
}

/** Who asks for a page. */
export interface Viewer extends Account {
  /** Why they are banned; others are not told. */
  banReason?: string | null;
  /** As `mailboxOf` says: whoever makes the account anew has the same. */
  mailbox?: string;
}

/** What everybody may know of a person. */
export interface PublicUser extends Account {
  /** Epoch milliseconds. Their name is “deleted account” then, and there is no profile. */
  deletedAt: number | null;
}

export const NAME_PATTERN = /^[a-z0-9][a-z0-9-]{0,37}[a-z0-9]$/;
export const DELETED_NAME = 'deleted account';
/** What the names of deleted accounts begin with, so that they stay unique. */
export const DELETED_PREFIX = 'deleted-';
/** Longer ones break cards and mails. */
export const FULL_NAME_LIMIT = 80;
/** RFC 5321 §4.5.3.1.3, less the angle brackets. */
const EMAIL_LIMIT = 254;

/** Names that would speak for the site. */
const RESERVED = new Set([
  'admin',
  'administrator',
  'moderator',
  'root',
  'system',
  'support',
  'staff',
  'operator',
  'deleted',
  'webmaster',
  'postmaster',
  'official',
  'security',
  'abuse',
  'help',
  'info',
  'team',
  'editor',
  'editors',
  'settings',
  'me',
]);

/** What of them each looks like; nor is anybody called “deleted account”. */
const RESERVED_LOOKS = new Set([...RESERVED, DELETED_NAME].map(skeletonOf));
/** Words that would by themselves, with a number or not: `Ann · Admin`, `siteadmin`, `mod2`, not `Badminton`. */
const ROLE_LOOKS = new RegExp(
  `^(?:site|super|sys|web|the)?(?:${['admin', 'administrator', 'mod', 'moderator', 'moderation', 'staff'].map(skeletonOf).join('|')})s?$`,
);
const DELETED_LOOK = skeletonWords(DELETED_NAME).join(' ');
/** Beside the name of the site these make nobody else of it. */
const OF_SITE = new Set(['the', 'team', 'official', 'support', 'editor', 'editors', 'news', 'desk'].map(skeletonOf));

/** Whether it looks like a word of the site about somebody, in the letters that are most often taken for others. */
function speaksForSite(name: string): boolean {
  const words = skeletonWords(name);
  // A number behind a word makes no other word of it; one within stands for a letter.
  const bare = skeletonWords(name.replaceAll(/\d+(?![\p{L}\p{N}])/gu, ''));
  return (
    [...words, ...bare].some((word) => ROLE_LOOKS.test(word)) ||
    ` ${words.join(' ')} `.includes(` ${DELETED_LOOK} `) ||
    RESERVED_LOOKS.has(words.join('')) ||
    RESERVED_LOOKS.has(bare.join('')) ||
    ROLE_LOOKS.test(words.join(''))
  );
}

/** `Daily Papers`, `The Daily Papers team` */
function isSite(name: string, siteName: string): boolean {
  const words = skeletonWords(name).filter((word) => !OF_SITE.has(word));
  return words.length > 0 && words.join('') === skeletonOf(siteName);
}

export function displayName({ name, fullName, deletedAt = null }: Viewer & { deletedAt?: number | null }): string {
  return deletedAt === null ? (fullName ?? name) : DELETED_NAME;
}

/**
 * Who it is, in plain text: anybody can choose any full name, so the name that nobody else has stands beside it.
 * `Ann Lee (@ann-lee)`, `@ann-lee`, `deleted account`.
 */
export function nameInFull({ name, fullName, deletedAt }: Pick<PublicUser, 'name' | 'fullName' | 'deletedAt'>): string {
  if (deletedAt !== null) return DELETED_NAME;
  return fullName === null ? `@${name}` : `${fullName} (@${name})`;
}

/** What is wrong with a name that somebody chose, or undefined. Whether it is free is the database's to say. */
export function problemOfName(name: string): string | undefined {
  if (!NAME_PATTERN.test(name))
    return 'A name has 2 to 39 small letters, digits and hyphens, and no hyphen at either end, such as ann-lee.';
  if (speaksForSite(name) || name.startsWith(DELETED_PREFIX)) return `The name ${name} is kept for the site itself.`;
  return undefined;
}

/** The name that an address suggests: that before the @, without a tag. `ann.lee+x@…` is `ann-lee`. */
export function nameFromEmail(email: string): string {
  const local = email.split('@')[0]?.split('+')[0] ?? '';
  const plain = local
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 30)
    .replaceAll(/^-+|-+$/g, '');
  return problemOfName(plain) === undefined ? plain : `reader-${plain}`.slice(0, 30).replace(/-+$/, '');
}

/**
 * No wider than what better-auth takes (the rule of zod), which makes the links: an address for which none can be made
 * is to be refused while its owner looks. Stricter than RFC 5322, as mail servers are: no quotes, no spaces, no two dots.
 */
const EMAIL = /^(?:[a-z0-9_'+-]+\.)*[a-z0-9_'+-]*[a-z0-9_+-]@(?:[a-z0-9][a-z0-9-]*\.)+[a-z]{2,}$/;

/** What is said of an address that is refused. */
export const EMAIL_HINT = 'One looks like ann@example.org, in plain letters.';

/** Lower case without spaces around, or undefined if it cannot be an address. */
export function parseEmail(text: string): string | undefined {
  const email = text.trim().toLowerCase();
  return email.length <= EMAIL_LIMIT && EMAIL.test(email) ? email : undefined;
}

/** Enough for its owner to know it by, and no more: `a…@example.org`. */
export function maskedEmail(email: string): string {
  return `${email.slice(0, 1)}…${email.slice(email.lastIndexOf('@'))}`;
}

/** The mailbox that an address (lower case) reaches: what stands after a + is its owner's own mark. */
export function mailboxOf(email: string): string {
  const [, local = '', domain = ''] = /^([^+@][^+]*)\+.*(@[^@]*)$/.exec(email) ?? [];
  return domain === '' ? email : local + domain;
}

/** What is shown of a person is one line without control characters and direction marks; empty is none. */
export function parseFullName(text: string): string | null {
  const line = text
    .toWellFormed()
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim();
  return line === '' ? null : line;
}

/** What is wrong with a full name that `parseFullName` gave, or undefined. Whether it is that of somebody who moderates is the database's to say. */
export function problemOfFullName(fullName: string | null, siteName: string): string | undefined {
  if (fullName === null) return undefined;
  if ([...fullName].length > FULL_NAME_LIMIT) return `A full name has at most ${FULL_NAME_LIMIT} characters.`;
  // Also the one that looks wide, and the one that looks small.
  if (/[@＠﹫]/u.test(fullName))
    return 'A full name cannot contain @: it marks names like @ann, which nobody else has.';
  if (mixesAlphabets(fullName)) return 'A full name cannot have letters of two alphabets in one word.';
  if (isSite(fullName, siteName)) return `${siteName} is the name of the site itself.`;
  return speaksForSite(fullName)
    ? `A full name cannot say admin, moderator, staff or ${DELETED_NAME}, nor look like it: the site itself says who is one.`
    : undefined;
}
