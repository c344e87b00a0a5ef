/** How often one account and one address can write: every form and every call that changes something counts. */

import type { MiddlewareHandler } from 'hono';
import { viewerOf } from '#accounts/current-viewer.ts';
import { isNew } from '#accounts/user.ts';
import { clientOf, UNKNOWN_CLIENT } from '#platform/http/client-address.ts';
import type { Limit } from '#platform/limits/bucket.ts';
import { counted } from '#platform/counted.ts';
import { demand } from '#platform/limits/demand.ts';
import { SHARE_OF_NEW, whileNew } from './limit-words.ts';
import type { Site } from './site.ts';
import { SAFE } from './viewer.ts';

const MINUTE = 60_000;

/** Needs to know who asks: comes after `findViewer`. Throws AppError 'rate-limited'. */
export function limitWrites(site: Site): MiddlewareHandler {
  const { WRITES_PER_MINUTE: perAccount, WRITES_PER_MINUTE_ADDRESS: perAddress } = site.config;
  return async (c, next) => {
    if (SAFE.has(c.req.method)) return await next();
    const now = site.clock.now();
    const viewer = viewerOf(c);
    const client = clientOf(c);
    const limits: Limit[] = [];
    if (viewer !== undefined) {
      const limit = isNew(viewer, site.config, now) ? Math.ceil(perAccount * SHARE_OF_NEW) : perAccount;
      const words = `One account can send ${counted(limit, 'form')} a minute${whileNew(viewer, site, now, perAccount)}.`;
      limits.push({ key: `write account ${viewer.id}`, limit, windowMs: MINUTE, words });
    }
    if (client !== UNKNOWN_CLIENT) {
      const words = `Everybody at one network address together can send ${counted(perAddress, 'form')} a minute.`;
      limits.push({ key: `write address ${client}`, limit: perAddress, windowMs: MINUTE, words });
    }
    await demand(site.db, limits, now);
    await next();
  };
}
