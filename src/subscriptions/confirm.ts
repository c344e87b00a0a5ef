/** Uses a link that confirms. */

import { AppError } from '#platform/errors.ts';
import type { Db } from '#schema.ts';
import { findRequest, useRequest } from './request-store.ts';
import type { Request } from './request-store.ts';
import { findSubscriber } from './store.ts';
import type { Subscriber } from './store.ts';
import { applyAsked } from './subscribe.ts';
import type { Consent } from './subscribe.ts';
import { findSuppression } from './suppress.ts';

export type Confirmed = { subscriber: Subscriber } | { refused: Exclude<Request['state'], 'open'> | 'unknown' };

/**
 * Once: of two who press at the same time one is told that it was used. Throws as `applyAsked` does, and where our mail
 * was reported as unwanted since the link was mailed; it then was not used.
 */
export async function confirm(db: Db, token: string, consent: Consent): Promise<Confirmed> {
  return await db.transaction().execute(async (trx): Promise<Confirmed> => {
    const isFirst = await useRequest(trx, token, consent.now);
    const request = await findRequest(trx, token, consent.now);
    const subscriber = request && (await findSubscriber(trx, request.subscriberId));
    if (request === undefined || subscriber === undefined) return { refused: 'unknown' };
    if (!isFirst) return { refused: request.state === 'used' ? 'used' : 'expired' };
    if ((await findSuppression(trx, subscriber.email))?.reason === 'complained')
      throw new AppError('forbidden', 'Our mail was reported as unwanted from this address.', {
        hint: 'Sign in with it, and have mail sent again under Settings, “Your mail”.',
      });
    await applyAsked(trx, subscriber, request.asked, consent);
    return { subscriber: (await findSubscriber(trx, subscriber.id)) ?? subscriber };
  });
}
