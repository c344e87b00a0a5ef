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
}

export interface Mail {
  /** Resolves when a server has taken the mail over. Throws a MailError, also when `signal` aborts. */
  send(message: Message, signal?: AbortSignal): Promise<void>;
  /** The folder that mail is written to; undefined if a server sends it. */
  place: string | undefined;
  close(): void;
}

/** `permanent`: to try again is of no use, because the server refuses this address or this mail for good (5xx). */
export class MailError extends AppError {
  readonly permanent: boolean;

  constructor(message: string, permanent: boolean, cause: unknown) {
    super('upstream', message, { cause });
    this.permanent = permanent;
  }
}

/** nodemailer is loaded with the first mail. `host` is where readers reach the site, for addresses that none was set for. */
export function openMail(config: Config, host: string): Mail {
  const from = config.MAIL_FROM || `${JSON.stringify(config.SITE_NAME)} <no-reply@${host}>`;
  const load = async () =>
    config.SMTP_URL === ''
      ? (await import('./folder.ts')).mailToFolder({ dataDir: config.DATA_DIR, from })
      : (await import('./smtp.ts')).mailToServer({ url: config.SMTP_URL, from });
  let opened: Promise<Pick<Mail, 'send' | 'close'>> | undefined;
  return {
    send: async (message, signal) => await (await (opened ??= load())).send(message, signal),
    place: config.SMTP_URL === '' ? `${config.DATA_DIR}/mail` : undefined,
    close: () => void opened?.then((mail) => mail.close()),
  };
}
