/** Every setting an operator can make: its environment variable, default, meaning and how it is checked. */

import { z } from 'zod';
import { digestSettings } from './digest-settings.ts';
import { isNetwork } from './http/networks.ts';
import { secretText, setting, text, wholeNumber } from './setting.ts';
import type { Setting } from './setting.ts';

export type { Setting } from './setting.ts';

const filled = text.min(1, 'must not be empty');
const url = text.refine(
  (value) => /^https?:\/\//.test(value) && URL.canParse(value),
  'must be an http:// or https:// address',
);
const siteUrl = text.refine((value) => {
  if (value === '') return true;
  const address = URL.canParse(value) ? new URL(value) : undefined;
  return (
    address !== undefined && /^https?:$/.test(address.protocol) && address.pathname === '/' && address.search === ''
  );
}, 'must be an http:// or https:// address without a path, such as https://papers.example.org');
const databaseUrl = text.refine((value) => {
  if (value === '') return true;
  const address = URL.canParse(value) ? new URL(value) : undefined;
  return address !== undefined && /^postgres(ql)?:$/.test(address.protocol) && address.pathname.length > 1;
}, 'must look like postgres://user:password@host:5432/name (signs such as # / @ in the password as %23 %2F %40), or be empty for SQLite');

const timeZone = text.refine((zone) => {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: zone }));
  } catch {
    return false;
  }
}, 'must be an IANA time zone such as UTC or Europe/Berlin');

/** The groups are all that arXiv has (its ListSets); archives and categories change now and then. */
const ARXIV_SET = /^(cs|econ|eess|math|physics|q-bio|q-fin|stat)(:[a-z-]+(:[A-Za-z-]+)?)?$/;

/** Addresses and networks, separated by spaces or commas. */
const networks = text
  .transform((value) => value.split(/[\s,]+/).filter(Boolean))
  .refine(
    (values) => values.every(isNetwork),
    'must be addresses or networks such as 127.0.0.1, 10.0.0.0/8 or fd00::/8, separated by spaces',
  );

/** `cs`, `cs:cs:LG`, `physics:hep-th`; separated by spaces or commas. */
const arxivSets = text
  .transform((value) => value.split(/[\s,]+/).filter(Boolean))
  .refine(
    (sets) => sets.length > 0 && sets.every((set) => ARXIV_SET.test(set)),
    'must be arXiv sets such as cs, cs:cs:LG or physics:hep-th',
  );

