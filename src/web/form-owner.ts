/** Whom a form was made for. A browser may be somebody else's by the time that it is sent: then nothing is done in their name. */

import type { Context } from 'hono';
import { viewerOf } from '#accounts/current-viewer.ts';
import { AppError } from '#platform/errors.ts';

/** The id of whoever was signed in when the page was made. */
export const OWNER_FIELD = 'made_for';

/** Each form of a page's HTML that writes says so. Text of people is escaped in it, so that what looks like a form is one. */
export function markForms(html: string, ownerId: string): string {
  const field = `<input type="hidden" name="${OWNER_FIELD}" value="${ownerId}"/>`;
  return html.replaceAll(/(<form\b[^>]*\smethod="post"[^>]*>.*?)(?=<\/form>)/gs, (form: string) => form + field);
}

/** Throws where somebody else is signed in by now. Whoever is not signed in at all is told so by what needs it. */
export function demandOwner(c: Context, madeFor: string): void {
  const viewer = viewerOf(c);
  if (viewer === undefined || madeFor === '' || madeFor === viewer.id) return;
  throw new AppError(
    'conflict',
    `You are signed in as @${viewer.name} by now, and this form was opened by somebody else: nothing was done.`,
    { hint: 'Copy what is to be kept, and open the page anew.' },
  );
}
