/** Where the threads of a training run wait for each other. */

/** `state` holds two numbers in shared memory, zero at the start: how many have come, and the round. */
export function barrier(state: Int32Array<SharedArrayBuffer>, threads: number): () => void {
  return () => {
    const round = Atomics.load(state, 1);
    if (Atomics.add(state, 0, 1) === threads - 1) {
      Atomics.store(state, 0, 0);
      Atomics.add(state, 1, 1);
      Atomics.notify(state, 1);
    } else while (Atomics.load(state, 1) === round) Atomics.wait(state, 1, round);
  };
}
