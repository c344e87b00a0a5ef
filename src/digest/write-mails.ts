/** Writes down the mails that are due: which papers each holds, and when the next one is due. Nothing is sent here. */

import { setImmediate as nextTurn } from 'node:timers/promises';
import { newestEditionDay } from '#feed/edition.ts';
import { today } from '#feed/today.ts';
import type { PaperId } from '#papers/paper.ts';
import { findDue, moveOn } from '#subscriptions/due.ts';
import type { DueSubscription, Unreadable } from '#subscriptions/due.ts';
import { nextDueAfter } from '#subscriptions/next-due.ts';
import type { Trx } from '#schema.ts';
import { openCandidates } from './candidates.ts';
import type { CandidateLists } from './candidates.ts';
import { choose } from './choose.ts';
import { paperIdsOf, writeContents } from './contents.ts';
import type { ChosenPaper } from './contents.ts';
import { dailyEdition, weeklyEdition } from './edition.ts';
import type { MailEdition } from './edition.ts';
import { mailIdOf } from './mail-id.ts';
import type { Press } from './press.ts';
import { addMails, listEarlier, lockOutbox, overtake } from './store.ts';
import type { DigestMail, EarlierMail } from './store.ts';

const DAY = 86_400_000;
/** Mails are remembered for so long: candidates are a fortnight old at most, unless somebody submits an old paper anew. */
export const REMEMBERED_MS = 60 * DAY;
/** Subscribers at a time: some 20 ms of a transaction, in which nobody else writes to SQLite. */
const BATCH = 200;

export type Composing = Omit<Press, 'mail' | 'fetch' | 'shipped' | 'url'>;

/** Returns how many mails are to be sent. Each subscription is moved on in the transaction that writes its mail. */
export async function writeDue(press: Composing, signal?: AbortSignal): Promise<number> {
  const lists = openCandidates(press);
  let written = 0;
  while (signal?.aborted !== true) {
    const now = press.clock.now();
    const { due, unreadable } = await findDue(press.db, now, BATCH);
    if (due.length + unreadable.length === 0) break;
    for (const row of unreadable) await setAside(press, row, now);
    const composed = await compose(press, lists, due, now);
    written += await press.db.transaction().execute(async (trx) => await writeBatch(trx, composed, now));
    await nextTurn(); // readers of the same process have their turn
  }
  return written;
}

/** Logged once a day, and due once a day, until somebody has set the row right. */
async function setAside({ db, log }: Composing, row: Unreadable, now: number): Promise<void> {
  log.error({ err: row.error, subscription: row.id }, 'a subscription cannot be read: it is left out for a day');
  await moveOn(db, row, now + DAY);
}

/** A due subscription with what its mail is chosen from; without an edition where there is none to send. */
export interface Composed {
  due: DueSubscription;
  edition: MailEdition | undefined;
  lists: Parameters<typeof choose>[0];
}

/** `asked`: the edition to send instead of the newest. */
export async function compose(
  press: Composing,
  lists: CandidateLists,
  due: readonly DueSubscription[],
  now: number,
  asked?: MailEdition,
): Promise<Composed[]> {
  const day = await newestEditionDay(press.db, today(press));
  const composed: Composed[] = [];
  for (const one of due) {
    const edition = asked ?? editionFor(one, day, now);
    const isAlert = one.kind === 'alert';
    const candidates = [];
    for (const topic of edition === undefined ? [] : one.topics) {
      candidates.push({ topic, papers: edition === undefined ? [] : await lists.list(topic, edition, isAlert) });
    }
    composed.push({ due: one, edition, lists: candidates });
  }
  return composed;
}

/** No day has an edition before the first papers come in. */
function editionFor(due: DueSubscription, newest: string | undefined, now: number): MailEdition | undefined {
  if (newest === undefined) return undefined;
  return due.frequency === 'weekly' ? weeklyEdition(due, now) : dailyEdition(newest);
}

