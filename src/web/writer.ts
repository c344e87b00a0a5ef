/** The person who asks, as the use cases of papers ask for them. */

import { demandWriter } from '#accounts/demand-writer.ts';
import { listLeftBy } from '#accounts/left-mailboxes.ts';
import { isModerator } from '#accounts/user.ts';
import type { Viewer } from '#accounts/user.ts';
import type { AskWriter, Writer } from '#papers/ask-writer.ts';
import type { Site } from './site.ts';

export function toWriter(viewer: Pick<Viewer, 'id' | 'role'>): Writer {
  return { id: viewer.id, isModerator: isModerator(viewer) };
}

/** For the transaction that writes: who was banned meanwhile may write no more. */
export function askWriter({ id }: Pick<Viewer, 'id'>): AskWriter {
  return async (trx) => toWriter(await demandWriter(trx, id));
}

/** The same for what is counted by the day: accounts of the same mailbox that ended lately count as theirs. */
export function askSubmitter(site: Site, { id }: Pick<Viewer, 'id'>): AskWriter {
  return async (trx) => {
    const user = await demandWriter(trx, id);
    const formerIds = user.email === null ? [] : await listLeftBy(trx, site.config, user.email, site.clock.now());
    return { ...toWriter(user), formerIds };
  };
}
