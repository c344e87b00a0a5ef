/** Keeps what a source sent and we could not use, so that an operator can look at it: DATA_DIR/rejected. */

import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SourceContext } from './context.ts';

/** Enough to see a pattern; together they can never fill a disk. */
const FILES_KEPT = 20;
const BYTES_KEPT = 5_000_000;

/**
 * Returns the file's path, or undefined where it could not be written, which is logged: a full disk must not hide
 * the upstream's failure behind one of ours. Longer content is cut.
 */
export async function keepRejected(
  context: SourceContext,
  source: string,
  content: string | Uint8Array,
): Promise<string | undefined> {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  const folder = join(context.config.DATA_DIR, 'rejected');
  const time = new Date(context.clock.now()).toISOString().replaceAll(/[:.]/g, '-');
  const file = join(folder, `${time}-${source.replaceAll(/[^A-Za-z0-9.+-]+/g, '-').slice(0, 80)}.txt`);
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(file, bytes.subarray(0, BYTES_KEPT));
    const names = (await readdir(folder)).filter((name) => name.endsWith('.txt')).sort(); // the time comes first, so by age
    for (const name of names.slice(0, Math.max(0, names.length - FILES_KEPT)))
      await rm(join(folder, name), { force: true });
    return file;
  } catch (error) {
    context.log.warn({ err: error, file }, 'cannot keep a rejected answer');
    return undefined;
  }
}
