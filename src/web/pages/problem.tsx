/** Error pages: what went wrong, what would be right, and a way on. */

import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { SignedOut, viewerOf } from '#accounts/current-viewer.ts';
import { Banned } from '#accounts/user.ts';
import { searchPath } from '#feed/addresses.ts';
import { today } from '#feed/today.ts';
import { explainStorage } from '#platform/db/problems.ts';
import { PaperNotHere, wasHidden } from '#papers/get-paper.ts';
import { AppError } from '#platform/errors.ts';
import { isProgram } from '#platform/http/negotiation.ts';
import { STATUS } from '#platform/http/status.ts';
import { answerType } from '../answer-type.ts';
import { assets } from '../assets.ts';
import { AskForLink } from '../components/ask-for-link.tsx';
import { DayPicker } from '../components/edition-bar.tsx';
import { Layout } from '../components/layout.tsx';
import { LeftDrafts } from '../components/left-drafts.tsx';
import { SearchInstead } from '../components/search-instead.tsx';
import { KeptText } from '../components/kept-text.tsx';
import type { KeptTextProps } from '../components/kept-text.tsx';
import { ForgedForm } from '../forged.ts';
import { DeletedBelow } from '../deleted-below.ts';
import { signInPath } from '../next-path.ts';
import { tellWhenAgain } from '../retry-after.ts';
import { backFrom, readSent } from '../sent-form.ts';
import type { Sent } from '../sent-form.ts';
import type { Site } from '../site.ts';
import { SAFE } from '../viewer.ts';
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
const RETRY: Partial<Record<number, KeptTextProps['retry']>> = {
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
  const hint = await hintOf(site, c, error, sent !== undefined);
  // What is too large is not read to its end, so nothing more can be asked over this connection.
  if (known?.kind === 'too-large') c.header('Connection', 'close');
  tellWhenAgain(c, known);
  if (type === 'json') return c.json({ error: message, ...(hint ? { hint } : {}) }, status);
  if (type === 'text') return c.text(`${message}\n${hint ?? ''}`, status);
  return await page(site, c, { status, message, hint, error, sent });
}

/** Whoever writes has seen what it is about; whoever has written something in a form is no program that wants a token. */
async function hintOf(site: Site, c: Context, error: Error, isWritten: boolean): Promise<string | undefined> {
  if (error instanceof PaperNotHere && !SAFE.has(c.req.method) && (await wasHidden(site.db, error)))
    return 'It was when you began to write: it has been hidden since.';
  if (error instanceof SignedOut && isWritten) return undefined;
  return error instanceof AppError ? error.hint : undefined;
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
  const retry = RETRY[status] ?? 'never';
  // Of a paper that is not shown any more somebody may have been writing.
  const mayWrite = sent === undefined && status === 404 && viewerOf(c) !== undefined;
  const below = mayWrite ? /^\/papers\/[^/]+(?:\/\d+)?/.exec(c.req.path)?.[0] : undefined;
  c.status(status);
  return await c.html(
    <Layout site={site} c={c} title={title} head={<Head withDrafts={below !== undefined} />}>
      <main id="main" class="problem">
        <p class="kicker">{status}</p>
        <h1>{title}</h1>
        <p>{error instanceof Banned ? bannedShortly(error) : message}</p>
        {hint && <p>{hint}</p>}
        {status === 400 && c.req.path.startsWith('/papers/date') && <DayPicker day={today(site)} today={today(site)} />}
        {isDeadLink && <AskForLink />}
        {status === 404 && !sent && !isDeadLink && !(error instanceof DeletedBelow) && (
          <SearchInstead path={c.req.path} />
        )}
        {sent && <KeptText {...sent} retry={retry} />}
        {below !== undefined && <LeftDrafts viewer={viewerOf(c)} below={`${below}/comments`} />}
        {error instanceof DeletedBelow ? (
          <p>
            <a class="button" href={error.path}>
              Read the paper
            </a>
          </p>
        ) : (
          // Where the page of a form is no more, it cannot be gone back to.
          <WayOn
            first={status === 400 ? firstPageOf(c) : undefined}
            back={sent === undefined ? backFrom(site, c) : status === 404 ? undefined : sent.back}
            isMinor={sent !== undefined && retry !== 'never'}
          />
        )}
      </main>
    </Layout>,
  );
}

/** Whoever is banned is told so above every page: here is what it means for what they sent. */
function bannedShortly({ reason }: Banned): string {
  const because = reason ? `, for the reason “${reason}”` : '';
  return `Your account is banned${because}, so nothing was changed.`;
}

function Head({ withDrafts }: { withDrafts: boolean }) {
  return (
    <>
      <meta name="robots" content="noindex" />
      {withDrafts && <script type="module" src={assets().paperJs}></script>}
    </>
  );
}

/** Of the search whose page mark was refused. */
function firstPageOf(c: Context): string | undefined {
  const [text = '', after = ''] = [c.req.query('q')?.trim(), c.req.query('after')];
  return c.req.path === '/search' && text !== '' && after !== '' ? searchPath(text) : undefined;
}

/** Back to the form's page, if there was one. `isMinor`: there is something better to do. */
function WayOn({ first, back, isMinor }: { first: string | undefined; back: string | undefined; isMinor: boolean }) {
  return (
    <p>
      <a class={isMinor ? undefined : 'button'} href={back ?? first ?? '/'}>
        {back !== undefined
          ? 'Back to where you were'
          : first === undefined
            ? 'Read the latest papers'
            : 'See the first page'}
      </a>
    </p>
  );
}
