/** What ends with an account and what stays: the one place where readers are told of it, on pages, by mail and in docs/accounts.md. */

/** To stand after “your” or “its”. */
export const ENDING =
  'name, mail address, sessions, passkeys, access tokens, webhooks, votes, reactions and papers by mail';

export const STAYING =
  'What you wrote stays, so that others can still follow a discussion, under the name “deleted account”';
