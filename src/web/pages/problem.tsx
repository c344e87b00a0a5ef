/** Error pages: what went wrong, what would be right, and a way on. */

import type { Context } from 'hono';
import { SignedOut } from '#accounts/current-viewer.ts';
import { today } from '#feed/today.ts';
import { explainStorage } from '#platform/db/problems.ts';
import { AppError } from '#platform/errors.ts';
import { isProgram } from '#platform/http/negotiation.ts';
import { STATUS } from '#platform/http/status.ts';
import { QUERY_LIMIT } from '#search/query/clean.ts';
import { answerType } from '../answer-type.ts';
import { AskForLink } from '../components/ask-for-link.tsx';
import { DayPicker } from '../components/edition-bar.tsx';
import { Layout } from '../components/layout.tsx';
import { signInPath } from '../next-path.ts';
import { tellWhenAgain } from '../retry-after.ts';
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
  c.status(status);
  return c.html(
    <Layout
      site={site}
      c={c}
      title={TITLES[status] ?? 'Something went wrong'}
      head={<meta name="robots" content="noindex" />}
    >
      <main id="main" class="problem">
        <p class="kicker">{status}</p>
        <h1>{TITLES[status] ?? 'Something went wrong'}</h1>
        <p>{message}</p>
        {hint && <p>{hint}</p>}
        {status === 400 && c.req.path.startsWith('/papers/date') && <DayPicker day={today(site)} today={today(site)} />}
        {error instanceof DeadLink && <AskForLink />}
        {status === 404 && !(error instanceof DeadLink) && <SearchFor path={c.req.path} />}
        <p>
          <a class="button" href="/">
            Read the latest papers
          </a>
        </p>
      </main>
    </Layout>,
  );
}

/** A search for what the address seems to have meant: the whole id of a paper, the words of anything else. */
function SearchFor({ path }: { path: string }) {
  const [first = '', ...rest] = path.split('/').filter(Boolean);
  const meant = first === 'papers' ? rest.join('/') : (rest.at(-1) ?? first).replaceAll(/[-_+]+/g, ' ');
  return (
    <form class="search-again" action="/search">
      <label>
        <span>Search for it</span>
        <input type="search" name="q" value={decode(meant)} maxlength={QUERY_LIMIT} />
      </label>
      <button>Search</button>
    </form>
  );
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // a broken escape in the address is shown as it was typed
  }
}
