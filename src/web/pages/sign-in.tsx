/** `/sign-in`: asks for a mail address and mails a link; `/sign-in/link` is where the link leads. */

import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { viewerOf } from '#accounts/current-viewer.ts';
import { signInLimits } from '#accounts/limits.ts';
import { providerName } from '#accounts/oidc.ts';
import { requestSignIn } from '#accounts/request-sign-in.ts';
import { sessionCookieName } from '#accounts/session-cookie.ts';
import { LINK_PATH, askedBy, findLinkEmail, isAsked, isDirect, signInByLink, signOut } from '#accounts/sign-in-link.ts';
import { findUserByEmail } from '#accounts/store.ts';
import { displayName, EMAIL_HINT, maskedEmail, parseEmail } from '#accounts/user.ts';
import type { Viewer } from '#accounts/user.ts';
import { clientOf } from '#platform/http/client-address.ts';
import { AppError } from '#platform/errors.ts';
import { demand } from '#platform/limits/demand.ts';
import { UNPROCESSABLE, wantsJson } from '../answer-type.ts';
import { assets } from '../assets.ts';
import { Layout } from '../components/layout.tsx';
import { readForm } from '../form.ts';
import { intentAt } from '../intents.ts';
import { safeNext } from '../next-path.ts';
import { cookieName, ownCookie } from '../own-cookie.ts';
import { tellWhenAgain } from '../retry-after.ts';
import type { Site } from '../site.ts';
import { endFormerSession, sessionToken } from '../viewer.ts';

const NOINDEX = <meta name="robots" content="noindex" />;
/** As long as a link works. */
const ASKED_SECONDS = 60 * 60;

export function signInPage(site: Site, c: Context): Response | Promise<Response> {
  const next = safeNext(c.req.query('next'));
  return viewerOf(c) === undefined ? form(site, c, { next }) : c.redirect(next, 303);
}

/** The answer is the same whoever has an account, and is given before anybody looks. */
export async function signInForm(site: Site, c: Context): Promise<Response> {
  const fields = await readForm(c);
  const [typed, next] = [fields.text('email'), safeNext(fields.text('next'))];
  const email = parseEmail(typed);
  if (email === undefined) {
    const problem = `That is no mail address. ${EMAIL_HINT}`;
    if (wantsJson(c)) return c.json({ error: problem }, UNPROCESSABLE);
    c.status(UNPROCESSABLE);
    return await form(site, c, { next, typed, problem });
  }
  try {
    await demand(site.db, signInLimits(email, clientOf(c)), site.clock.now());
  } catch (error) {
    if (!(error instanceof AppError) || wantsJson(c)) throw error;
    return await tooMany(site, c, error, { next, typed });
  }
  await requestSignIn(site.accounts, email, next);
  setCookie(c, askedName(site), askedBy(site.accounts, email), { ...ownCookie(site), maxAge: ASKED_SECONDS });
  return c.redirect('/sign-in/sent', 303);
}

/** The form again: mail is not the only way in. */
async function tooMany(site: Site, c: Context, error: AppError, asked: Asked) {
  const provider = site.config.OIDC_ISSUER === '' ? '' : ` or ${providerName(site.config)}`;
  const problem = `Too many links were asked for from here. ${error.hint ?? ''} A passkey${provider} lets you in at once.`;
  c.status(429);
  tellWhenAgain(c, error);
  return await form(site, c, { ...asked, problem });
}

export function linkSentPage(site: Site, c: Context): Response | Promise<Response> {
  const { mail } = site.accounts;
  return c.html(
    <Layout site={site} c={c} title="Look into your mail" head={NOINDEX}>
      <main id="main" class="prose">
        <h1>Look into your mail</h1>
        <p>
          If that address can sign in here, a link is on its way to it. It works once and for an hour. Open it in this
          browser.
        </p>
        {mail.place !== undefined && (
          <p class="quiet">
            This site has no mail server yet: its operator finds the link in the log and in the folder <code>mail</code>
            .
          </p>
        )}
        <p>
          Nothing came? Look among the unwanted mail, then <a href="/sign-in">ask for another link</a>.
        </p>
      </main>
    </Layout>,
  );
}

/**
 * In the browser that asked for a link to this address it signs in at once, and so does one that the operator made.
 * Elsewhere it takes a press of a button: mail scanners open links but press nothing, and nobody is signed in to somebody
 * else's account by following a link, not even while they wait for one of their own.
 */
export async function openLink(site: Site, c: Context): Promise<Response> {
  const token = c.req.query('token') ?? '';
  const next = safeNext(c.req.query('next'));
  const kept = getCookie(c, askedName(site)) ?? '';
  const isExpected =
    isAsked(site.accounts, token, kept, c.req.query('asked')) || isDirect(site.accounts, token, c.req.query('direct'));
  if (isExpected && c.req.method === 'GET') return await enter(site, c, token, next);
  const email = await findLinkEmail(site.db, token, site.clock.now());
  if (email === undefined) return await spentPage(site, c, next);
  return await c.html(
    <Layout site={site} c={c} title="Sign in" head={NOINDEX}>
      <main id="main" class="prose">
        <h1>Sign in to {site.config.SITE_NAME}</h1>
        <form class="form" method="post" action={LINK_PATH}>
          <input type="hidden" name="token" value={token} />
          <input type="hidden" name="next" value={next} />
          <p>
            You have opened a sign-in link for <strong>{maskedEmail(email)}</strong>. It works once. If that is not your
            address, somebody wants you in their account: close this page.
          </p>
          <Meanwhile viewer={viewerOf(c)} owner={await findUserByEmail(site.db, email)} />
          <p>
            <button class="main">Sign in as {maskedEmail(email)}</button>
          </p>
        </form>
      </main>
    </Layout>,
  );
}

