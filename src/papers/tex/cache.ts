/** Keeps the results of a pure function of a text, the most recently used ones, within a bound of memory. */

export interface TextCache {
  /** The value for `key`, made by `make` unless it is kept. */
  get(key: string, make: () => string): string;
  /** Characters held, keys included. */
  size(): number;
}

/** `maxSize` in characters; a single result larger than a tenth of it is not kept. */
export function createTextCache(maxSize: number): TextCache {
  // A Map iterates in the order of insertion: re-inserting what is used makes its first key the least recently used.
  const kept = new Map<string, string>();
  let size = 0;

  function drop(key: string, value: string): void {
    kept.delete(key);
    size -= key.length + value.length;
  }

  function keep(key: string, value: string): void {
    if (key.length + value.length > maxSize / 10) return;
    kept.set(key, value);
    size += key.length + value.length;
    for (const [oldest, held] of kept) {
      if (size <= maxSize) break;
      drop(oldest, held);
    }
  }

  return {
    get(key, make) {
      const found = kept.get(key);
      if (found !== undefined) drop(key, found);
      const value = found ?? make();
      keep(key, value);
      return value;
    },
    size: () => size,
  };
}
