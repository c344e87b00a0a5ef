/** Vectors in a byte for each number: a direction needs no more, and its length is divided out when it is read. */

/** The largest number becomes 127. What is all zeros stays so. */
export function packVector(vector: Float32Array, out = new Int8Array(vector.length)): Int8Array {
  let largest = 0;
  for (const value of vector) largest = Math.max(largest, Math.abs(value));
  const factor = largest === 0 ? 0 : 127 / largest;
  for (let k = 0; k < vector.length; k++) out[k] = Math.round((vector[k] as number) * factor);
  return out;
}
