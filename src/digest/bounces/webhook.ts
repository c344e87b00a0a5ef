/** `POST /mail/bounces`: a mail service, or a mail server's own script, tells what came back. */

import { createHash, timingSafeEqual } from 'node:crypto';
import type { Context } from 'hono';
import { z } from 'zod';
import { AppError, invalid, notFound } from '#platform/errors.ts';
import { mailIdIn, mailIdOfReturn } from '../mail-id.ts';
import type { Press } from '../press.ts';
import { noteReport } from './note-report.ts';
import { readReport } from './report.ts';
import type { Report } from './report.ts';

const shape = z.object({
  bounces: z
    .array(
      z.object({
        kind: z.enum(['bounce', 'complaint']).default('bounce'),
        /** The Message-ID of our mail, or the address that it came back to. */
        messageId: z.string().max(500),
        /** RFC 3463. */
        status: z
          .string()
          .regex(/^[245]\.\d{1,3}\.\d{1,3}$/)
          .default('5.0.0'),
        detail: z.string().max(2_000).default(''),
      }),
    )
    .max(1_000),
});

const EXAMPLE =
  '{"bounces":[{"kind":"bounce","messageId":"<0123456789abcdef01234567@papers.example>","status":"5.1.1","detail":"no such user"}]}';

/** JSON as in the example, or one mail as it came back (`message/rfc822`). Answers with what became of each. */
export async function takeBounces(press: Omit<Press, 'mail'>, c: Context): Promise<Response> {
  const { BOUNCE_SECRET: secret } = press.config;
  if (secret === '')
    throw notFound('Nobody reports bounces here.', { hint: 'The operator sets BOUNCE_SECRET for that.' });
  if (!isRight(c.req.header('authorization'), secret)) {
    throw new AppError('forbidden', 'The secret is not the one of this site.', {
      hint: 'Send “Authorization: Bearer SECRET”, or the secret as the password of Basic.',
    });
  }
  const read = readerOf(c.req.header('content-type') ?? '');
  const reports = read(await c.req.text());
  const noted = [];
  for (const report of reports) noted.push(report === undefined ? 'ignored' : await noteReport(press, report));
  return c.json({ noted });
}

/** Throws AppError 'wrong-type': what a mail service sends as a form would be ignored for ever, and look well. */
function readerOf(type: string): (text: string) => (Report | undefined)[] {
  if (/^application\/json\b/i.test(type)) return readJson;
  if (/^message\/rfc822\b/i.test(type)) return (text) => [readReport(text)];
  throw new AppError('wrong-type', `A report came as ${type || 'something that has no Content-Type'}.`, {
    hint: 'Send JSON as application/json, or the mail that came back as message/rfc822.',
  });
}

function readJson(text: string): (Report | undefined)[] {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw invalid('The body is no JSON.', `It looks like ${EXAMPLE}`);
  }
  const read = shape.safeParse(json);
  if (!read.success) {
    const [issue] = read.error.issues;
    throw invalid(`The body is not as expected at ${issue?.path.join('.') || 'its top'}.`, `It looks like ${EXAMPLE}`);
  }
  return read.data.bounces.map(({ kind, messageId, status, detail }) => {
    const mailId = mailIdIn(messageId) ?? mailIdOfReturn(messageId);
    if (mailId === undefined) return undefined;
    return kind === 'bounce' ? { kind, mailId, status, detail } : { kind, mailId, detail };
  });
}

function isRight(header: string | undefined, secret: string): boolean {
  const [, scheme = '', value = ''] = /^(Bearer|Basic) +(\S+)$/i.exec(header ?? '') ?? [];
  const given =
    scheme.toLowerCase() === 'basic'
      ? Buffer.from(value, 'base64')
          .toString()
          .replace(/^[^:]*:/, '')
      : value;
  const digest = (one: string) => createHash('sha256').update(one).digest();
  return timingSafeEqual(digest(given), digest(secret));
}
