/** What breaks near-ties of a search, in memory: how many people voted for each paper, and which papers are withdrawn. */

import { setImmediate } from 'node:timers/promises';
import { listCounted } from '#discussion/tally-store.ts';
import type { CountedTo } from '#discussion/tally-store.ts';
import { listWithdrawn } from '#papers/store.ts';
import type { Clock } from '#platform/clock.ts';
import type { Merits, MeritSource } from '#search/merits.ts';
import type { Db } from '#schema.ts';

/** How far behind they may be. */
const FRESH_MS = 60_000;
/** Counts that were begun before another one and written after it are not older than this. */
const OVERLAP_MS = 60_000;
/** Papers a step: some 2 ms, after which other requests have their turn. */
const STEP = 1024;
const MOST_VOTES = 65_535;

/** The first to ask waits until all is read; later ones take what is there, which is read on beside them once a minute. */
export function followMerits(db: Db, clock: Clock): MeritSource {
  const merits: Merits = { votes: new Uint16Array(0), withdrawn: new Set() };
  let since = 0;
  let first: Promise<void> | undefined;
  let readAt = 0;

  async function read(): Promise<void> {
    readAt = clock.now();
    let to: CountedTo = { changedAt: since - OVERLAP_MS, paperId: '' };
    for (;;) {
      const rows = await listCounted(db, to, STEP);
      for (const { seq, votes } of rows) setVotes(merits, seq, votes);
      to = rows.at(-1) ?? to;
      since = Math.max(since, to.changedAt);
      if (rows.length < STEP) break;
      await setImmediate();
    }
    merits.withdrawn = new Set(await listWithdrawn(db));
  }

  return async () => {
    if (first === undefined) {
      first = read();
      // Whoever asks next begins anew.
      first.catch(() => (first = undefined));
    } else if (clock.now() - readAt >= FRESH_MS) {
      // If the database fails, the search's own queries say so.
      read().catch(() => undefined);
    }
    await first;
    return merits;
  };
}

function setVotes(merits: Merits, seq: number, votes: number): void {
  if (seq >= merits.votes.length) {
    if (votes === 0) return;
    const longer = new Uint16Array(Math.ceil((seq + 1) * 1.5));
    longer.set(merits.votes);
    merits.votes = longer;
  }
  merits.votes[seq] = Math.min(votes, MOST_VOTES);
}
