/** Vectors in a byte for each number: a direction needs no more, and its length is divided out when it is read. */

/** The largest number becomes 127. What is all zeros stays so. */
export function packVector(vector: Float32Array, out = new Int8Array(vector.length)): Int8Array {
  let largest = 0;
  for (let k = 0; k < vector.length; k++) {
    const size = Math.abs(vector[k] as number);
    if (size > largest) largest = size;
  }
  const factor = largest === 0 ? 0 : 127 / largest;
  // `Math.round` is the same and takes ten times as long, which papers by the thousand feel.
  for (let k = 0; k < vector.length; k++) out[k] = Math.floor((vector[k] as number) * factor + 0.5);
  return out;
}
