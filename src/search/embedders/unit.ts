/** Vectors of length one, so that their product is their cosine. */

/** All zeros stay all zeros. */
export function unit(numbers: ArrayLike<number>): Float32Array {
  const vector = new Float32Array(numbers.length);
  // Squares of very large numbers would overflow, of very small ones vanish.
  let largest = 0;
  for (let at = 0; at < numbers.length; at++) largest = Math.max(largest, Math.abs(numbers[at] ?? 0));
  if (largest === 0) return vector;
  let square = 0;
  for (let at = 0; at < numbers.length; at++) square += ((numbers[at] ?? 0) / largest) ** 2;
  const length = Math.sqrt(square);
  for (let at = 0; at < numbers.length; at++) vector[at] = (numbers[at] ?? 0) / largest / length;
  return vector;
}
