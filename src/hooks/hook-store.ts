/** SQL on hooks, and on what each was told of. */

import { sql } from 'kysely';
import type { Selectable } from 'kysely';
import { inList, inNumbers } from '#platform/db/in-list.ts';
import { dialectOf } from '#platform/db/open.ts';
import { selectRows } from '#platform/db/rows.ts';
import type { Db, Trx } from '#schema.ts';
import type { DeliveryKind, Hook, HookEvent } from './hook.ts';
import type { HookTable } from './table.ts';

export async function findHook(db: Db, id: string): Promise<Hook | undefined> {
  const row = await db.selectFrom('hooks').selectAll().where('id', '=', id).executeTakeFirst();
  return row && toHook(row);
}

export interface ListedHook extends Hook {
  /** As in addresses; undefined for the site's own, and where the account is gone. */
  ownerName: string | undefined;
}

/** Oldest first; of everybody where no owner is named. */
export async function listHooks(db: Db, ownerId?: string): Promise<ListedHook[]> {
  let query = db
    .selectFrom('hooks')
    .leftJoin('users', (join) => join.onRef('users.id', '=', 'hooks.owner_id').on('users.deleted_at', 'is', null))
    .selectAll('hooks')
    .select('users.name as owner_name')
    .orderBy('hooks.created_at')
    .orderBy('hooks.id');
  if (ownerId !== undefined) query = query.where('owner_id', '=', ownerId);
  return (await query.execute()).map((row) => ({ ...toHook(row), ownerName: row.owner_name ?? undefined }));
}

/** Those that are on, of people who may write. With the change of papers up to which each has searched. */
export async function listActiveHooks(db: Db): Promise<(Hook & { searchedChange: number })[]> {
  const rows = await db
    .selectFrom('hooks')
    .leftJoin('users', 'users.id', 'hooks.owner_id')
    .selectAll('hooks')
    .where('off_at', 'is', null)
    .where('users.banned_at', 'is', null)
    .where('users.deleted_at', 'is', null)
    .orderBy('hooks.id')
    .execute();
  return rows.map((row) => ({ ...toHook(row), searchedChange: row.searched_change }));
}

export async function insertHook(trx: Trx, hook: Hook): Promise<void> {
  const { id, url, format, events, search, top, secret, since } = hook;
  await trx
    .insertInto('hooks')
    .values({
      id,
      url,
      format,
      search,
      top,
      secret,
      since,
      events: JSON.stringify(events),
      owner_id: hook.ownerId,
      old_secret: hook.oldSecret,
      old_secret_until: hook.oldSecretUntil,
      created_at: hook.createdAt,
      off_at: hook.offAt,
      off_reason: hook.offReason,
      failures: hook.failures,
      searched_change: -1,
    })
    .execute();
}

export async function updateHook(db: Db, id: string, change: Partial<Omit<HookTable, 'id'>>): Promise<void> {
  await db.updateTable('hooks').set(change).where('id', '=', id).execute();
}

export async function deleteHook(db: Db, id: string): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await trx.deleteFrom('hook_deliveries').where('hook_id', '=', id).execute();
    await trx.deleteFrom('hook_told').where('hook_id', '=', id).execute();
    await trx.deleteFrom('hooks').where('id', '=', id).execute();
  });
}

/** The hooks of accounts that were deleted go with them. */
export async function listOrphans(db: Db): Promise<string[]> {
  const rows = await db
    .selectFrom('hooks')
    .innerJoin('users', 'users.id', 'hooks.owner_id')
    .select('hooks.id')
    .where('users.deleted_at', 'is not', null)
    .execute();
  return rows.map(({ id }) => id);
}

export interface Told {
  hookId: string;
  kind: DeliveryKind;
}

/** `at`: epoch ms. */
export interface Telling extends Told {
  at: number;
}

/** Those of `subjects` that the hook was not told of. */
export async function listUntold(db: Db, { hookId, kind }: Told, subjects: readonly string[]): Promise<Set<string>> {
  if (subjects.length === 0) return new Set();
  const rows = await db
    .selectFrom('hook_told')
    .select('subject')
    .where('hook_id', '=', hookId)
    .where('kind', '=', kind)
    .where(inList(dialectOf(db), 'subject', subjects))
    .execute();
  const told = new Set(rows.map(({ subject }) => subject));
  return new Set(subjects.filter((subject) => !told.has(subject)));
}

/** Remembers that the hook is told of these; gives those back that nobody told it of before, or at the same time. */
export async function markTold(
  trx: Trx,
  { hookId, kind, at }: Telling,
  subjects: readonly string[],
): Promise<Set<string>> {
  if (subjects.length === 0) return new Set();
  const rows = subjects.map((subject) => ({ hook_id: hookId, kind, subject, told_at: at }));
  const columns = { hook_id: 'text', kind: 'text', subject: 'text', told_at: 'bigint' } as const;
  const { rows: added } = await sql<{ subject: string }>`insert into hook_told (hook_id, kind, subject, told_at)
    ${selectRows(dialectOf(trx), columns, rows)} on conflict do nothing returning subject`.execute(trx);
  return new Set(added.map(({ subject }) => subject));
}

/** What hooks were told of before `before` (epoch ms), but for the subjects in `except`. */
export async function deleteTold(
  db: Db,
  kind: DeliveryKind,
  { before, except }: { before: number; except: readonly string[] },
): Promise<void> {
  await db
    .deleteFrom('hook_told')
    .where('kind', '=', kind)
    .where('told_at', '<', before)
    .where((e) => e.not(inList(dialectOf(db), 'subject', except)))
    .execute();
}

/** Of the papers with these row numbers: those that came in at `since` or later and of which the hook was not told. */
export async function listNewMatches(
  db: Db,
  hookId: string,
  since: number,
  seqs: readonly number[],
): Promise<number[]> {
  if (seqs.length === 0) return [];
  const rows = await db
    .selectFrom('papers')
    .leftJoin('hook_told', (join) =>
      join
        .onRef('hook_told.subject', '=', 'papers.id')
        .on('hook_told.hook_id', '=', hookId)
        .on('hook_told.kind', '=', 'search.match'),
    )
    .select('papers.seq')
    .where(inNumbers(dialectOf(db), 'papers.seq', seqs))
    .where('papers.first_seen_at', '>=', since)
    .where('papers.hidden_at', 'is', null)
    .where('hook_told.subject', 'is', null)
    .execute();
  const found = new Set(rows.map(({ seq }) => seq));
  return seqs.filter((seq) => found.has(seq));
}

function toHook(row: Selectable<HookTable>): Hook {
  return {
    id: row.id,
    ownerId: row.owner_id,
    url: row.url,
    format: row.format,
    events: JSON.parse(row.events) as HookEvent[],
    search: row.search,
    top: row.top,
    secret: row.secret,
    oldSecret: row.old_secret,
    oldSecretUntil: row.old_secret_until,
    createdAt: row.created_at,
    since: row.since,
    offAt: row.off_at,
    offReason: row.off_reason,
    failures: row.failures,
  };
}
