/** The best few of many: a heap of fixed size with the worst of them on top. */

export interface Best {
  /** Returns the score below which nothing more is taken. */
  offer(item: number, score: number): number;
  /** Best first; of equal ones the higher number first. */
  take(): number[];
}

export function best(limit: number): Best {
  const items = new Float64Array(limit);
  const scores = new Float64Array(limit);
  let size = 0;

  function isWorse(a: number, b: number): boolean {
    const difference = (scores[a] as number) - (scores[b] as number);
    return difference < 0 || (difference === 0 && (items[a] as number) < (items[b] as number));
  }

  function swap(a: number, b: number): void {
    const item = items[a] as number;
    const score = scores[a] as number;
    items[a] = items[b] as number;
    scores[a] = scores[b] as number;
    items[b] = item;
    scores[b] = score;
  }

  function rise(at: number): void {
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!isWorse(at, parent)) return;
      swap(at, parent);
      at = parent;
    }
  }

  function sink(at: number): void {
    for (;;) {
      let child = 2 * at + 1;
      if (child >= size) return;
      if (child + 1 < size && isWorse(child + 1, child)) child++;
      if (!isWorse(child, at)) return;
      swap(at, child);
      at = child;
    }
  }

  return {
    offer(item, score) {
      if (size < limit) {
        items[size] = item;
        scores[size] = score;
        rise(size++);
        return size < limit ? -Infinity : (scores[0] as number);
      }
      const worst = scores[0] ?? Infinity;
      if (limit === 0 || score < worst || (score === worst && item < (items[0] as number))) return worst;
      items[0] = item;
      scores[0] = score;
      sink(0);
      return scores[0] as number;
    },
    take() {
      const order = Array.from({ length: size }, (_, index) => index).sort((a, b) => (isWorse(a, b) ? 1 : -1));
      return order.map((index) => items[index] as number);
    },
  };
}
