/** In this process, one writer at a time per database: waiting in a queue costs no thread and no CPU. */

export type Release = () => void;

const tails = new WeakMap<object, Promise<void>>();

/** Resolves when every earlier holder of `owner`'s lock has released it. Release is idempotent. */
export async function writeLock(owner: object): Promise<Release> {
  const before = tails.get(owner) ?? Promise.resolve();
  const { promise, resolve } = Promise.withResolvers<void>();
  tails.set(
    owner,
    before.then(() => promise),
  );
  await before;
  return resolve;
}
