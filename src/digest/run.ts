/** Everything that is due: writes the mails down, then sends what waits. Can be repeated, and be killed, at any moment. */

import { forgetGists } from './gist/store.ts';
import { forgetBounces } from './note-verdict.ts';
import type { Press } from './press.ts';
import { sendDue } from './send-mails.ts';
import type { SendCounts } from './send-mails.ts';
import { forgetMails } from './store.ts';
import { REMEMBERED_MS, writeDue } from './write-mails.ts';

export interface RunCounts extends SendCounts {
  written: number;
}

export async function runDigests(press: Press, signal?: AbortSignal): Promise<RunCounts> {
  const written = await writeDue(press, signal);
  return { written, ...(await sendDue(press, signal)) };
}

/** What nobody needs any more: see `REMEMBERED_MS`. */
export async function forgetDigests({ db, clock }: Pick<Press, 'db' | 'clock'>): Promise<void> {
  const now = clock.now();
  await forgetMails(db, now - REMEMBERED_MS);
  await forgetGists(db, now - REMEMBERED_MS);
  await forgetBounces(db, now);
}
