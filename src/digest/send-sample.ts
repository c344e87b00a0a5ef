/** Sends the digest of the day to any address, to see how it arrives. Nothing is written down, and it ends nothing. */

import { notFound } from '#platform/errors.ts';
import { letterHtml } from './letter/html.tsx';
import type { Letter } from './letter/letter.ts';
import { letterText } from './letter/text.ts';
import { previewLetter } from './preview.ts';
import type { Press } from './press.ts';

/** Returns the subject. Throws NotFound where there are no papers, a MailError if the server does not take it. */
export async function sendSample(press: Press, to: string, label?: string): Promise<string> {
  const letter = await openSample(press, label);
  await press.mail.send({
    to,
    subject: letter.subject,
    text: letterText(letter),
    html: letterHtml(letter),
    date: press.clock.now(),
  });
  return letter.subject;
}

/** Throws NotFound where there are no papers. */
export async function openSample(press: Press, label?: string): Promise<Letter> {
  const letter = await previewLetter(press, { label });
  if (letter === undefined) throw notFound('There is nothing to send: no papers are here yet.');
  return letter;
}
