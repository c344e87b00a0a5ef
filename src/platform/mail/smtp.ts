/** Mail through a server. */

import { createTransport } from 'nodemailer';
import type { Mail } from './mail.ts';
import { MailError } from './mail.ts';
import { compose } from './compose.ts';

/** A server that says nothing for so long is as good as down; the mail is tried again. */
const PATIENCE = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000, dnsTimeout: 10_000 };

export interface SmtpOptions {
  /** `smtp://user:password@host:587`, or `smtps://` for TLS from the start. */
  url: string;
  from: string;
  /** Milliseconds, for tests. */
  patience?: Partial<typeof PATIENCE>;
}

export function mailToServer({ url, from, patience }: SmtpOptions): Pick<Mail, 'send' | 'close'> {
  const transport = createTransport({ ...PATIENCE, ...patience, url } as Parameters<typeof createTransport>[0]);
  return {
    async send(message, signal) {
      try {
        await transport.sendMail({ ...compose(message, from), ...(signal ? { signal } : {}) });
      } catch (error) {
        throw explain(error as SmtpFailure, new URL(url).host);
      }
    },
    close: () => transport.close(),
  };
}

interface SmtpFailure extends Error {
  code?: string;
  responseCode?: number;
  response?: string;
}

/** The server's own words, without the password. */
function explain(error: SmtpFailure, host: string): MailError {
  const { responseCode, response, code, message } = error;
  if (code === 'EAUTH') return new MailError(`The mail server ${host} refuses the name and password.`, false, error);
  if (responseCode === undefined)
    return new MailError(`The mail server ${host} cannot be used: ${message}.`, false, error);
  // 5xx to a recipient or a mail stays so; 4xx (greylisting, a full disk) passes.
  const isFinal = responseCode >= 500 && (code === 'EENVELOPE' || code === 'EMESSAGE');
  return new MailError(`The mail server ${host} refuses: ${response ?? message}.`, isFinal, error);
}
