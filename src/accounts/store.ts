/** SQL on people. */

import { sql } from 'kysely';
import { dialectOf } from '#platform/db/open.ts';
import { inList } from '#platform/db/in-list.ts';
import type { Db, Trx } from '#schema.ts';
import type { UserTable } from './table.ts';
import type { PublicUser, Role } from './user.ts';

/** PostgreSQL advisory lock. Any fixed number does. */
const LOCK_KEY = 7_146_004;

const PUBLIC_COLUMNS = ['id', 'name', 'full_name', 'role', 'created_at', 'banned_at', 'deleted_at'] as const;

/** What its owner and admins see besides. */
export interface User extends PublicUser {
  /** Null after deletion. */
  email: string | null;
  banReason: string | null;
}

/** People by id, those who deleted their account included; unknown ids are left out. One query. */
export async function findUsers(db: Db, ids: readonly string[]): Promise<Map<string, PublicUser>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('users')
    .select(PUBLIC_COLUMNS)
    .where(inList(dialectOf(db), 'users.id', [...new Set(ids)]))
    .execute();
  return new Map(rows.map((row) => [row.id, toPublicUser(row)]));
}

/** People by the name in their address, for mentions; deleted accounts have none. One query. */
export async function findUsersByName(db: Db, names: readonly string[]): Promise<Map<string, PublicUser>> {
  if (names.length === 0) return new Map();
  const rows = await db
    .selectFrom('users')
    .select(PUBLIC_COLUMNS)
    .where(inList(dialectOf(db), 'users.name', [...new Set(names)]))
    .where('deleted_at', 'is', null)
    .execute();
  return new Map(rows.map((row) => [row.name, toPublicUser(row)]));
}

export async function findUserByName(db: Db, name: string): Promise<PublicUser | undefined> {
  return (await findUsersByName(db, [name])).get(name);
}

export async function findUser(db: Db, id: string): Promise<User | undefined> {
  return await oneUser(db, 'id', id);
}

/** `email` in lower case. */
export async function findUserByEmail(db: Db, email: string): Promise<User | undefined> {
  return await oneUser(db, 'email', email);
}

/**
 * Who reads this mailbox (`mailboxOf`), by whatever address of it; where there are several of before, the oldest who is not
 * banned. One look-up by index: it is asked of every stranger's address.
 */
export async function findUserOfMailbox(db: Db, mailbox: string, exceptId = ''): Promise<User | undefined> {
  const at = mailbox.lastIndexOf('@');
  const [local, host] = [mailbox.slice(0, at), mailbox.slice(at)];
  const row = await selectUsers(db)
    .where((e) =>
      e.or([
        e('email', '=', mailbox),
        // A comma is what follows the plus.
        e.and([e('email', '>', `${local}+`), e('email', '<', `${local},`), e('email', 'like', `%${host}`)]),
      ]),
    )
    .where('id', '<>', exceptId)
    .orderBy((e) => e.case().when('banned_at', 'is', null).then(0).else(1).end())
    .orderBy('created_at')
    .limit(1)
    .executeTakeFirst();
  return row && toUser(row);
}

/** Everybody who has an account, oldest first. */
export async function listUsers(db: Db, limit: number): Promise<User[]> {
  const rows = await selectUsers(db).where('deleted_at', 'is', null).orderBy('created_at').limit(limit).execute();
  return rows.map(toUser);
}

/** Moderators and admins, banned ones too, oldest first. */
export async function listModerators(db: Db): Promise<User[]> {
  const rows = await selectUsers(db)
    .where('role', '<>', 'reader')
    .where('deleted_at', 'is', null)
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  return rows.map(toUser);
}

/** Who is banned, or was when they left; the last one first. */
export async function listBanned(db: Db, limit: number): Promise<User[]> {
  const rows = await selectUsers(db)
    .where('banned_at', 'is not', null)
    .orderBy('banned_at', 'desc')
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.map(toUser);
}

export async function countUsers(db: Db): Promise<number> {
  const row = await db
    .selectFrom('users')
    .select((e) => e.fn.countAll<number>().as('count'))
    .where('deleted_at', 'is', null)
    .executeTakeFirst();
  return Number(row?.count ?? 0);
}

/**
 * Until the transaction ends nobody else makes or ends an account, or changes a role or a ban: names, the first admin and
 * the last one are a matter of all accounts. Before other locks. On SQLite the transaction itself is that lock.
 */
export async function lockAccounts(trx: Trx): Promise<void> {
  if (dialectOf(trx) === 'postgres') await sql`select pg_advisory_xact_lock(${sql.lit(LOCK_KEY)})`.execute(trx);
}

/** Whether somebody besides is an admin who can act: neither deleted nor banned. */
export async function hasOtherAdmin(db: Db, exceptId: string): Promise<boolean> {
  const row = await db
    .selectFrom('users')
    .select('id')
    .where('role', '=', 'admin')
    .where('deleted_at', 'is', null)
    .where('banned_at', 'is', null)
    .where('id', '<>', exceptId)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** Whether one of these marks (`markOfBanned`) stands for somebody who was banned when they left. One look-up by index. */
export async function hasMark(db: Db, marks: readonly string[]): Promise<boolean> {
  const row = await db
    .selectFrom('users')
    .select('id')
    .where('email', 'in', [...marks])
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** Whether anybody else has an account. */
export async function hasOthers(db: Db, exceptId: string): Promise<boolean> {
  const row = await db
    .selectFrom('users')
    .select('id')
    .where('deleted_at', 'is', null)
    .where('id', '<>', exceptId)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** Whether there ever was an account. */
export async function hasUsers(db: Db): Promise<boolean> {
  return (await db.selectFrom('users').select('id').limit(1).executeTakeFirst()) !== undefined;
}

/** Throws the database's error if the name or the address is taken. */
export async function insertUser(trx: Trx, user: UserTable): Promise<void> {
  await trx.insertInto('users').values(user).execute();
}

export interface UserChange {
  name?: string;
  full_name?: string | null;
  email?: string;
  role?: Role;
  banned_at?: number | null;
  ban_reason?: string | null;
}

/** False if there is no such account. Throws the database's error if the name or the address is taken. */
export async function updateUser(db: Db, id: string, change: UserChange, now: number): Promise<boolean> {
  const updated = await db
    .updateTable('users')
    .set({ ...change, updated_at: now })
    .where('id', '=', id)
    .where('deleted_at', 'is', null)
    .executeTakeFirst();
  return updated.numUpdatedRows > 0n;
}

function selectUsers(db: Db) {
  return db.selectFrom('users').select([...PUBLIC_COLUMNS, 'email', 'ban_reason']);
}

async function oneUser(db: Db, column: 'id' | 'email', value: string): Promise<User | undefined> {
  const row = await selectUsers(db).where(column, '=', value).executeTakeFirst();
  return row && toUser(row);
}

type PublicRow = Pick<UserTable, (typeof PUBLIC_COLUMNS)[number]>;

export function toPublicUser(row: PublicRow): PublicUser {
  return {
    id: row.id,
    name: row.name,
    fullName: row.full_name,
    role: row.role,
    createdAt: row.created_at,
    bannedAt: row.banned_at,
    deletedAt: row.deleted_at,
  };
}

function toUser(row: PublicRow & Pick<UserTable, 'email' | 'ban_reason'>): User {
  return { ...toPublicUser(row), email: row.email, banReason: row.ban_reason };
}
