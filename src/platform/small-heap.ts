/** For commands that work through a lot of data: less memory at the same speed. */

import { setFlagsFromString } from 'node:v8';

/**
 * Keeps V8's nursery at its first size. It doubles whenever many objects survive a round, which the papers of a
 * batch always do, up to 90 MB that an import is no faster for (100 000 papers: 317 MB with it, 248 MB without).
 * V8 reads this setting each time it thinks of growing, so it may be set while the program runs.
 */
export function keepHeapSmall(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
}
