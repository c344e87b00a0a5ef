/** Bytes in the encodings that clients read: as small as is worth the time, or at once. */

import { promisify } from 'node:util';
import {
  brotliCompress,
  brotliCompressSync,
  constants,
  gzip,
  gzipSync,
  zstdCompress,
  zstdCompressSync,
} from 'node:zlib';
import type { Encoding } from './negotiation.ts';

export type Bytes = Uint8Array<ArrayBuffer>;
type Compressed = Exclude<Encoding, 'identity'>;

/**
 * Brotli 5 is as small as gzip 9 at a quarter of the time; a front page takes some 5 ms. Zstandard is for those who read neither of
 * the others.
 */
const DENSE = { br: 5, gzip: 6, zstd: 6 };
/**
 * So short that it is done at once: to hand it to another thread and back costs as much again. Of 32 kB of results Zstandard 1
 * makes 9.3 kB in the time in which Brotli 1 makes 9.8; level 3 and Brotli 2 take half as long again and twice as long for 9.0.
 */
const QUICK = { br: 1, gzip: 1, zstd: 1 };
/** Smallest and largest; Brotli takes less time to set up a window that is no larger than the text. */
const WINDOW_BITS = [16, 22] as const;

const brotli = promisify(brotliCompress);
const gz = promisify(gzip);
const zstd = promisify(zstdCompress);

/** In another thread. */
export async function compress(body: Bytes, encoding: Encoding): Promise<Bytes> {
  if (encoding === 'identity' || body.length === 0) return body;
  if (encoding === 'gzip') return new Uint8Array(await gz(body, { level: DENSE.gzip }));
  if (encoding === 'zstd') return new Uint8Array(await zstd(body, zstdOptions(body, DENSE.zstd)));
  return new Uint8Array(await brotli(body, brotliOptions(body, DENSE.br)));
}

export function compressQuickly(body: Bytes, encoding: Compressed): Bytes {
  if (encoding === 'gzip') return gzipSync(body, { level: QUICK.gzip });
  if (encoding === 'zstd') return zstdCompressSync(body, zstdOptions(body, QUICK.zstd));
  return brotliCompressSync(body, brotliOptions(body, QUICK.br));
}

function brotliOptions({ length }: Bytes, quality: number) {
  const [least, most] = WINDOW_BITS;
  const window = Math.min(Math.max(Math.ceil(Math.log2(length)), least), most);
  return {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: quality,
      [constants.BROTLI_PARAM_SIZE_HINT]: length,
      [constants.BROTLI_PARAM_LGWIN]: window,
    },
  };
}

/** Told how much there is, it sets up no more than that needs. */
function zstdOptions({ length }: Bytes, level: number) {
  return { pledgedSrcSize: length, params: { [constants.ZSTD_c_compressionLevel]: level } };
}
