/** Says in one line what is wrong with the storage, where an operator can mend it. */

import { AppError } from '#platform/errors.ts';

/** Primary result codes, https://www.sqlite.org/rescode.html */
const SQLITE_PROBLEMS: Record<number, string> = {
  5: 'the database is busy in another process',
  8: 'the database is read-only',
  10: 'the disk reported an error',
  11: 'the database file is damaged',
  13: 'the disk is full',
  14: 'the database file cannot be opened (may this user write to its folder?)',
  26: 'the file is not a database',
};

const SYSTEM_PROBLEMS: Record<string, string> = {
  ENOSPC: 'the disk is full',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the disk is read-only',
  ENOTDIR: 'a part of the path is not a folder',
  EEXIST: 'a file is in the way of a folder',
  ECONNREFUSED: 'the database server does not answer',
  ECONNRESET: 'the database server ended the connection',
  ETIMEDOUT: 'the database server does not answer',
  ENOTFOUND: 'the database server is not known by that name',
  '28000': 'the database does not let this user in',
  '28P01': 'the database refused the password',
  '3D000': 'there is no database of that name',
  '42501': 'this user may not do that in the database; it should own it',
  '53100': 'the disk of the database server is full',
  '53300': 'the database server has no connection left',
  '57P01': 'the database server is shutting down',
  '57P02': 'the database server has crashed',
  '57P03': 'the database server is starting',
};

/** What pg says of a connection that was cut under a statement, or before it; these errors have no code. */
const CUT = /^(?:Connection terminated|Client has encountered a connection error|Client was closed)/;

/** A readable reason, or undefined if the error is not about storage. */
export function explainStorage(error: unknown): string | undefined {
  const { errcode, code } = error as { errcode?: number; code?: string };
  if (typeof errcode === 'number') return SQLITE_PROBLEMS[errcode & 0xff];
  if (typeof code === 'string') return SYSTEM_PROBLEMS[code];
  return error instanceof Error && CUT.test(error.message) ? SYSTEM_PROBLEMS['ECONNRESET'] : undefined;
}

/** Wraps a storage failure as an AppError that names the place; gives other errors back unchanged. */
export function asStorageError(error: unknown, place: string): unknown {
  const reason = explainStorage(error);
  return reason === undefined ? error : new AppError('upstream', `Cannot use ${place}: ${reason}.`, { cause: error });
}

/** SQLITE_CONSTRAINT_UNIQUE and …_PRIMARYKEY; PostgreSQL's unique_violation. */
const UNIQUE = new Set<unknown>([2067, 1555, '23505']);

/** Whether a row was refused because another one has its key: somebody else was faster. */
export function isUniqueViolation(error: unknown): boolean {
  const { errcode, code } = error as { errcode?: number; code?: string };
  return UNIQUE.has(errcode ?? code);
}
