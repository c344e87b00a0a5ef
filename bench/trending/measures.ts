/** How well one order foretells another, where the first may leave papers level. */

/** One paper: what an order gives it (higher is better), and what became of it. */
export interface Pair {
  score: number;
  late: number;
}

/**
 * NDCG of the first `depth` places; the gain is the late number itself. Papers that the order leaves level share the
 * gain of their places, which is what shuffling them brings on average. Undefined where nothing was to be gained.
 */
export function ndcg(pairs: readonly Pair[], depth: number): number | undefined {
  const ideal = discounted(
    pairs.map(({ late }) => late).toSorted((a, b) => b - a),
    depth,
  );
  if (ideal === 0) return undefined;
  const sorted = pairs.toSorted((a, b) => b.score - a.score);
  const gains: number[] = [];
  while (gains.length < sorted.length) {
    const score = sorted[gains.length]?.score;
    const level = sorted.filter((pair) => pair.score === score);
    const mean = level.reduce((sum, { late }) => sum + late, 0) / level.length;
    gains.push(...level.map(() => mean));
  }
  return discounted(gains, depth) / ideal;
}

function discounted(gains: readonly number[], depth: number): number {
  return gains.slice(0, depth).reduce((sum, gain, index) => sum + gain / Math.log2(index + 2), 0);
}

export interface Tau {
  /**
   * Kendall's τ of the order as a page prints it: of all pairs that the late numbers tell apart, the share put the right
   * way round less the share put the wrong way round. A pair that the order leaves level is worth nothing, as a coin is.
   */
  tau: number;
  /** τ-b, which takes pairs that the order leaves level out of the reckoning instead. */
  tauB: number;
}

/** Undefined where all late numbers are the same. */
export function kendall(pairs: readonly Pair[]): Tau | undefined {
  let agreement = 0;
  let toldApart = 0;
  let ordered = 0;
  for (const [index, one] of pairs.entries()) {
    for (const other of pairs.slice(index + 1)) {
      const late = Math.sign(one.late - other.late);
      const score = Math.sign(one.score - other.score);
      agreement += late * score;
      toldApart += Math.abs(late);
      ordered += Math.abs(score);
    }
  }
  if (toldApart === 0) return undefined;
  return { tau: agreement / toldApart, tauB: ordered === 0 ? 0 : agreement / Math.sqrt(toldApart * ordered) };
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Of the mean, 95 %: from 4 000 draws with replacement, the same ones each time. */
export function bootstrap(values: readonly number[]): [number, number] {
  const random = draws(7);
  const means = Array.from({ length: 4_000 }, () =>
    mean(values.map(() => values[Math.floor(random() * values.length)] ?? 0)),
  ).toSorted((a, b) => a - b);
  return [means[99] ?? Number.NaN, means[3_899] ?? Number.NaN];
}

/** Mulberry32: small, and the same numbers everywhere. */
export function draws(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
