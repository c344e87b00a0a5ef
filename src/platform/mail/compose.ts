/** A message as the bytes that are sent: MIME by nodemailer, signed by DKIM if the operator has a key for it. */

import { buffer } from 'node:stream/consumers';
import DKIM from 'nodemailer/lib/dkim';
import MailComposer from 'nodemailer/lib/mail-composer';
import type { SendMailOptions } from 'nodemailer';
import type { Message } from './mail.ts';
import { openQuotedPrinter } from './quoted-printable.ts';

/** RFC 3834: no out-of-office note and no mailing list is to answer a program. */
const AUTOMATIC = { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' };

/**
 * What the signature covers. RFC 6376 §5.4.1, and both headers of one-click unsubscribing: RFC 8058 §4 asks for that,
 * and mailboxes show no button without.
 */
const SIGNED =
  'From:To:Subject:Date:Message-ID:MIME-Version:Content-Type:Content-Transfer-Encoding:Reply-To:Auto-Submitted:' +
  'List-Id:List-Unsubscribe:List-Unsubscribe-Post';

export interface DkimKey {
  /** The domain of the sender's address, or one above it, so that DMARC is content. */
  domain: string;
  selector: string;
  /** RSA, PEM. */
  key: string;
}

export interface Written {
  envelope: { from: string; to: string[] };
  /** Lines end with CRLF. */
  bytes: Buffer;
}

export type MessageWriter = (message: Message) => Promise<Written>;

export function messageWriter(from: string, dkim?: DkimKey): MessageWriter {
  const signer =
    dkim &&
    new DKIM({ domainName: dkim.domain, keySelector: dkim.selector, privateKey: dkim.key, headerFieldNames: SIGNED });
  const quotedPrintable = openQuotedPrinter();
  return async (message) => {
    const node = new MailComposer(compose(message, from)).compile();
    const { from: sender, to } = node.getEnvelope();
    const bytes = buildAlternatives(node as unknown as Tree, message, quotedPrintable) ?? (await node.build());
    return {
      envelope: { from: sender || '', to },
      bytes: signer === undefined ? bytes : await buffer(signer.sign(bytes)),
    };
  };
}

/** What nodemailer keeps of a message besides what its types say. */
interface Tree {
  boundary: string | false;
  childNodes: { setHeader(name: string, value: string): void; buildHeaders(): string }[];
  buildHeaders(): string;
}

/**
 * The same bytes as nodemailer's own streams make, in half of their time, which is most of what a digest costs.
 * Undefined for a message of another shape than text and HTML.
 */
function buildAlternatives(
  node: Tree,
  { text, html }: Message,
  quotedPrintable: (text: string) => Buffer,
): Buffer | undefined {
  if (html === undefined || node.childNodes.length !== 2) return undefined;
  const contents = [text, html];
  const parts = node.childNodes.map((child, at) => {
    child.setHeader('Content-Transfer-Encoding', 'quoted-printable');
    return { headers: child.buildHeaders(), body: quotedPrintable(contents[at] ?? '') };
  });
  const head = node.buildHeaders();
  if (node.boundary === false) return undefined;
  const { boundary } = node;
  const pieces = parts.flatMap(({ headers, body }, at) => [
    Buffer.from(`${at === 0 ? `${head}\r\n\r\n` : '\r\n'}--${boundary}\r\n${headers}\r\n\r\n`),
    body,
  ]);
  return Buffer.concat([...pieces, Buffer.from(`\r\n--${boundary}--\r\n`)]);
}

function compose(message: Message, from: string): SendMailOptions {
  const { to, subject, text, html, headers, messageId, date, returnTo } = message;
  return {
    from,
    // As an object: in a text a comma would make two recipients of it.
    to: { name: '', address: to },
    subject,
    text,
    ...(html === undefined ? {} : { html }),
    ...(messageId === undefined ? {} : { messageId }),
    ...(date === undefined ? {} : { date: new Date(date) }),
    ...(returnTo === undefined ? {} : { envelope: { from: returnTo, to } }),
    headers: { ...AUTOMATIC, ...headers },
    newline: 'win',
    // Nothing in a message may be read from a file or an address.
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}