/** What pressing the button ends. */
function Meanwhile({ viewer, owner }: { viewer: Viewer | undefined; owner: Pick<Viewer, 'id'> | undefined }) {
  if (viewer === undefined) return null;
  return viewer.id === owner?.id ? (
    <p>You are signed in to this account already.</p>
  ) : (
    <p role="alert">You are signed in as @{viewer.name}, another account, and will be signed out of it.</p>
  );
}

export async function linkForm(site: Site, c: Context): Promise<Response> {
  const fields = await readForm(c);
  return await enter(site, c, fields.text('token'), safeNext(fields.text('next')));
}

export async function signOutForm(site: Site, c: Context): Promise<Response> {
  const token = sessionToken(site, c);
  if (token !== undefined) await signOut(site.db, token);
  deleteCookie(c, sessionCookieName(site.url), ownCookie(site));
  return c.redirect('/', 303);
}

async function enter(site: Site, c: Context, token: string, next: string): Promise<Response> {
  const entered = await signInByLink(site.accounts, token, c.req.header('user-agent') ?? '');
  if (entered === undefined) return await spentPage(site, c, next);
  await endFormerSession(site, c);
  deleteCookie(c, askedName(site), ownCookie(site));
  for (const cookie of entered.cookies) c.header('Set-Cookie', cookie, { append: true });
  return c.redirect(next, 303);
}

async function spentPage(site: Site, c: Context, next: string): Promise<Response> {
  const viewer = viewerOf(c);
  if (viewer !== undefined) return await signedInPage(site, c, viewer, next);
  c.status(400);
  const problem = 'This link does not work any more: it was used, or is older than an hour. Ask for another one.';
  return await form(site, c, { next, problem, isSpent: true });
}

/** A link that was opened again, or whose button was pressed twice. */
async function signedInPage(site: Site, c: Context, viewer: Viewer, next: string): Promise<Response> {
  return await c.html(
    <Layout site={site} c={c} title="You are signed in" head={NOINDEX}>
      <main id="main" class="prose">
        <h1>You are signed in</h1>
        <p role="status">
          As {displayName(viewer)} (@{viewer.name}). The link that you opened was used already, or is older than an
          hour; nothing was changed by it.
        </p>
        <p>
          <a class="button" href={next}>
            Go on
          </a>
        </p>
      </main>
    </Layout>,
  );
}

function askedName(site: Site): string {
  return cookieName(site, 'asked');
}

interface Asked {
  next: string;
  typed?: string;
  problem?: string;
  /** Whether a link did not work: it may be that it just did. */
  isSpent?: boolean;
}

function form(
  site: Site,
  c: Context,
  { next, typed = '', problem, isSpent = false }: Asked,
): Response | Promise<Response> {
  const { SITE_NAME: name, REGISTRATION: registration } = site.config;
  return c.html(
    <Layout
      site={site}
      c={c}
      title="Sign in"
      head={
        <>
          {NOINDEX}
          <script type="module" src={assets().passkeysJs}></script>
        </>
      }
    >
      <main id="main" class="prose">
        <h1>Sign in</h1>
        {intentAt(site, c, next)?.action === 'upvote' && (
          <p>Then your vote is cast, and you are back where you were.</p>
        )}
        <form class="form" method="post" action="/sign-in">
          <input type="hidden" name="next" value={next} />
          {problem !== undefined && (
            <p class="problem-note" role="alert" id="problem">
              {problem} {isSpent && <PressedTwice next={next} />}
            </p>
          )}
          <label>
            <span>Mail address</span>
            <input
              type="email"
              name="email"
              value={typed}
              autocomplete="email"
              required
              maxlength={254}
              aria-describedby={problem === undefined ? undefined : 'problem'}
            />
          </label>
          <p>
            <button class="main">Mail me a link</button>
          </p>
        </form>
        <OtherWays site={site} next={next} />
        <p class="quiet">
          {registration === 'open'
            ? `There are no passwords: a link comes by mail. It makes an account if you have none at ${name} yet.`
            : 'There are no passwords: a link comes by mail to everybody who has an account or an invitation.'}
        </p>
      </main>
    </Layout>,
  );
}

function PressedTwice({ next }: { next: string }) {
  return (
    <>
      If you pressed twice, you are in already: <a href={next}>go on</a>.
    </>
  );
}

/** Besides mail. */
function OtherWays({ site, next }: { site: Site; next: string }) {
  return (
    <>
      {site.config.OIDC_ISSUER !== '' && (
        <form class="form" method="post" action="/sign-in/provider">
          <input type="hidden" name="next" value={next} />
          <p>
            <button>Sign in with {providerName(site.config)}</button>
          </p>
        </form>
      )}
      <passkey-button class="form" data-do="use" data-next={next} hidden>
        <p>
          <button type="button">Sign in with a passkey</button>
        </p>
        <p role="status"></p>
      </passkey-button>
    </>
  );
}
