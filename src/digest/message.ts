/** The headers and links of a mail: how its reader ends it, and how mailboxes know what it is. */

import { readSecret } from '#accounts/secret.ts';
import type { Config } from '#platform/config.ts';
import type { Message } from '#platform/mail/mail.ts';
import { manageUrl, unsubscribeUrl } from '#subscriptions/links.ts';
import { returnAddress } from './mail-id.ts';
import type { Recipient } from './recipients.ts';

export interface MailSite {
  config: Config;
  /** Where readers reach the site, without a slash at the end. */
  url: string;
  /** Signs the links. */
  secret: string;
}

export function openMailSite({ config, url }: Pick<MailSite, 'config' | 'url'>): MailSite {
  return { config, url, secret: readSecret(config) };
}

type Whose = Pick<Recipient, 'subscriptionId' | 'subscriberId' | 'linkKey'>;

export function linksOf(site: MailSite, { subscriptionId, subscriberId, linkKey }: Whose) {
  return {
    unsubscribeUrl: unsubscribeUrl(site, { kind: 'list', subscriptionId }),
    allUrl: unsubscribeUrl(site, { kind: 'all', subscriberId }),
    manageUrl: manageUrl(site, { id: subscriberId, linkKey }),
  };
}

/** RFC 2369 (List-Unsubscribe), RFC 2919 (List-Id), RFC 8058 (one click). What every mail has, platform/mail adds. */
export function headersOf(
  site: MailSite,
  { kind, unsubscribeUrl: https }: Pick<Recipient, 'kind'> & { unsubscribeUrl: string },
  mailId: string,
): Pick<Message, 'headers' | 'returnTo'> {
  const { config, url } = site;
  const token = https.slice(https.lastIndexOf('/') + 1);
  const { hostname } = new URL(url);
  // Without an address whose mail is read a mailto would promise what nobody does; RFC 8058 needs the link only.
  const mailto =
    config.BOUNCE_ADDRESS === '' ? '' : `, <mailto:${config.BOUNCE_ADDRESS}?subject=${UNSUBSCRIBE}%20${token}>`;
  const list = kind === 'alert' ? 'alerts' : 'digest';
  return {
    headers: {
      'List-Id': `<${list}.${hostname}>`,
      'List-Unsubscribe': `<${https}>${mailto}`,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      // No standard, but out-of-office programs that do not know Auto-Submitted look for it.
      Precedence: 'bulk',
    },
    ...(config.BOUNCE_ADDRESS === '' ? {} : { returnTo: returnAddress(config.BOUNCE_ADDRESS, mailId) }),
  };
}

/** What the subject of a mail says that ends a subscription; the link's token follows. */
export const UNSUBSCRIBE = 'unsubscribe';
