/** `POST /subscribe/link`: mails the link to what comes to an address. Nothing begins, and nothing is said of the address. */

import type { Context } from 'hono';
import { EMAIL_HINT, parseEmail } from '#accounts/user.ts';
import { clientOf } from '#platform/http/client-address.ts';
import { demand } from '#platform/limits/demand.ts';
import { networkLimit } from '#subscriptions/limits.ts';
import { usualList } from '#subscriptions/list.ts';
import { requestSubscription } from '#subscriptions/request.ts';
import { readForm } from '../../form.ts';
import { usualTimeZone } from '../../list-form.ts';
import type { Site } from '../../site.ts';
import { DeadLink } from './own-access.ts';

export async function mailedLinkForm(site: Site, c: Context): Promise<Response> {
  const email = parseEmail((await readForm(c)).text('email'));
  if (email === undefined) throw new DeadLink('invalid', `That is no mail address. ${EMAIL_HINT}`);
  await demand(site.db, [networkLimit(clientOf(c))], site.clock.now());
  const nothing = { list: usualList(site.config.DIGEST_HOUR), timeZone: usualTimeZone(site), isPlain: true };
  await requestSubscription(site.accounts, email, { ...nothing, isForLink: true });
  return c.redirect('/subscribe/sent?link', 303);
}
