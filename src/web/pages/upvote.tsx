/** `/papers/:id/upvote`: casts a vote or takes it back, for browsers with and without scripts and for programs. */

import type { Context } from 'hono';
import { requireWriter, viewerOf } from '#accounts/current-viewer.ts';
import { upvote } from '#discussion/upvote.ts';
import { paperPath, upvotePath } from '#feed/addresses.ts';
import { invalid } from '#platform/errors.ts';
import type { PaperId } from '#papers/paper.ts';
import { wantsJson } from '../answer-type.ts';
import { readForm } from '../form.ts';
import { signInFirst, takeIntent } from '../intents.ts';
import { safeNext } from '../next-path.ts';
import { paperIdAbove } from '../paper-address.ts';
import type { Site } from '../site.ts';
import { wayBack } from '../way-back.ts';

const ACTION = 'upvote';

export async function upvoteForm(site: Site, c: Context): Promise<Response> {
  const paperId = paperIdAbove(c, 1);
  const wanted = (await readForm(c)).text('voted');
  if (wanted !== '0' && wanted !== '1') {
    throw invalid(
      'The form does not say whether to vote.',
      'Send the field voted: 1 to vote, 0 to take the vote back.',
    );
  }
  const isJson = wantsJson(c);
  const back = placeOf(paperId, wayBack(site, c, paperPath(paperId)));
  if (viewerOf(c) === undefined && !isJson && wanted === '1') {
    return signInFirst(site, c, { action: ACTION, path: `${upvotePath(paperId)}?next=${encodeURIComponent(back)}` });
  }
  const votes = await vote(site, c, paperId, wanted === '1');
  return isJson ? c.json({ id: paperId, upvotes: votes, upvoted: wanted === '1' }) : c.redirect(back, 303);
}

/** Where somebody who had to sign in first comes back to: their vote is cast, and they go on to where they were. */
export async function upvoteAfterSignIn(site: Site, c: Context): Promise<Response> {
  const paperId = paperIdAbove(c, 1);
  const next = safeNext(c.req.query('next') ?? paperPath(paperId));
  if (takeIntent(site, c)?.action === ACTION) await vote(site, c, paperId, true);
  return c.redirect(next, 303);
}

async function vote(site: Site, c: Context, paperId: PaperId, voted: boolean): Promise<number> {
  const viewer = requireWriter(c, paperPath(paperId));
  return await upvote(site.db, { paperId, userId: viewer.id, voted, now: site.clock.now() });
}

/** In a list the card of the paper, on its own page the button. */
function placeOf(paperId: PaperId, path: string): string {
  return path.split('?', 1)[0] === paperPath(paperId) ? `${path}#vote` : `${path}#p-${encodeURI(paperId)}`;
}
