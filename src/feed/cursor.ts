/** Page cursors: opaque in an address, checked when they come back. */

import { z } from 'zod';
import { AppError } from '#platform/errors.ts';

/** Where an edition's page ended: in which part, and after what. */
const editionCursor = z.union([
  z.tuple([z.literal('s'), z.string(), z.number()]), // submitted: day, position
  z.tuple([z.literal('a'), z.string(), z.string()]), // announced: day, id
]);
/** Where a list by date ended: day, id. */
const dateCursor = z.tuple([z.literal('d'), z.string(), z.string()]);
/** Where a search ended: mode, score, id. */
const matchCursor = z.tuple([z.literal('m'), z.enum(['all', 'any']), z.number(), z.string()]);

export const cursors = { edition: editionCursor, date: dateCursor, match: matchCursor };

export type EditionCursor = z.infer<typeof editionCursor>;
export type DateCursor = z.infer<typeof dateCursor>;
export type MatchCursor = z.infer<typeof matchCursor>;

export function encodeCursor(cursor: EditionCursor | DateCursor | MatchCursor): string {
  return Buffer.from(JSON.stringify(cursor)).toString('base64url');
}

/** Throws AppError 'invalid' for anything that we did not make ourselves for this kind of list. */
export function decodeCursor<T>(kind: z.ZodType<T>, text: string): T {
  try {
    const result = kind.safeParse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')));
    if (result.success) return result.data;
  } catch {
    // Not even JSON: the same answer as for JSON of another shape.
  }
  throw new AppError('invalid', 'This address has a page mark (after=…) that is not one of ours.', {
    hint: `Leave "after" out to see the first page. A mark looks like after=${encodeCursor(['d', '2026-01-06', '2601.01234'])}.`,
  });
}
