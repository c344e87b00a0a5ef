/** What an index in memory has to tell of itself so that it can be saved to a file and read from it again. */

export type Numbers = Uint8Array | Int8Array | Uint16Array | Uint32Array | Int32Array | Float32Array;
export type Arrays = Record<string, Numbers>;

/** How an index is taken apart and put together. What is put together answers as what was taken apart, and grows alike. */
export interface Shape<Index> {
  /** Whatever is in no array; goes through JSON. */
  facts(index: Index): unknown;
  /**
   * Its arrays themselves, no copies: they are asked for again and again while they are written, because a question may
   * make memory grow, and then they lie elsewhere.
   */
  arrays(index: Index): Arrays;
  /** `bytes` says how long each array was. */
  make(facts: unknown, bytes: Record<string, number>): Made<Index>;
}

export interface Made<Index> {
  /** To be filled with what was saved under their names. */
  arrays: Arrays;
  /** The index, once they are. */
  finish(): Index;
}

/** The arrays of a part among those of a whole. */
export function within(part: string, arrays: Arrays): Arrays {
  return Object.fromEntries(Object.entries(arrays).map(([name, array]) => [`${part}.${name}`, array]));
}

/** What is said of the arrays of a part by what is said of those of the whole. */
export function sizesWithin(part: string, bytes: Record<string, number>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(bytes)
      .filter(([name]) => name.startsWith(`${part}.`))
      .map(([name, size]) => [name.slice(part.length + 1), size]),
  );
}
