/** Where the island `<left-drafts>` shows what somebody is writing about a paper and has no form on this page. */

import type { Viewer } from '#accounts/user.ts';

/** `below`: the path of what the texts are about. */
export function LeftDrafts({ viewer, below }: { viewer: Viewer | undefined; below: string }) {
  return viewer === undefined ? null : <left-drafts data-by={viewer.id} data-below={below}></left-drafts>;
}
