/** Lines through measured points, by least squares. */

type Point = readonly [x: number, y: number];

export function slope(points: readonly Point[]): number {
  const mean = (of: (point: Point) => number) => points.reduce((sum, point) => sum + of(point), 0) / points.length;
  const [x, y] = [mean(([at]) => at), mean(([, value]) => value)];
  return mean(([at, value]) => (at - x) * (value - y)) / mean(([at]) => (at - x) ** 2);
}

/** The power of x with which y grows: 1 for twice as much at twice the size, 0 for no growth. */
export function exponent(points: readonly Point[]): number {
  return slope(points.map(([x, y]) => [Math.log(x), Math.log(y)]));
}
