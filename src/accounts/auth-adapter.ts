/** better-auth on our own tables: its dates are our epoch milliseconds, and a new user is ours to make. */

import { createAdapterFactory } from 'better-auth/adapters';
import type { CleanedWhere, CustomAdapter } from 'better-auth/adapters';
import type { Kysely } from 'kysely';
import type { Trx } from '#schema.ts';
import type { AuthContext } from './accounts.ts';
import { addUser } from './add-user.ts';
import { mayRegister } from './registration.ts';
import { parseFullName, problemOfFullName } from './user.ts';

type Row = Record<string, unknown>;
// oxlint-disable-next-line typescript/no-explicit-any -- better-auth names tables and columns as text
type AnyDb = Kysely<any>;

/**
 * Names of tables and columns stand in auth.ts. better-auth reads the system's clock and ours is handed in, so
 * instants are moved by the difference on their way in and out.
 */
export function authAdapter(context: AuthContext) {
  const { clock } = context;
  const skew = () => clock.now() - Date.now();
  return createAdapterFactory({
    config: {
      adapterId: 'broadsheet',
      supportsBooleans: false,
      supportsNumericIds: false,
      supportsJSON: false,
      // Dates reach the two functions below as dates.
      supportsDates: true,
      // A transaction holds the only writing connection of SQLite, and better-auth writes outside of it meanwhile.
      transaction: false,
      customTransformInput: ({ data }) => (data instanceof Date ? data.getTime() + skew() : (data as unknown)),
      customTransformOutput: ({ data, fieldAttributes }) =>
        fieldAttributes.type === 'date' && typeof data === 'number' ? new Date(data - skew()) : (data as unknown),
    },
    adapter: ({ getFieldName }) => tables(context, getFieldName),
  });
}

type ColumnOf = (of: { model: string; field: string }) => string;

function tables(context: AuthContext, columnOf: ColumnOf): CustomAdapter {
  const any: AnyDb = context.db;
  return {
    create: async ({ model, data }) => {
      if (model === 'users') return (await createUser(context, data)) as unknown as typeof data;
      await any.insertInto(model).values(kept(model, data)).execute();
      return data;
    },
    findOne: async <T>({ model, where }: { model: string; where: CleanedWhere[] }) =>
      ((await matching(any.selectFrom(model).selectAll(), where).limit(1).executeTakeFirst()) ?? null) as T | null,
    findMany: async <T>({ model, where, limit, offset, sortBy }: Parameters<CustomAdapter['findMany']>[0]) => {
      let query = matching(any.selectFrom(model).selectAll(), where).limit(limit);
      if (sortBy !== undefined) query = query.orderBy(columnOf({ model, field: sortBy.field }), sortBy.direction);
      return (await (offset === undefined ? query : query.offset(offset)).execute()) as T[];
    },
    update: async <T>({ model, where, update }: { model: string; where: CleanedWhere[]; update: T }) =>
      ((await matching(any.updateTable(model).set(kept(model, update as Row)), where)
        .returningAll()
        .executeTakeFirst()) ?? null) as T | null,
    updateMany: async ({ model, where, update }) =>
      Number(
        (await matching(any.updateTable(model).set(kept(model, update)), where).executeTakeFirst()).numUpdatedRows,
      ),
    delete: async ({ model, where }) => void (await matching(any.deleteFrom(model), where).execute()),
    deleteMany: async ({ model, where }) =>
      Number((await matching(any.deleteFrom(model), where).executeTakeFirst()).numDeletedRows),
    // Of two that come with the same link one gets the row.
    consumeOne: async <T>({ model, where }: { model: string; where: CleanedWhere[] }) =>
      ((await matching(any.deleteFrom(model), where).returningAll().executeTakeFirst()) ?? null) as T | null,
    count: async ({ model, where }) => {
      const count = any.selectFrom(model).select((e) => e.fn.countAll().as('count'));
      return Number(((await matching(count, where).executeTakeFirst()) as { count: number }).count);
    },
  };
}

/** What a provider lets us do in somebody's name is of no use to us, so it is not kept. */
function kept(model: string, row: Row): Row {
  if (model !== 'provider_accounts') return row;
  return { ...row, access_token: null, refresh_token: null, id_token: null };
}

/**
 * A provider's picture is not kept: pages show none, and it would be fetched from another site. Nor is a name that nobody
 * could choose here, such as a mail address.
 */
async function createUser({ db, config, clock }: AuthContext, data: Row): Promise<Row> {
  const { id, email, full_name: told } = data as { id: string; email: string; full_name?: string | null };
  const name = parseFullName(told ?? '');
  const fullName = problemOfFullName(name, config.SITE_NAME) === undefined ? name : null;
  const mayBe = async (trx: Trx) => await mayRegister({ db: trx, config }, email);
  return { ...(await addUser(db, { id, email, fullName }, clock.now(), mayBe)) };
}

interface Filterable {
  where(column: string, operator: string, value: unknown): this;
}

const OPERATORS: Partial<Record<string, string>> = {
  eq: '=',
  ne: '<>',
  lt: '<',
  lte: '<=',
  gt: '>',
  gte: '>=',
  in: 'in',
  not_in: 'not in',
};

/** Fails on what the parts of better-auth that we use do not ask for, rather than finding too much. */
function matching<Q>(query: Q, where: readonly CleanedWhere[] = []): Q {
  let narrowed = query as Q & Filterable;
  for (const { field, operator, value, connector, mode } of where) {
    const sign = OPERATORS[operator ?? 'eq'];
    if (sign === undefined || connector === 'OR' || mode === 'insensitive')
      throw new Error(`the accounts' adapter does not know ${connector} ${operator} (${mode})`);
    const isNull = value === null;
    narrowed = narrowed.where(field, isNull ? (sign === '=' ? 'is' : 'is not') : sign, value);
  }
  return narrowed;
}
