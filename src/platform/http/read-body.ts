/** The bytes of an answer, with a limit. */

import { AppError } from '#platform/errors.ts';

/** Reads to the end, or fails as soon as there is more than `limit` bytes. */
export async function readBody(response: Response, limit: number, url: string): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    // Leaving the loop cancels the stream, which closes the connection.
    if (size > limit)
      throw new AppError('upstream', `Cannot read ${url}: the answer is larger than ${Math.round(limit / 1e6)} MB.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
}
