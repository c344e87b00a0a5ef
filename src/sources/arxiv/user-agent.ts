/** How we introduce ourselves to arXiv, so that its operators can reach ours instead of blocking them. */

import packageFile from '../../../package.json' with { type: 'json' };
import type { Config } from '#platform/config.ts';

/** `Broadsheet/1.2.0 (+ops@example.org)` */
export function userAgent(config: Pick<Config, 'CONTACT' | 'PUBLIC_URL'>): string {
  // A header carries printable ASCII; parentheses would end the comment.
  const contact = (config.CONTACT || config.PUBLIC_URL).replace(/[^\x20-\x7e]|[()\\]/g, '').trim();
  return `Broadsheet/${packageFile.version}${contact === '' ? '' : ` (+${contact})`}`;
}
