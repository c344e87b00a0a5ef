/** The rows of this folder's tables. Instants are epoch milliseconds, flags 0 or 1. */

import type { Scope } from './access-token.ts';
import type { Role } from './user.ts';

/** Rows stay when an account is deleted, so that what hangs on them keeps its author; what names a person goes. */
export interface UserTable {
  /** 24 lower-case hexadecimal digits. */
  id: string;
  /** As in addresses and mentions: `ann-lee`. */
  name: string;
  full_name: string | null;
  /** Lower case; null after deletion. */
  email: string | null;
  email_verified: number;
  role: Role;
  created_at: number;
  updated_at: number;
  banned_at: number | null;
  ban_reason: string | null;
  deleted_at: number | null;
}

/** A name that an account gave up. */
export interface FormerNameTable {
  name: string;
  /** Null once the account is deleted. */
  user_id: string | null;
  given_up_at: number;
}

/** An account that was deleted lately. */
export interface LeftMailboxTable {
  user_id: string;
  /** A keyed hash of the mailbox that it had. */
  mark: string;
  left_at: number;
}

/** Somebody who may make an account although registration is not open. */
export interface InvitationTable {
  email: string;
  /** Null from the command line. */
  invited_by: string | null;
  created_at: number;
}

export interface SessionTable {
  id: string;
  user_id: string;
  /** What the cookie carries, there with a signature. */
  token: string;
  expires_at: number;
  ip_address: string | null;
  user_agent: string | null;
  created_at: number;
  updated_at: number;
}

/** An identity at a provider (OIDC). */
export interface ProviderAccountTable {
  id: string;
  user_id: string;
  provider_id: string;
  account_id: string;
  access_token: string | null;
  refresh_token: string | null;
  id_token: string | null;
  access_token_expires_at: number | null;
  refresh_token_expires_at: number | null;
  scope: string | null;
  /** Asked for by better-auth; always null, there are no passwords. */
  password: string | null;
  created_at: number;
  updated_at: number;
}

/** Something that proves itself once: a sign-in link, the state of a sign-in at a provider, a passkey's challenge. */
export interface VerificationTable {
  id: string;
  identifier: string;
  value: string;
  expires_at: number;
  created_at: number;
  updated_at: number;
}

export interface PasskeyTable {
  id: string;
  user_id: string;
  name: string | null;
  credential_id: string;
  public_key: string;
  counter: number;
  device_type: string;
  backed_up: number;
  transports: string | null;
  aaguid: string | null;
  created_at: number | null;
}

/** What a program signs in with. */
export interface AccessTokenTable {
  id: string;
  user_id: string;
  name: string;
  scope: Scope;
  /** SHA-256 of the token, base64url. */
  hash: string;
  created_at: number;
  last_used_at: number | null;
}

export type AccountMailKind =
  | 'sign-in'
  | 'change-email'
  | 'email-changed'
  | 'invitation'
  | 'report-waits'
  | 'role-changed'
  | 'account-deleted';

/** A mail that is still to be sent. It holds no secret: links are made when it is sent. */
export interface AccountMailTable {
  id: string;
  kind: AccountMailKind;
  email: string;
  /** Whose address changes, or who moderates. */
  user_id: string | null;
  /** Where readers reach the site: `https://papers.example`. */
  origin: string;
  /** Where the link leads in the end. */
  next_path: string;
  created_at: number;
  /** When it is to be tried (again). */
  due_at: number;
  attempts: number;
  last_error: string | null;
}

export interface AccountsTables {
  users: UserTable;
  former_names: FormerNameTable;
  left_mailboxes: LeftMailboxTable;
  invitations: InvitationTable;
  sessions: SessionTable;
  provider_accounts: ProviderAccountTable;
  verifications: VerificationTable;
  passkeys: PasskeyTable;
  access_tokens: AccessTokenTable;
  account_mails: AccountMailTable;
}
