/** A message as nodemailer wants it. */

import type { SendMailOptions } from 'nodemailer';
import type { Message } from './mail.ts';

/** RFC 3834: no out-of-office note and no mailing list is to answer a program. */
const AUTOMATIC = { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' };

export function compose({ to, subject, text, html, headers, messageId }: Message, from: string): SendMailOptions {
  return {
    from,
    // As an object: in a text a comma would make two recipients of it.
    to: { name: '', address: to },
    subject,
    text,
    ...(html === undefined ? {} : { html }),
    ...(messageId === undefined ? {} : { messageId }),
    headers: { ...AUTOMATIC, ...headers },
    // Nothing in a message may be read from a file or an address.
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}
