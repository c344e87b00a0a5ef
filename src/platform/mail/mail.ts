/** Sends mail: to a server (SMTP_URL), or into a folder where somebody can read it. */

import { AppError } from '#platform/errors.ts';
import type { Config } from '#platform/config.ts';

export interface Message {
  to: string;
  subject: string;
  text: string;
  html?: string;
  /** Besides those that every mail has, such as `List-Unsubscribe`. */
  headers?: Record<string, string>;
  /** `<…@…>`; one that stays the same when a mail is sent again lets mailboxes show it once. */
  messageId?: string;
  /** Epoch ms for the Date header; the moment of sending by default. */
  date?: number;
  /** Where reports of what could not be delivered go (the envelope's sender); the sender's address by default. */
  returnTo?: string;
}

/**
 * Waited for when all of a mail but its end has been handed over. Until the end the server forgets a mail whose
 * connection breaks; so whoever lets one mail at a time end, and writes it down before the next, has at most one of
 * which nobody knows whether it was sent. Where it rejects, the mail is not ended: it is not sent.
 */
export type BeforeEnd = () => Promise<void>;

/** RFC 5321 §4.5.3.2.6: for the answer to the end of a mail. Servers scan before they answer; who waits less sends twice. */
export const END_TIMEOUT_MS = 10 * 60_000;

export interface Mail {
  /** Resolves when a server has taken the mail over. Throws a MailError, also when `signal` aborts. */
  send(message: Message, signal?: AbortSignal, beforeEnd?: BeforeEnd): Promise<void>;
  /** The folder that mail is written to; undefined if a server sends it. */
  place: string | undefined;
  close(): void;
}

/** What a server said no to: this recipient, this mail, or to talk to us at all. */
export type Refused = 'recipient' | 'message' | 'session';

export interface Refusal {
  refused: Refused;
  /** SMTP's three digits; undefined where no server answered. */
  code: number | undefined;
  /** The server's own words: `550 5.1.1 no such user`. */
  reply: string;
}

/** `permanent`: to try again is of no use, because the server refuses this address or this mail for good (5xx). */
export class MailError extends AppError {
  readonly permanent: boolean;
  readonly refusal: Refusal;
  /** Its end was sent and nobody said what became of it: it may have been taken over, or not. */
  readonly isUnsure: boolean;

  constructor(message: string, permanent: boolean, cause: unknown, refusal?: Refusal, isUnsure = false) {
    super('upstream', message, { cause });
    this.permanent = permanent;
    this.refusal = refusal ?? { refused: 'session', code: undefined, reply: message };
    this.isUnsure = isUnsure;
  }
}

/** `"Daily Papers" <no-reply@papers.example>` */
export function senderOf(config: Pick<Config, 'MAIL_FROM' | 'SITE_NAME'>, host: string): string {
  return config.MAIL_FROM || `${JSON.stringify(config.SITE_NAME)} <no-reply@${host}>`;
}

/** Without pipelining a mail is handed over in four steps, the last of which is its end: so many keep the ends busy. */
const STEPS = 4;
/** With the one for others as many as Postfix takes from one place (smtpd_client_connection_count_limit, 50). */
const MOST_CONNECTIONS = 49;
/** Stays free for mails that somebody waits for. */
const FOR_OTHERS = 1;

/** Connections for mails with `beforeEnd`. */
export function bulkConnections({ DIGESTS_AT_ONCE: ends }: Pick<Config, 'DIGESTS_AT_ONCE'>): number {
  return Math.min(STEPS * ends, MOST_CONNECTIONS);
}

/** nodemailer is loaded with the first mail. `host` is where readers reach the site, for addresses that none was set for. */
export function openMail(config: Config, host: string): Mail {
  const from = senderOf(config, host);
  const { DKIM_DOMAIN: domain, DKIM_SELECTOR: selector, DKIM_KEY: key } = config;
  const load = async () => {
    const { messageWriter } = await import('./compose.ts');
    const write = messageWriter(from, domain === '' ? undefined : { domain, selector, key });
    return config.SMTP_URL === ''
      ? (await import('./folder.ts')).mailToFolder({ dataDir: config.DATA_DIR, write })
      : (await import('./smtp.ts')).mailToServer({
          url: config.SMTP_URL,
          write,
          connections: bulkConnections(config) + FOR_OTHERS,
        });
  };
  let opened: Promise<Pick<Mail, 'send' | 'close'>> | undefined;
  return {
    send: async (message, signal, beforeEnd) => await (await (opened ??= load())).send(message, signal, beforeEnd),
    place: config.SMTP_URL === '' ? `${config.DATA_DIR}/mail` : undefined,
    close: () => void opened?.then((mail) => mail.close()),
  };
}
