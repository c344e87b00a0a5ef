/** The end of one mail: it waits for its turn, and is sent only while the mail is still ours. */

import { END_TIMEOUT_MS } from '#platform/mail/mail.ts';
import type { BeforeEnd } from '#platform/mail/mail.ts';
import type { Run } from './send-mails.ts';
import { beginEnd } from './store.ts';
import type { DigestMail } from './store.ts';

/** Held so long from its end on: for the server's answer, and for a database that is away when it has come. */
export const END_HELD_MS = END_TIMEOUT_MS + 5 * 60_000;

export interface Ending {
  begin: BeforeEnd;
  /** The mail as it is held now, where the server has answered: what was counted as unanswered is not. */
  mail(): DigestMail;
  /** The same where it has not. */
  unanswered(): DigestMail;
  /** It was not sent, because it is no longer ours. */
  isLost(): boolean;
  /** It was not sent, because the database could not say whether it is ours, or has failed for another mail. */
  problem(): Error | undefined;
  /** Resolves when it is known whether its end was begun. */
  quiet(): Promise<void>;
  /** Whether its end may have been sent. */
  isOut(): boolean;
  /** Lets the next one have its turn. */
  close(): void;
}

export function openEnding(run: Run, mail: DigestMail): Ending {
  const { db, clock } = run.press;
  let held = mail;
  let isLost = false;
  let problem: Error | undefined;
  let isOver = false;
  let isOut = false;
  let beginning: Promise<void> | undefined;
  let endTurn: (() => void) | undefined;
  async function begin(): Promise<void> {
    const end = await run.turns.take();
    if (isOver) return end();
    endTurn = end;
    if (run.told?.aborted === true) throw new Error('told to stop');
    try {
      if (run.broken !== undefined) throw run.broken;
      const begun = await beginEnd(db, mail, clock.now() + END_HELD_MS);
      isLost = begun === undefined;
      held = begun ?? mail;
    } catch (error) {
      problem = error as Error;
      throw error;
    }
    if (isLost) throw new Error('the mail is no longer ours');
    isOut = true;
  }
  return {
    begin: () => (beginning = begin()),
    async quiet() {
      await beginning?.catch(() => undefined);
    },
    isOut: () => isOut,
    mail: () => ({ ...held, unanswered: mail.unanswered }),
    unanswered: () => held,
    isLost: () => isLost,
    problem: () => problem,
    close() {
      isOver = true;
      endTurn?.();
    },
  };
}
