/** Saves what a source says of papers: new ones are added, known ones brought up to date, repeats change nothing. */

import { sql } from 'kysely';
import { dialectOf } from '#platform/db/open.ts';
import type { Trx } from '#schema.ts';
import { saveIndexRows } from './index-rows.ts';
import { mergeRow, newRow } from './merge.ts';
import type { PaperRow } from './merge.ts';
import type { PaperDraft, PaperId } from './paper.ts';
import { findRows, newestChange, saveOrganizations, upsertRows } from './store.ts';

export interface SaveCounts {
  added: number;
  changed: number;
  unchanged: number;
}

/** One writer of papers at a time, so that change numbers become visible in their order and no watermark skips one. */
const WRITER_LOCK = 7_146_002;

/**
 * Takes a transaction, so that a source can save its cursor in the same one.
 * A draft's id may repeat within `drafts`; they are merged in order. At most some 1000 drafts a call.
 */
export async function savePapers(trx: Trx, drafts: readonly PaperDraft[], now: number): Promise<SaveCounts> {
  await lockPapers(trx);
  const stored = await findRows(
    trx,
    drafts.map((draft) => draft.id),
  );
  const next = new Map<string, PaperRow>();
  for (const draft of drafts) {
    const before = next.get(draft.id) ?? stored.get(draft.id);
    next.set(draft.id, before ? mergeRow(before, draft) : newRow(draft, now));
  }
  const written = [...next.values()].filter((row) => !same(row, stored.get(row.id)));
  const added = written.filter((row) => !stored.has(row.id)).length;
  if (written.length > 0) {
    const first = (await newestChange(trx)) + 1;
    await saveOrganizations(
      trx,
      drafts.flatMap((draft) => draft.organization ?? []),
    );
    await upsertRows(
      trx,
      written.map((row, index) => ({ ...row, change_no: first + index })),
    );
    await saveIndexRows(trx, written, stored);
  }
  return { added, changed: written.length - added, unchanged: drafts.length - written.length };
}

/**
 * Changes a stored paper by a person's doing, not a source's; whoever derives something from papers learns of it as of
 * any change. Takes `lockPapers`. False if there is no such paper; a change to what is there already writes nothing.
 */
export async function changePaper(trx: Trx, id: PaperId, change: Partial<PaperRow>): Promise<boolean> {
  await lockPapers(trx);
  const stored = await findRows(trx, [id]);
  const before = stored.get(id);
  if (before === undefined) return false;
  const row: PaperRow = { ...before, ...change };
  if (same(row, before)) return true;
  await upsertRows(trx, [{ ...row, change_no: (await newestChange(trx)) + 1 }]);
  await saveIndexRows(trx, [row], stored);
  return true;
}

/** Until the transaction ends nobody else writes papers. On SQLite the transaction itself is that lock. */
export async function lockPapers(trx: Trx): Promise<void> {
  if (dialectOf(trx) === 'postgres') await sql`select pg_advisory_xact_lock(${sql.lit(WRITER_LOCK)})`.execute(trx);
}

/** Until the transaction ends no paper changes: whoever writes papers waits for all who hold them. */
export async function holdPapers(trx: Trx): Promise<void> {
  if (dialectOf(trx) === 'postgres')
    await sql`select pg_advisory_xact_lock_shared(${sql.lit(WRITER_LOCK)})`.execute(trx);
}

function same(row: PaperRow, stored: PaperRow | undefined): boolean {
  if (stored === undefined) return false;
  return (Object.keys(row) as (keyof PaperRow)[]).every((column) => row[column] === stored[column]);
}
