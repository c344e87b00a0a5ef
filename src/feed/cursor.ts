/** Page cursors: opaque in an address, checked when they come back. */

import { z } from 'zod';
import { isDay } from '#platform/day.ts';
import { AppError } from '#platform/errors.ts';
import { packNumbers, unpackNumbers } from './packed-numbers.ts';

/** Whatever reaches the database is checked here: forged marks are answered, not passed on. */
const day = z.string().refine(isDay);
const id = z
  .string()
  .max(200)
  .regex(/^[^\p{Cc}]*$/u);
const position = z.int().nonnegative().max(1e9);
const flag = z.union([z.literal(0), z.literal(1)]);
const textFlag = z.enum(['0', '1']);

/** Where a page of days ended: in which part, and after what. */
const daysCursor = z.union([
  z.tuple([z.literal('s'), day, position]), // submitted
  z.tuple([z.literal('a'), day, id]), // announced
]);
/** Where an edition's page ended: those with votes come first. */
const editionCursor = z.union([
  z.tuple([z.literal('v'), position, flag, day, position, id]), // votes, whether announced, place
  daysCursor,
]);
/** Where a list by date ended. */
const dateCursor = z.tuple([z.literal('d'), day, id]);
/** Where a search by date ended: whether it has papers with every word only, day (since 1970-01-01), row number. */
const matchDayCursor = z.tuple([z.literal('k'), flag, z.int().min(-1e6).max(1e6), position]);
/**
 * What a search has shown: whether some paper had every word, whether some are from elsewhere than arXiv, row numbers.
 * It is not written as JSON, in which the numbers would be four times as long.
 */
const matchCursor = z.tuple([
  z.literal('m'),
  textFlag,
  textFlag,
  z
    .string()
    .max(5000)
    .transform((text) => unpackNumbers(text) ?? [-1])
    .pipe(z.array(position)),
]);
/** Where a trending list ended: what it is ordered by besides (a count, a day), where the paper stands, row number. */
const standing = [z.int(), z.int().nonnegative()] as const;
const standingCursor = z.tuple([z.literal('t'), ...standing]);
const standingDayCursor = z.tuple([z.literal('n'), day, ...standing]);
const standingCountCursor = z.tuple([z.literal('c'), position, ...standing]);

/** Where a list of what people say ended: when, and which. */
const saidCursor = z.tuple([z.literal('w'), z.int().nonnegative(), id]);

export const cursors = {
  said: saidCursor,
  edition: editionCursor,
  days: daysCursor,
  date: dateCursor,
  match: matchCursor,
  matchDay: matchDayCursor,
  standing: standingCursor,
  standingDay: standingDayCursor,
  standingCount: standingCountCursor,
};

export type DaysCursor = z.infer<typeof daysCursor>;
export type EditionCursor = z.infer<typeof editionCursor>;
export type SaidCursor = z.infer<typeof saidCursor>;
export type DateCursor = z.infer<typeof dateCursor>;
export type MatchCursor = z.infer<typeof matchCursor | typeof matchDayCursor>;
export type StandingCursor = z.infer<typeof standingCursor | typeof standingDayCursor | typeof standingCountCursor>;

export function encodeCursor(cursor: EditionCursor | DateCursor | MatchCursor | StandingCursor | SaidCursor): string {
  if (cursor[0] === 'm') return [...cursor.slice(0, -1), packNumbers(cursor[3])].join('.');
  return Buffer.from(JSON.stringify(cursor)).toString('base64url');
}

/** Throws AppError 'invalid' for anything that we did not make ourselves for this kind of list. */
export function decodeCursor<T>(kind: z.ZodType<T>, text: string): T {
  try {
    const parts: unknown = text.includes('.')
      ? text.split('.')
      : JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    const result = kind.safeParse(parts);
    if (result.success) return result.data;
  } catch {
    // Not even JSON: the same answer as for JSON of another shape.
  }
  throw foreignMark();
}

export function foreignMark(): AppError {
  return new AppError('invalid', 'This address has a page mark (after=…) that is not one of ours.', {
    hint: 'Leave "after" out to see the first page. Each page links to the next with a mark that holds for its own order only.',
  });
}
