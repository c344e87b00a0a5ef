/** What the rules of one comment share while it is read. */

export interface Environment extends Record<PropertyKey, unknown> {
  /** Lower-case names that somebody has -> the address of their profile. Other names stay text. */
  profiles: ReadonlyMap<string, string>;
  /** Formulas that may still be set; what is beyond is shown as its source, so that no comment can cost much. */
  formulas: number;
  /** Formulas as Unicode, where MathML is not known. */
  plainFormulas?: boolean;
  /** Characters of MathML that they may still take, for the same reason: one line of TeX can make 40 kB. */
  room: number;
}

/** As in titles and abstracts (papers/tex/html.ts). */
export const MOST_FORMULAS = 200;
/** Some 150 formulas of a report that is full of them. */
const FORMULA_ROOM = 40_000;

/**
 * What the formulas of a comment with so many characters may take. In a short one a matrix or two; fifty of those, full of
 * matrices, would make a page of 440 kB otherwise, in twice the time of three reports.
 */
export function formulaRoom(length: number): number {
  return Math.min(FORMULA_ROOM, 4_000 + 4 * length);
}

/** For those who read a comment and show nothing of it. */
export function nothingShown(): Environment {
  return { profiles: new Map(), formulas: 0, room: 0 };
}
