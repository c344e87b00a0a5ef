/** A model that knows two subjects, for tests of what is done with vectors. */

import type { Vectors } from '#search/vectors/vectors.ts';
import type { Db } from '#schema.ts';

/** Meaning in two dimensions: how much a text is about animals, and how much about the weather. */
function meaningOf(text: string): Float32Array {
  const animals = (text.match(/cat|dog|feline|pet/gi) ?? []).length;
  const weather = (text.match(/rain|storm|weather/gi) ?? []).length;
  const length = Math.hypot(animals, weather) || 1;
  return Float32Array.of(animals / length, weather / length);
}

/** Of what is stored now. */
export async function toyVectors(db: Db): Promise<Vectors> {
  const rows = await db.selectFrom('papers').select(['seq', 'title']).execute();
  const vectors = new Map(rows.map(({ seq, title }) => [seq, meaningOf(title)]));
  const dot = (a: Float32Array, b: Float32Array) => a.reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0);
  const cosine = (vector: Float32Array, seq: number) => dot(vector, vectors.get(seq) ?? new Float32Array(2));
  return {
    encode: meaningOf,
    cosines: (vector, seqs) => Float32Array.from(seqs, (seq) => cosine(vector, seq)),
    closeness: (seqs) =>
      Float32Array.from(
        Array.from(seqs).flatMap((one) =>
          Array.from(seqs, (other) => (one === other ? 0 : cosine(vectors.get(one) ?? new Float32Array(2), other))),
        ),
      ),
    vectorOf: (seq) => vectors.get(seq),
    nearest(vector, limit, accepted) {
      const near = [...vectors.keys()]
        .filter((seq) => accepted === undefined || accepted[seq] === 1)
        .toSorted((a, b) => cosine(vector, b) - cosine(vector, a) || b - a)
        .slice(0, limit);
      return Int32Array.from(near);
    },
  };
}
