/** Error pages: what went wrong, what would be right, and a way on. */

import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { SignedOut } from '#accounts/current-viewer.ts';
import { today } from '#feed/today.ts';
import { explainStorage } from '#platform/db/problems.ts';
import { AppError } from '#platform/errors.ts';
import { isProgram } from '#platform/http/negotiation.ts';
import { STATUS } from '#platform/http/status.ts';
import { answerType } from '../answer-type.ts';
import { AskForLink } from '../components/ask-for-link.tsx';
import { DayPicker } from '../components/edition-bar.tsx';
import { Layout } from '../components/layout.tsx';
import { SearchInstead } from '../components/search-instead.tsx';
import { SendAgain } from '../components/send-again.tsx';
import { signInPath } from '../next-path.ts';
import { tellWhenAgain } from '../retry-after.ts';
import { backFrom, readSent } from '../sent-form.ts';
import type { Site } from '../site.ts';
import { DeadLink } from './subscribe/own-access.ts';

const TITLES: Record<number, string> = {
  400: 'That does not work',
  401: 'Not signed in',
  403: 'Not allowed',
  404: 'Not found',
  405: 'That does not work',
  409: 'Conflict',
  413: 'That is too long',
  415: 'That does not work',
  429: 'A little slower, please',
};

/** Maps an error to the status and form that the client asked for. Only AppErrors show their message. */
export function problemPage(site: Site, c: Context, error: Error): Response | Promise<Response> {
  const type = answerType(c);
  if (error instanceof SignedOut) {
    if (!isProgram(type) && c.req.header('authorization') === undefined) return c.redirect(signInPath(error.next), 303);
    c.header('WWW-Authenticate', 'Bearer');
  }
  const known = error instanceof AppError ? error : undefined;
  const outage = known ? undefined : explainStorage(error);
  const status = known ? STATUS[known.kind] : outage === undefined ? 500 : 503;
  const id = crypto.randomUUID().slice(0, 8);
  if (outage !== undefined) site.log.error({ path: c.req.path }, `a page failed: ${outage}`);
  else if (!known) site.log.error({ err: error, id, path: c.req.path }, 'a page failed');
  const sorry =
    outage === undefined
      ? `Something went wrong here. If you report it, please give the number ${id}.`
      : 'The papers cannot be reached at the moment. Please try again shortly.';
  const message = known?.message ?? sorry;
  const hint = known?.hint;
  // What is too large is not read to its end, so nothing more can be asked over this connection.
  if (known?.kind === 'too-large') c.header('Connection', 'close');
  tellWhenAgain(c, known);
  if (type === 'json') return c.json({ error: message, ...(hint ? { hint } : {}) }, status);
  if (type === 'text') return c.text(`${message}\n${hint ?? ''}`, status);
  return page(site, c, { status, message, hint, isDeadLink: error instanceof DeadLink });
}

interface Problem {
  status: ContentfulStatusCode;
  message: string;
  hint: string | undefined;
  /** Whether it came of a link in somebody's mail. */
  isDeadLink: boolean;
}

async function page(site: Site, c: Context, { status, message, hint, isDeadLink }: Problem): Promise<Response> {
  const title = TITLES[status] ?? 'Something went wrong';
  // Who is only too early has done nothing wrong, and must not lose what they wrote.
  const sent = status === 429 ? await readSent(site, c) : undefined;
  c.status(status);
  return await c.html(
    <Layout site={site} c={c} title={title} head={<meta name="robots" content="noindex" />}>
      <main id="main" class="problem">
        <p class="kicker">{status}</p>
        <h1>{title}</h1>
        <p>{message}</p>
        {hint && <p>{hint}</p>}
        {status === 400 && c.req.path.startsWith('/papers/date') && <DayPicker day={today(site)} today={today(site)} />}
        {isDeadLink && <AskForLink />}
        {status === 404 && !isDeadLink && <SearchInstead path={c.req.path} />}
        {sent && <SendAgain {...sent} />}
        <WayOn back={sent === undefined ? backFrom(site, c) : sent.back} isMinor={sent !== undefined} />
      </main>
    </Layout>,
  );
}

/** Back to the form's page, if there was one. `isMinor`: there is something better to do. */
function WayOn({ back, isMinor }: { back: string | undefined; isMinor: boolean }) {
  return (
    <p>
      <a class={isMinor ? undefined : 'button'} href={back ?? '/'}>
        {back === undefined ? 'Read the latest papers' : 'Back to where you were'}
      </a>
    </p>
  );
}
