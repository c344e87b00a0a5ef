/** People: who they are, how they sign in, and what waits to be mailed to them. */

import { sql } from 'kysely';
import type { ColumnDefinitionBuilder, CreateTableBuilder, Kysely } from 'kysely';
import { dialectOf } from '#platform/db/open.ts';

type AnyDb = Kysely<any>; // oxlint-disable-line typescript/no-explicit-any -- a migration knows only the tables of its time

export async function up(db: AnyDb): Promise<void> {
  await createUsers(db);
  await createSignIn(db);
  await createPasskeys(db);
  await createTokens(db);
  await createMails(db);
}

/** Names sort by code point on both databases. */
function text(db: AnyDb) {
  return dialectOf(db) === 'postgres' ? sql`text collate "C"` : sql`text`;
}

const required = (c: ColumnDefinitionBuilder) => c.notNull();
const key = (c: ColumnDefinitionBuilder) => c.primaryKey();
/** Of a user; rows of users are never deleted, see DECISIONS.md. */
const ofUser = (c: ColumnDefinitionBuilder) => c.notNull().references('users.id');

async function createUsers(db: AnyDb): Promise<void> {
  await db.schema
    .createTable('users')
    .addColumn('id', text(db), key)
    .addColumn('name', text(db), (c) => c.notNull().unique())
    .addColumn('full_name', 'text')
    .addColumn('email', text(db), (c) => c.unique())
    .addColumn('email_verified', 'integer', required)
    .addColumn('role', 'text', required)
    .addColumn('created_at', 'bigint', required)
    .addColumn('updated_at', 'bigint', required)
    .addColumn('banned_at', 'bigint')
    .addColumn('ban_reason', 'text')
    .addColumn('deleted_at', 'bigint')
    .execute();
  await db.schema
    .createTable('invitations')
    .addColumn('email', text(db), key)
    .addColumn('invited_by', text(db), (c) => c.references('users.id'))
    .addColumn('created_at', 'bigint', required)
    .execute();
}

async function createSignIn(db: AnyDb): Promise<void> {
  await timed(db, 'sessions')
    .addColumn('user_id', text(db), ofUser)
    .addColumn('token', text(db), (c) => c.notNull().unique())
    .addColumn('expires_at', 'bigint', required)
    .addColumn('ip_address', 'text')
    .addColumn('user_agent', 'text')
    .execute();
  await db.schema.createIndex('sessions_user').on('sessions').column('user_id').execute();
  await timed(db, 'provider_accounts')
    .addColumn('user_id', text(db), ofUser)
    .addColumn('provider_id', text(db), required)
    .addColumn('account_id', text(db), required)
    .addColumn('access_token', 'text')
    .addColumn('refresh_token', 'text')
    .addColumn('id_token', 'text')
    .addColumn('access_token_expires_at', 'bigint')
    .addColumn('refresh_token_expires_at', 'bigint')
    .addColumn('scope', 'text')
    .addColumn('password', 'text')
    .addUniqueConstraint('provider_accounts_key', ['provider_id', 'account_id'])
    .execute();
  await db.schema.createIndex('provider_accounts_user').on('provider_accounts').column('user_id').execute();
  await timed(db, 'verifications')
    .addColumn('identifier', text(db), required)
    .addColumn('value', 'text', required)
    .addColumn('expires_at', 'bigint', required)
    .execute();
  await db.schema.createIndex('verifications_identifier').on('verifications').column('identifier').execute();
  await db.schema.createIndex('verifications_expiry').on('verifications').column('expires_at').execute();
}

async function createPasskeys(db: AnyDb): Promise<void> {
  await db.schema
    .createTable('passkeys')
    .addColumn('id', text(db), key)
    .addColumn('user_id', text(db), ofUser)
    .addColumn('name', 'text')
    .addColumn('credential_id', text(db), (c) => c.notNull().unique())
    .addColumn('public_key', 'text', required)
    .addColumn('counter', 'bigint', required)
    .addColumn('device_type', 'text', required)
    .addColumn('backed_up', 'integer', required)
    .addColumn('transports', 'text')
    .addColumn('aaguid', 'text')
    .addColumn('created_at', 'bigint')
    .execute();
  await db.schema.createIndex('passkeys_user').on('passkeys').column('user_id').execute();
}

async function createTokens(db: AnyDb): Promise<void> {
  await db.schema
    .createTable('access_tokens')
    .addColumn('id', text(db), key)
    .addColumn('user_id', text(db), ofUser)
    .addColumn('name', 'text', required)
    .addColumn('scope', 'text', required)
    .addColumn('hash', text(db), (c) => c.notNull().unique())
    .addColumn('created_at', 'bigint', required)
    .addColumn('last_used_at', 'bigint')
    .execute();
  await db.schema.createIndex('access_tokens_user').on('access_tokens').column('user_id').execute();
}

async function createMails(db: AnyDb): Promise<void> {
  await db.schema
    .createTable('account_mails')
    .addColumn('id', text(db), key)
    .addColumn('kind', 'text', required)
    .addColumn('email', text(db), required)
    .addColumn('user_id', text(db), (c) => c.references('users.id'))
    .addColumn('origin', 'text', required)
    .addColumn('next_path', 'text', required)
    .addColumn('created_at', 'bigint', required)
    .addColumn('due_at', 'bigint', required)
    .addColumn('attempts', 'integer', required)
    .addColumn('last_error', 'text')
    .execute();
  await db.schema.createIndex('account_mails_due').on('account_mails').column('due_at').execute();
}

function timed(db: AnyDb, table: string): CreateTableBuilder<string, string> {
  return db.schema
    .createTable(table)
    .addColumn('id', text(db), key)
    .addColumn('created_at', 'bigint', required)
    .addColumn('updated_at', 'bigint', required) as CreateTableBuilder<string, string>;
}
