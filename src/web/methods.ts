/** Answers requests in a method that the page at their address does not have: 405 and what it has, 204 to OPTIONS. */

import type { Hono, MiddlewareHandler } from 'hono';
import { methodNotAllowed } from 'hono/method-not-allowed';
import { AppError } from '#platform/errors.ts';
import { problemPage } from './pages/problem.tsx';
import type { Site } from './site.ts';

/** To be used on `app` itself; addresses without any page stay 404. */
export function knownMethods(site: Site, app: Hono): MiddlewareHandler {
  return methodNotAllowed({
    app,
    onMethodNotAllowed: async (c, methods) => {
      const allowed = methods.join(', ');
      c.header('Allow', allowed);
      // The answer under way is that of “not found”; its type would stay on an answer that has no body.
      c.header('Content-Type', undefined);
      if (c.req.method === 'OPTIONS') return c.body(null, 204);
      const wrong = new AppError('wrong-method', `This page does not answer to ${c.req.method}.`, {
        hint: `It answers to ${allowed}.`,
      });
      return await problemPage(site, c, wrong);
    },
  });
}
