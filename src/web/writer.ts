/** The person who asks, as the use cases of papers ask for them. */

import { demandWriter } from '#accounts/demand-writer.ts';
import { isModerator } from '#accounts/user.ts';
import type { Viewer } from '#accounts/user.ts';
import type { AskWriter, Writer } from '#papers/ask-writer.ts';

export function toWriter(viewer: Pick<Viewer, 'id' | 'role'>): Writer {
  return { id: viewer.id, isModerator: isModerator(viewer) };
}

/** For the transaction that writes: who was banned meanwhile may write no more. */
export function askWriter({ id }: Pick<Viewer, 'id'>): AskWriter {
  return async (trx) => toWriter(await demandWriter(trx, id));
}
