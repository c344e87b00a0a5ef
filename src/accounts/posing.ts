/** Nobody looks like one of those whose word is the site's, as `@chlef` does like `@chief`. Two readers may look alike. */

import type { Trx } from '#schema.ts';
import { skeletonOf } from './look-alike.ts';
import { listModerators } from './store.ts';
import type { User } from './store.ts';

/** Who moderates and is called so already, by either of their names; `exceptId` is whose names these are to be. One query. */
export async function findPosedAs(
  trx: Trx,
  names: readonly (string | null)[],
  exceptId?: string,
): Promise<User | undefined> {
  const looks = new Set(names.filter((name) => name !== null).map(skeletonOf));
  looks.delete(''); // what has no letters looks like nobody
  const all = await listModerators(trx);
  return all.find(
    ({ id, name, fullName }) =>
      id !== exceptId && (looks.has(skeletonOf(name)) || (fullName !== null && looks.has(skeletonOf(fullName)))),
  );
}
