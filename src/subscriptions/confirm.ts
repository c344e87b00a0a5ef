/** Uses a link that confirms. */

import type { Db } from '#schema.ts';
import { findRequest, useRequest } from './request-store.ts';
import type { Request } from './request-store.ts';
import { findSubscriber } from './store.ts';
import type { Subscriber } from './store.ts';
import { applyAsked } from './subscribe.ts';
import type { Consent } from './subscribe.ts';

export type Confirmed = { subscriber: Subscriber } | { refused: Exclude<Request['state'], 'open'> | 'unknown' };

/** Once: of two who press at the same time one is told that it was used. Throws as `applyAsked` does; it then was not. */
export async function confirm(db: Db, token: string, consent: Consent): Promise<Confirmed> {
  return await db.transaction().execute(async (trx): Promise<Confirmed> => {
    const isFirst = await useRequest(trx, token, consent.now);
    const request = await findRequest(trx, token, consent.now);
    const subscriber = request && (await findSubscriber(trx, request.subscriberId));
    if (request === undefined || subscriber === undefined) return { refused: 'unknown' };
    if (!isFirst) return { refused: request.state === 'used' ? 'used' : 'expired' };
    await applyAsked(trx, subscriber, request.asked, consent);
    return { subscriber: (await findSubscriber(trx, subscriber.id)) ?? subscriber };
  });
}