/** Empty, or a server that speaks OpenAI's protocol. A key does not belong into what `config` prints. */
const modelServer = text
  .refine(
    (value) => value === '' || (/^https?:\/\//.test(value) && URL.canParse(value)),
    'must be an http:// or https:// address such as http://localhost:11434/v1, or be empty for the shipped model',
  )
  .refine((value) => {
    const address = URL.canParse(value) ? new URL(value) : undefined;
    return address === undefined || (address.username === '' && address.password === '');
  }, 'must have no name or password in it: the key belongs into EMBEDDINGS_KEY');

const LOCAL_OPTION = '(?:pooling=(?:mean|cls|last_token)|dtype=(?:fp32|fp16|q8|q4))';
/** Hugging Face's way of naming a model, which no part that begins with a dot leads elsewhere, and options. */
const LOCAL_MODEL = new RegExp(
  String.raw`^transformers:[\w-][\w.-]*(?:/[\w-][\w.-]*)*(?:\?${LOCAL_OPTION}(?:&${LOCAL_OPTION})*)?$`,
);

/** A server's own name for a model, or `transformers:NAME` with options. */
const modelName = text
  .max(200, 'must have at most 200 characters')
  .regex(/^\S*$/, 'must not contain white space')
  .refine(
    (value) => !value.startsWith('transformers:') || LOCAL_MODEL.test(value),
    'must look like transformers:Xenova/all-MiniLM-L6-v2, with ?pooling=mean, cls or last_token and &dtype=fp32, fp16, q8 or q4 if wanted',
  );

/** Undefined where nothing is asked for. Below 8 numbers no model says anything, above 4096 none is known. */
const dimensions = text
  .refine(
    (value) => value === '' || (/^\d+$/.test(value) && Number(value) >= 8 && Number(value) <= 4096),
    'must be a whole number from 8 to 4096, or be empty',
  )
  .transform((value) => (value === '' ? undefined : Number(value)));

/** Part of a model's name in the database, therefore short. */
const prefix = text.max(200, 'must have at most 200 characters');

/** Empty, or a mail server. What is wrong with it is told without it: it may hold a password. */
const smtpUrl = text.refine((value) => {
  if (value === '') return true;
  const address = URL.canParse(value) ? new URL(value) : undefined;
  return address !== undefined && /^smtps?:$/.test(address.protocol) && address.hostname !== '';
}, 'must look like smtp://user:password@host:587 or smtps://user:password@host:465 (signs such as # / @ in the password as %23 %2F %40), or be empty');

/** OpenID Connect Discovery 1.0 §3: no query and no fragment. Plain http is for one's own network. */
const issuer = text.refine((value) => {
  if (value === '') return true;
  const address = URL.canParse(value) ? new URL(value) : undefined;
  return (
    address !== undefined &&
    /^https?:$/.test(address.protocol) &&
    address.search + address.hash + address.username === ''
  );
}, 'must be an address such as https://login.example.org/realms/lab, or be empty');

const sender = text.regex(
  /^$|^(?:[^<>@\p{Cc}]*<[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/u,
  'must look like papers@example.org or Daily Papers <papers@example.org>, or be empty',
);

const mailDomains = text
  .toLowerCase()
  .transform((value) => value.split(/[\s,]+/).filter(Boolean))
  .refine(
    (domains) => domains.every((domain) => /^[^\s@.]+(?:\.[^\s@.]+)+$/.test(domain)),
    'must be domains such as example.org, separated by spaces',
  );

/** It travels in a header. */
const githubToken = text.regex(/^[\w.-]*$/, 'must be a token such as github_pat_… or ghp_…, or be empty');

const onOff = z.enum(['on', 'off'], 'must be on or off').transform((value) => value === 'on');

export const settings = {
  DATA_DIR: setting('./data', 'Folder for the database and everything else that is kept', filled),
  DATABASE_URL: {
    ...setting('', 'PostgreSQL to use instead of the SQLite file in DATA_DIR', databaseUrl),
    secret: true as const,
  },
  HOST: setting('127.0.0.1', 'Address to listen on; 0.0.0.0 for every interface', filled),
  PORT: setting('3000', 'Port to listen on; 0 picks a free one', wholeNumber(0, 65_535)),
  PROCESSES: setting(
    '1',
    'Processes that serve; as many as there are cores where many people search at once',
    wholeNumber(1, 64),
  ),
  PUBLIC_URL: setting('', 'Address that readers use, if it is not http://HOST:PORT', siteUrl),
  TRUSTED_PROXIES: setting(
    '',
    'Addresses or networks of the proxies in front, whose X-Forwarded-For says where readers come from',
    networks,
  ),
  SITE_NAME: setting('Daily Papers', 'Name in the masthead', filled.max(60, 'must have at most 60 characters')),
  SITE_TAGLINE: setting(
    'by the research community',
    'Line under the name',
    text.max(120, 'must have at most 120 characters'),
  ),
  CONTACT: setting(
    '',
    'Mail address or web page of the operator, told to arXiv with every request, and to readers in mails about their account',
    text.max(200, 'must have at most 200 characters'),
  ),
  TIME_ZONE: setting('UTC', 'Time zone in which the days of editions are counted', timeZone),
  ROLLOVER_HOUR: setting('0', 'Hour at which a new edition day begins', wholeNumber(0, 23)),
  ARXIV_SETS: setting('cs', 'arXiv sets to follow, separated by spaces', arxivSets),
  ARXIV_FETCH: setting('on', 'Whether the server fetches new papers by itself: on or off', onOff),
  ARXIV_OAI_URL: setting('https://oaipmh.arxiv.org/oai', 'arXiv OAI-PMH endpoint', url),
  ARXIV_RSS_URL: setting('https://rss.arxiv.org', 'arXiv listing feeds', url),
  ARXIV_API_URL: setting('https://export.arxiv.org/api/query', 'arXiv query API', url),
  SUBMIT_WINDOW_DAYS: setting(
    '14',
    'How many days after its publication a paper can be submitted; moderators may submit older ones',
    wholeNumber(0, 36_500),
  ),
  SUBMIT_PER_DAY: setting('5', 'How many papers one person can submit for an edition', wholeNumber(1, 1_000)),
  WRITES_PER_MINUTE: setting(
    '60',
    'How often one account can vote, comment, submit and the like; a third of it while the account is new',
    wholeNumber(1, 100_000),
  ),
  WRITES_PER_MINUTE_ADDRESS: setting(
    '600',
    'The same for one address, however many accounts write from there',
    wholeNumber(1, 100_000),
  ),
  NEW_ACCOUNT_HOURS: setting(
    '24',
    'How long an account is new: it writes more slowly, and its comments can have two links',
    wholeNumber(0, 8_760),
  ),
  GITHUB_STARS: setting('on', 'Whether the server reads the stars of code repositories on GitHub: on or off', onOff),
  GITHUB_API_URL: setting('https://api.github.com', 'Address of GitHub’s REST API', url),
  GITHUB_TOKEN: {
    ...setting('', 'Token for GitHub, which allows 5000 requests an hour instead of 60; needs no rights', githubToken),
    secret: true as const,
  },
  EMBEDDINGS_URL: setting(
    '',
    'Model server for the search by meaning, such as http://localhost:11434/v1, instead of the shipped model',
    modelServer,
  ),
  EMBEDDINGS_MODEL: setting(
    '',
    'Model to ask that server for; or transformers:NAME for one that runs in this program',
    modelName,
  ),
  EMBEDDINGS_KEY: { ...setting('', 'Key of the model server', text), secret: true as const },
  EMBEDDINGS_DIMENSIONS: setting(
    '',
    'Numbers per vector to ask the model server for; empty for as many as the model makes',
    dimensions,
  ),
  EMBEDDINGS_PAPER_PREFIX: setting('', 'What the model wants before a paper, such as search_document:', prefix),
  EMBEDDINGS_QUERY_PREFIX: setting('', 'What the model wants before a question, such as search_query:', prefix),
  WEBHOOK_ALLOW_PRIVATE: setting(
    '',
    'Networks inside which webhooks may be sent to, such as 10.20.0.0/16; without it only to the internet',
    networks,
  ),
  REGISTRATION: setting(
    'open',
    'Who may make an account: open (everybody), invite (who was invited), closed (who was added on the command line)',
    z.enum(['open', 'invite', 'closed'], 'must be open, invite or closed'),
  ),
  ALLOWED_MAIL_DOMAINS: setting(
    '',
    'Domains of mail addresses that may make an account, separated by spaces; empty for all',
    mailDomains,
  ),
  AUTH_SECRET: {
    ...setting('', 'Signs the cookies of readers; empty for one that is made once and kept in DATA_DIR', secretText),
    secret: true as const,
  },
  OIDC_ISSUER: setting('', 'OpenID Connect provider to sign in with, besides mail; empty for none', issuer),
  OIDC_CLIENT_ID: setting('', 'What that provider calls this site', text),
  OIDC_CLIENT_SECRET: { ...setting('', 'Secret that the provider gave this site', text), secret: true as const },
  OIDC_NAME: setting(
    '',
    'Name of the provider on the sign-in button; empty for its host',
    text.max(40, 'must have at most 40 characters'),
  ),
  SMTP_URL: {
    ...setting('', 'Mail server; empty to write mail into DATA_DIR/mail and sign-in links into the log', smtpUrl),
    secret: true as const,
  },
  DIGEST_HOUR: setting('8', 'Hour at which digests come where a reader chose none', wholeNumber(0, 23)),
  MAIL_FROM: setting('', 'Sender of mail; empty for no-reply at the host of PUBLIC_URL', sender),
  ...digestSettings,
  LOG_LEVEL: setting(
    'info',
    'debug, info, warn, error or silent',
    z.enum(['debug', 'info', 'warn', 'error', 'silent'], 'must be debug, info, warn, error or silent'),
  ),
  LOG_FORMAT: setting('text', 'text for people, json for machines', z.enum(['text', 'json'], 'must be text or json')),
} satisfies Record<string, Setting<unknown>>;

export type SettingName = keyof typeof settings;
