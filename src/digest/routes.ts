/** The addresses of this folder: the preview of a mail, and where mail services report what came back. */

import { Hono } from 'hono';
import type { Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { AppError, notFound } from '#platform/errors.ts';
import { problemJson } from '#platform/http/problem-json.ts';
import { takeBounces } from './bounces/webhook.ts';
import { letterHtml } from './letter/html.tsx';
import { letterText } from './letter/text.ts';
import { previewLetter } from './preview.ts';
import type { Showing } from './preview.ts';

/** A mail has its styles in itself, and nothing else: no script, no picture, no form. */
const POLICY = [
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** A report with the whole mail that it is of. */
const REPORT_BYTES = 1_000_000;

const limitedReport = bodyLimit({
  maxSize: REPORT_BYTES,
  onError() {
    throw new AppError('too-large', 'That is more than a report of mail that came back has.');
  },
});

export function createDigestRoutes(press: Showing): Hono {
  const app = new Hono();
  app.get('/subscribe/preview', (c) => preview(press, c));
  app.route('/mail/bounces', createReports(press));
  return app;
}

/** Only programs come here: they read no page of what went wrong. */
function createReports(press: Showing): Hono {
  const app = new Hono();
  app.onError((error, c) => {
    if (error instanceof AppError) return problemJson(c, error);
    throw error;
  });
  app.post('/', limitedReport, (c) => takeBounces(press, c));
  return app;
}

/** `?text`: the part in plain text. `?weekly`: the digest of the week. */
async function preview(press: Showing, c: Context): Promise<Response> {
  const isWeekly = c.req.query('weekly') !== undefined;
  const letter = await previewLetter(press, { frequency: isWeekly ? 'weekly' : 'daily' });
  if (letter === undefined) {
    throw notFound('There is nothing to preview yet.', {
      hint: 'Once there are papers, the digest of the day stands here.',
    });
  }
  c.header('X-Robots-Tag', 'noindex');
  if (c.req.query('text') !== undefined) return c.text(`Subject: ${letter.subject}\n\n${letterText(letter)}`);
  c.header('Content-Security-Policy', POLICY);
  return c.html(letterHtml(letter));
}
