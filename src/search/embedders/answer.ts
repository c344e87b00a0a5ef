/** Vectors out of a model server's answer, which is not trusted. */

import { z } from 'zod';
import { unit } from './unit.ts';

/** Servers that have answered in order since ever leave the index out. `z.number()` takes finite ones only. */
const answerShape = z.object({
  data: z.array(z.object({ index: z.int().optional(), embedding: z.array(z.number()).min(1) })),
});

/** In the order of the texts, of unit length. A text in place of vectors says what is wrong with them. */
export function readVectors(json: unknown, count: number): Float32Array[] | string {
  const parsed = answerShape.safeParse(json);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return `its answer is not in OpenAI's form (${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'unknown'})`;
  }
  const { data } = parsed.data;
  if (data.length !== count) return `it made ${data.length} vectors of ${count} texts`;
  const vectors: (Float32Array | undefined)[] = Array.from({ length: count });
  for (const [place, { index = place, embedding }] of data.entries()) {
    if (index < 0 || index >= count || vectors[index] !== undefined)
      return `its vectors have wrong numbers: ${index} of ${count}, or one twice`;
    vectors[index] = unit(embedding);
  }
  const all = vectors.filter((vector) => vector !== undefined);
  const lengths = new Set(all.map(({ length }) => length));
  return lengths.size > 1 ? `its vectors are of several lengths: ${[...lengths].join(', ')}` : all;
}
