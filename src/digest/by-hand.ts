/** What an operator asks for on the command line: what would be sent, one edition for everybody, mails for one address. */

import { listMailed } from '#subscriptions/due.ts';
import type { DueSubscription } from '#subscriptions/due.ts';
import { isDay } from '#platform/day.ts';
import type { Db } from '#schema.ts';
import { openCandidates } from './candidates.ts';
import { paperIdsOf } from './contents.ts';
import { editionOf } from './edition.ts';
import { openGists } from './gist/gists.ts';
import { openMailSite } from './message.ts';
import type { Press } from './press.ts';
import { renderMails } from './render.ts';
import { addMails, lockOutbox } from './store.ts';
import type { DigestMail } from './store.ts';
import { compose, mailOf, remember } from './write-mails.ts';
import type { Composed } from './write-mails.ts';

export interface AskedByHand {
  /** `2026-01-06` for daily ones, `2026-W02` for weekly ones; undefined: the newest of each. */
  label?: string | undefined;
  /** Lower case; undefined: everybody. */
  email?: string | undefined;
}

/** Subscribers at a time. */
const BATCH = 200;

/** Those asked for, whatever their hour: they stay due as they were. Without a wish, those that are due. */
async function* batches(
  { db, log }: Pick<Press, 'db' | 'log'>,
  asked: AskedByHand,
  now: number,
): AsyncGenerator<DueSubscription[]> {
  for (let after: string | undefined = ''; after !== undefined;) {
    const { due, unreadable, last }: Wanted = await listWanted(db, asked, after, now);
    for (const { id, error } of unreadable)
      log.error({ err: error, subscription: id }, 'a subscription cannot be read: it is left out');
    if (due.length > 0) yield due;
    after = last;
  }
}

type Wanted = Awaited<ReturnType<typeof listMailed>>;

async function listWanted(db: Db, { label, email }: AskedByHand, after: string, now: number): Promise<Wanted> {
  const frequency = label === undefined ? undefined : isDay(label) ? ('daily' as const) : ('weekly' as const);
  const isDueOnly = email === undefined && label === undefined;
  return await listMailed(db, { email, frequency, isDueOnly, after }, now, BATCH);
}

/** Composes what is asked for; each batch in the transaction that `use` may write in. */
async function composeAsked(
  press: Press,
  asked: AskedByHand,
  use: (mails: DigestMail[]) => Promise<void>,
  isKept: boolean,
) {
  const { db, clock } = press;
  const now = clock.now();
  const lists = openCandidates(press);
  for await (const due of batches(press, asked, now)) {
    const composed: Composed[] = [];
    // The days of a week depend on the weekday on which somebody reads.
    for (const alike of Map.groupBy(due, ({ weekday }) => weekday).values()) {
      const [first] = alike;
      const edition = asked.label === undefined || first === undefined ? undefined : editionOf(asked.label, first);
      composed.push(...(await compose(press, lists, alike, now, edition)));
    }
    const mails = await db.transaction().execute(async (trx) => {
      if (isKept) await lockOutbox(trx);
      const memory = await remember(trx, composed, now);
      const made = composed.flatMap((one) => mailOf(one, memory, now) ?? []);
      if (isKept) await addMails(trx, made);
      return made;
    });
    await use(mails);
  }
}

/** Writes the mails down and returns the ids of those that are to be sent. Each edition still goes to each list once. */
export async function writeAsked(press: Press, asked: AskedByHand): Promise<string[]> {
  const ids: string[] = [];
  const use = async (mails: DigestMail[]) =>
    void ids.push(...mails.filter(({ state }) => state === 'waiting').map(({ id }) => id));
  await composeAsked(press, asked, use, true);
  return ids;
}

export interface WouldBeSent {
  email: string;
  edition: string;
  subject: string;
  papers: number;
}

/** What would be sent now, in the words of its subject. Nothing is written. */
export async function listWouldBeSent(press: Press, asked: AskedByHand): Promise<WouldBeSent[]> {
  const site = openMailSite(press);
  const gists = openGists(press);
  const all: WouldBeSent[] = [];
  const use = async (mails: DigestMail[]) => {
    const waiting = mails.filter(({ state }) => state === 'waiting');
    const now = press.clock.now();
    const rendered = await renderMails({ db: press.db, site, gists }, waiting, now);
    for (const mail of waiting) {
      const one = rendered.get(mail.id);
      if (one === undefined || !('email' in one)) continue;
      const { subject } = one.message(now);
      all.push({ email: one.email, edition: mail.edition, subject, papers: paperIdsOf(mail.papers).length });
    }
  };
  await composeAsked(press, asked, use, false);
  return all;
}
