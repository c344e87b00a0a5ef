/** Settings of digests and alerts: what comes back, how fast they go out, how they are signed, who writes their gists. */

import { createPrivateKey } from 'node:crypto';
import { secretText, setting, text, wholeNumber } from './setting.ts';

const PEM = /^-----BEGIN (?:RSA )?PRIVATE KEY-----/;

/** Environment files have one line for a value: `\n` in it is a line end. Mail is signed with RSA only (RFC 8301). */
const dkimKey = text
  .transform((value) => (value === '' ? '' : `${value.replaceAll('\\n', '\n').trim()}\n`))
  .refine((value) => {
    if (value === '') return true;
    try {
      return PEM.test(value) && createPrivateKey(value).asymmetricKeyType === 'rsa';
    } catch {
      return false;
    }
  }, 'must be an RSA private key as openssl genrsa 2048 prints it (-----BEGIN PRIVATE KEY-----…), or be empty');

const domain = text
  .toLowerCase()
  .regex(/^$|^[^\s@:;=./]+(?:\.[^\s@:;=./]+)+$/, 'must be a domain such as example.org, or be empty');

const selector = text.regex(
  /^$|^[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?$/,
  'must be the name before ._domainkey in the DNS, such as papers, or be empty',
);

const address = text.regex(/^$|^[^\s<>@,;"+]+@[^\s<>@,;"]+$/, 'must look like bounces@example.org, or be empty');

/** Empty, or a server that speaks OpenAI's protocol for conversations. */
const languageServer = text
  .refine(
    (value) => value === '' || (/^https?:\/\//.test(value) && URL.canParse(value)),
    'must be an http:// or https:// address such as http://localhost:11434/v1, or be empty',
  )
  .refine((value) => {
    const url = URL.canParse(value) ? new URL(value) : undefined;
    return url === undefined || (url.username === '' && url.password === '');
  }, 'must have no name or password in it: the key belongs into LLM_API_KEY');

/** It is printed in mails. */
const languageModel = text
  .max(100, 'must have at most 100 characters')
  .regex(/^[\w.:/@+ -]*$/, 'must have letters, digits and . : / @ + - only');

export const digestSettings = {
  BOUNCE_ADDRESS: setting(
    '',
    'Mailbox for bounces and requests to unsubscribe, which takes bounces+ANYTHING@ as well; empty for none',
    address,
  ),
  BOUNCE_SECRET: {
    ...setting('', 'What a mail service that reports bounces to /mail/bounces proves itself with', secretText),
    secret: true as const,
  },
  DIGESTS_AT_ONCE: setting(
    '1',
    'Digests that may end at the mail server at once in each process: so many may be sent twice if it is killed',
    wholeNumber(1, 49),
  ),
  DIGESTS_PER_MINUTE: setting(
    '0',
    'Digests handed to the mail server per minute at most; 0 for as many as it takes',
    wholeNumber(0, 1_000_000),
  ),
  DKIM_DOMAIN: setting('', 'Domain that mail is signed for (DKIM); empty where the mail server signs', domain),
  DKIM_SELECTOR: setting('', 'Name under which the public half of the key stands in the DNS', selector),
  DKIM_KEY: { ...setting('', 'Private key for DKIM: RSA, PEM', dkimKey), secret: true as const },
  LLM_URL: setting(
    '',
    'Model server that writes gists for mails, such as http://localhost:11434/v1; empty for our own',
    languageServer,
  ),
  LLM_MODEL: setting('', 'Model to ask that server for; readers are told its name', languageModel),
  LLM_API_KEY: { ...setting('', 'Key of that model server', text), secret: true as const },
};
