/** Every setting an operator can make: its environment variable, default, meaning and how it is checked. */

import { z } from 'zod';

export interface Setting<T> {
  /** Shown by `broadsheet config` and in docs/configuration.md. */
  meaning: string;
  /** As an operator would write it. */
  fallback: string;
  secret?: true;
  parse: z.ZodType<T, string>;
}

function setting<T>(fallback: string, meaning: string, parse: z.ZodType<T, string>): Setting<T> {
  return { fallback, meaning, parse };
}

const text = z.string().trim();
const url = text.refine(
  (value) => /^https?:\/\//.test(value) && URL.canParse(value),
  'must be an http:// or https:// address',
);
const optionalUrl = text.refine(
  (value) => value === '' || /^https?:\/\//.test(value),
  'must be an http:// or https:// address',
);
const databaseUrl = text.refine(
  (value) => value === '' || /^(postgres|postgresql):\/\//.test(value),
  'must look like postgres://user:password@host:5432/name, or be empty for SQLite',
);

function wholeNumber(low: number, high: number) {
  return text
    .regex(/^\d+$/, `must be a whole number from ${low} to ${high}`)
    .transform(Number)
    .refine((value) => value >= low && value <= high, `must be a whole number from ${low} to ${high}`);
}

const timeZone = text.refine((zone) => {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: zone }));
  } catch {
    return false;
  }
}, 'must be an IANA time zone such as UTC or Europe/Berlin');

/** `cs`, `cs:cs:LG`, `physics:hep-th`; separated by spaces or commas. */
const arxivSets = text
  .transform((value) => value.split(/[\s,]+/).filter(Boolean))
  .refine(
    (sets) => sets.length > 0 && sets.every((set) => /^[a-z-]+(:[a-z-]+)?(:[A-Za-z-]+)?$/.test(set)),
    'must be arXiv sets such as cs, cs:cs:LG or physics:hep-th',
  );

const onOff = z.enum(['on', 'off'], 'must be on or off').transform((value) => value === 'on');

export const settings = {
  DATA_DIR: setting('./data', 'Folder for the database and everything else that is kept', text.min(1)),
  DATABASE_URL: {
    ...setting('', 'PostgreSQL to use instead of the SQLite file in DATA_DIR', databaseUrl),
    secret: true as const,
  },
  HOST: setting('127.0.0.1', 'Address to listen on; 0.0.0.0 for every interface', text.min(1)),
  PORT: setting('3000', 'Port to listen on; 0 picks a free one', wholeNumber(0, 65_535)),
  PUBLIC_URL: setting('', 'Address that readers use, if it is not http://HOST:PORT', optionalUrl),
  SITE_NAME: setting('Daily Papers', 'Name in the masthead', text.min(1).max(60)),
  SITE_TAGLINE: setting('by the research community', 'Line under the name', text.max(120)),
  CONTACT: setting('', 'Mail address or web page of the operator, told to arXiv with every request', text.max(200)),
  TIME_ZONE: setting('UTC', 'Time zone in which the days of editions are counted', timeZone),
  ROLLOVER_HOUR: setting('0', 'Hour at which a new edition day begins', wholeNumber(0, 23)),
  ARXIV_SETS: setting('cs', 'arXiv sets to follow, separated by spaces', arxivSets),
  ARXIV_FETCH: setting('on', 'Whether the server fetches new papers by itself: on or off', onOff),
  ARXIV_OAI_URL: setting('https://oaipmh.arxiv.org/oai', 'arXiv OAI-PMH endpoint', url),
  ARXIV_RSS_URL: setting('https://rss.arxiv.org', 'arXiv listing feeds', url),
  ARXIV_API_URL: setting('https://export.arxiv.org/api/query', 'arXiv query API', url),
  LOG_LEVEL: setting(
    'info',
    'debug, info, warn, error or silent',
    z.enum(['debug', 'info', 'warn', 'error', 'silent']),
  ),
  LOG_FORMAT: setting('text', 'text for people, json for machines', z.enum(['text', 'json'])),
} satisfies Record<string, Setting<unknown>>;

export type SettingName = keyof typeof settings;