async function writeBatch(trx: Trx, composed: readonly Composed[], now: number): Promise<number> {
  await lockOutbox(trx);
  await overtakeOlder(trx, composed);
  const memory = await remember(trx, composed, now);
  const mails: DigestMail[] = [];
  const dueAgain = nextDueAfter(now);
  for (const one of composed) {
    // Another process was faster, or the reader has changed it: then there is nothing to write.
    if (!(await moveOn(trx, one.due, dueAgain(one.due)))) continue;
    const mail = mailOf(one, memory, now);
    if (mail !== undefined) mails.push(mail);
  }
  await addMails(trx, mails);
  return mails.filter(({ state }) => state === 'waiting').length;
}

/** After an outage of days only the newest edition is sent; it has what the older ones would have had. */
async function overtakeOlder(trx: Trx, composed: readonly Composed[]): Promise<void> {
  const labels = Map.groupBy(composed, ({ edition }) => edition?.label);
  for (const [label, of] of labels) {
    if (label === undefined) continue;
    await overtake(
      trx,
      of.map(({ due }) => due.id),
      label,
    );
  }
}

/** What the subscribers of a batch had before. */
export interface Memory {
  /** Papers by subscriber. */
  sent: Map<string, Set<PaperId>>;
  /** By subscription: the last that was sent or is to be, or had nothing to say. */
  last: Map<string, EarlierMail>;
  /** Subscriptions with mails that nobody got. */
  missed: Set<string>;
  /** `subscription edition` */
  editions: Set<string>;
}

export async function remember(trx: Trx, composed: readonly Composed[], now: number): Promise<Memory> {
  const subscribers = [...new Set(composed.map(({ due }) => due.subscriber.id))];
  const memory: Memory = { sent: new Map(), last: new Map(), missed: new Set(), editions: new Set() };
  for (const id of subscribers) memory.sent.set(id, new Set());
  for (const earlier of await listEarlier(trx, subscribers, now - REMEMBERED_MS)) {
    memory.editions.add(`${earlier.subscription_id} ${earlier.edition}`);
    if (isMissed(earlier)) {
      memory.missed.add(earlier.subscription_id);
      continue;
    }
    // A clock that was ahead wrote some that are still to come: papers of today are new all the same.
    if (earlier.created_at <= now) memory.last.set(earlier.subscription_id, earlier);
    const sent = memory.sent.get(earlier.subscriber_id);
    for (const id of paperIdsOf(earlier.papers)) sent?.add(id);
  }
  return memory;
}

/** Nobody got it, so what it had is still new. A mail that was skipped for having nothing has no error. */
function isMissed({ state, last_error }: EarlierMail): boolean {
  return state === 'failed' || (state === 'skipped' && last_error !== null);
}

/** When a subscriber last had what was new; since they subscribed where no mail has reached them. */
function lastMailAt({ id, createdAt }: DueSubscription, { last, missed }: Memory): number | undefined {
  return last.get(id)?.created_at ?? (missed.has(id) ? createdAt : undefined);
}

/** Undefined where this edition was written down before, or there is none. What is chosen counts as sent from now on. */
export function mailOf({ due, edition, lists }: Composed, memory: Memory, now: number): DigestMail | undefined {
  if (edition === undefined || memory.editions.has(`${due.id} ${edition.label}`)) return undefined;
  const sent = memory.sent.get(due.subscriber.id) ?? new Set();
  const picks: ChosenPaper[] = choose(lists, {
    edition,
    isAlert: due.kind === 'alert',
    most: due.most,
    sent: due.repeats ? new Set() : sent,
    lastMailAt: lastMailAt(due, memory),
  });
  for (const { id } of picks) sent.add(id);
  const isWanted = picks.length > 0 || due.evenIfEmpty;
  return {
    id: mailIdOf(due.id, edition.label),
    subscription_id: due.id,
    subscriber_id: due.subscriber.id,
    edition: edition.label,
    state: isWanted ? 'waiting' : 'skipped',
    papers: writeContents(picks),
    created_at: now,
    due_at: isWanted ? now : null,
    attempts: 0,
    unanswered: 0,
    last_error: null,
    sent_at: null,
  };
}
