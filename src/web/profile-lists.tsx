/** What a profile lists, in its order. Each list is one entry: add yours here. */

import type { Context } from 'hono';
import type { Child } from 'hono/jsx';
import type { PublicUser } from '#accounts/user.ts';
import type { Site } from './site.ts';

export interface ProfileList {
  /** Part of the page's mark: `#submissions`. */
  id: string;
  /** A `<section>` with its heading, or null if there is nothing to show. At most one query for ids and one for papers. */
  render(site: Site, c: Context, user: PublicUser): Promise<Child>;
}

export const profileLists: readonly ProfileList[] = [];
