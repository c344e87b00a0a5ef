/** What the rules of one comment share while it is read. */

export interface Environment extends Record<PropertyKey, unknown> {
  /** Lower-case names that somebody has -> the address of their profile. Other names stay text. */
  profiles: ReadonlyMap<string, string>;
  /** Formulas that may still be set; what is beyond is shown as its source, so that no comment can cost much. */
  formulas: number;
}

/** As in titles and abstracts (papers/tex/html.ts). */
export const MOST_FORMULAS = 200;
