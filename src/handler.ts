/** The wiring of HTTP: the API and the site under one cache. */

import { Hono } from 'hono';
import { openAccounts } from '#accounts/accounts.ts';
import { createApi } from '#api/routes.ts';
import { moveMails } from '#digest/move-mails.ts';
import { createDigestRoutes } from '#digest/routes.ts';
import { openHookDesk } from '#hooks/desk.ts';
import { clientAddresses } from '#platform/http/client-address.ts';
import type { ClientBindings } from '#platform/http/client-address.ts';
import { cachePages } from '#platform/http/page-cache.ts';
import type { PageCache } from '#platform/http/page-cache.ts';
import { rankSoon } from '#ranking/rank-soon.ts';
import { assets } from '#web/assets.ts';
import { fetchSubmittedNow } from '#sources/fetch-submitted.ts';
import { createSite } from '#web/routes.tsx';
import type { App } from './app.ts';

const READS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/** `url` is where readers reach the site, without a slash at the end. */
export function createHandler(app: App, url: string): PageCache {
  // The API's addresses end in a format (`.bib`), which the site would take for a part of an id: it comes first.
  const site = createSite(
    {
      ...app,
      url,
      accounts: openAccounts({ ...app, url }),
      hooks: openHookDesk({ ...app, url }),
      moveMails,
      fetchSubmitted: async (who, signal) => await fetchSubmittedNow(app, who, signal),
    },
    new Hono()
      .route('/', createApi({ ...app, url, feedStyle: assets().feedCss }))
      .route('/', createDigestRoutes({ ...app, url })),
  );
  const clientAddress = clientAddresses(app.config.TRUSTED_PROXIES);
  const rank = rankSoon(app);
  return cachePages(
    async (request, peer) => {
      const forwardedFor = request.headers.get('x-forwarded-for') ?? undefined;
      const bindings: ClientBindings = { client: peer === undefined ? '' : clientAddress({ peer, forwardedFor }) };
      const response = await site.fetch(request, bindings);
      if (mayHaveWritten(request, response)) rank();
      return response;
    },
    app.clock,
    (address) => isPrivate(address) || isByLink(address),
  );
}

/**
 * Whoever writes may have voted, commented, submitted or hidden something; who signs in may have been sent there to cast
 * a vote. What of it counts is found by a query.
 */
function mayHaveWritten({ method, url }: Request, { status }: Response): boolean {
  return status < 400 && (!READS.has(method) || isPrivate(new URL(url).pathname));
}

/** Addresses that sign somebody in: each answer is for one person, though no cookie came with the question. */
function isPrivate(url: string): boolean {
  return /^\/(?:sign-in|auth)\//.test(url);
}

/** Addresses with a link from somebody's mail: what they say changes with the next press of a button. */
function isByLink(url: string): boolean {
  return /^\/(?:u\/|subscribe\/(?:confirm|manage|list|export))/.test(url);
}
