/** Error pages: what went wrong, what would be right, and a way on. */

import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { SignedOut, viewerOf } from '#accounts/current-viewer.ts';
import { bannedWords } from '#accounts/user.ts';
import { today } from '#feed/today.ts';
import { explainStorage } from '#platform/db/problems.ts';
import { PaperNotHere } from '#papers/get-paper.ts';
import { AppError } from '#platform/errors.ts';
import { isProgram } from '#platform/http/negotiation.ts';
import { STATUS } from '#platform/http/status.ts';
import { answerType } from '../answer-type.ts';
import { AskForLink } from '../components/ask-for-link.tsx';
import { DayPicker } from '../components/edition-bar.tsx';
import { Layout } from '../components/layout.tsx';
import { SearchInstead } from '../components/search-instead.tsx';
import { KeptText } from '../components/kept-text.tsx';
import type { KeptTextProps } from '../components/kept-text.tsx';
import { ForgedForm } from '../forged.ts';
import { Gone } from '../gone.ts';
import { signInPath } from '../next-path.ts';
import { tellWhenAgain } from '../retry-after.ts';
import { backFrom, readSent } from '../sent-form.ts';
import type { Sent } from '../sent-form.ts';
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

/** After these the same form may be taken. After all others a button to send it again would be a lie. */
const WORKS_AGAIN: Partial<Record<number, KeptTextProps['works']>> = {
  401: 'signed-in',
  429: 'again',
  500: 'again',
  502: 'again',
  503: 'again',
};

/** Maps an error to the status and form that the client asked for. Only AppErrors show their message. */
export async function problemPage(site: Site, c: Context, error: Error): Promise<Response> {
  const type = answerType(c);
  // Of another site's form nothing is repeated here, least of all beside a button that sends it.
  const sent = isProgram(type) || error instanceof ForgedForm ? undefined : await readSent(site, c);
  if (error instanceof SignedOut) {
    const isReader = !isProgram(type) && c.req.header('authorization') === undefined;
    if (isReader && sent === undefined) return c.redirect(signInPath(error.next), 303);
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
  const hint = sent === undefined ? known?.hint : hintToWriter(error);
  // What is too large is not read to its end, so nothing more can be asked over this connection.
  if (known?.kind === 'too-large') c.header('Connection', 'close');
  tellWhenAgain(c, known);
  if (type === 'json') return c.json({ error: message, ...(hint ? { hint } : {}) }, status);
  if (type === 'text') return c.text(`${message}\n${hint ?? ''}`, status);
  return await page(site, c, { status, message, hint, error, sent });
}

/** Whoever wrote something in a form has seen what it is about, and is no program that wants a token. */
function hintToWriter(error: Error): string | undefined {
  if (error instanceof PaperNotHere) return 'It was when you began to write: it has been hidden since.';
  return error instanceof AppError && !(error instanceof SignedOut) ? error.hint : undefined;
}

interface Problem {
  status: ContentfulStatusCode;
  message: string;
  hint: string | undefined;
  error: Error;
  /** What somebody wrote in the form that was refused. */
  sent: Sent | undefined;
}

async function page(site: Site, c: Context, { status, message, hint, error, sent }: Problem): Promise<Response> {
  const title = TITLES[status] ?? 'Something went wrong';
  const isDeadLink = error instanceof DeadLink; // of a link in somebody's mail
  const works = WORKS_AGAIN[status] ?? 'never';
  c.status(status);
  return await c.html(
    <Layout site={site} c={c} title={title} head={<meta name="robots" content="noindex" />}>
      <main id="main" class="problem">
        <p class="kicker">{status}</p>
        <h1>{title}</h1>
        <p>{bannedShortly(c, message) ?? message}</p>
        {hint && <p>{hint}</p>}
        {status === 400 && c.req.path.startsWith('/papers/date') && <DayPicker day={today(site)} today={today(site)} />}
        {isDeadLink && <AskForLink />}
        {status === 404 && !sent && !isDeadLink && !(error instanceof Gone) && <SearchInstead path={c.req.path} />}
        {sent && <KeptText {...sent} works={works} />}
        {error instanceof Gone ? (
          <p>
            <a class="button" href={error.path}>
              Read the paper
            </a>
          </p>
        ) : (
          // Where the page of a form is no more, it cannot be gone back to.
          <WayOn
            back={sent === undefined ? backFrom(site, c) : status === 404 ? undefined : sent.back}
            isMinor={sent !== undefined && works !== 'never'}
          />
        )}
      </main>
    </Layout>,
  );
}

/** Who is banned is told so above every page: here is what it means for what they sent. Undefined where it is about something else. */
function bannedShortly(c: Context, message: string): string | undefined {
  const viewer = viewerOf(c);
  if (viewer === undefined || viewer.bannedAt === null || message !== bannedWords(viewer)) return undefined;
  const because = viewer.banReason ? `, for the reason “${viewer.banReason}”` : '';
  return `Your account is banned${because}, so nothing was changed.`;
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
