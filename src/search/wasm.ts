/** The inner loops that are written in WebAssembly, and memory for them that grows in place. */

import { readFileSync } from 'node:fs';

/** What is used of WebAssembly: its types come with those of browsers, which do not belong here. */
declare const WebAssembly: {
  Memory: new (size: { initial: number }) => WasmMemory;
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object, imports: { index: { memory: WasmMemory } }) => { exports: unknown };
};

export interface WasmMemory {
  readonly buffer: ArrayBuffer;
  /** By so many pages. */
  grow(pages: number): number;
}

const PAGE = 65_536;
/** Where a region begins, so that whatever lies there is aligned. */
const ALIGNMENT = 16;

/** Gives instances of a .wasm file that use a memory of the caller. It is compiled once, when first asked for. */
export function openWasm<Functions>(file: URL): (memory: WasmMemory) => Functions {
  let module: object | undefined;
  return (memory) => {
    module ??= new WebAssembly.Module(readFileSync(file));
    return new WebAssembly.Instance(module, { index: { memory } }).exports as Functions;
  };
}

export function newMemory(): WasmMemory {
  return new WebAssembly.Memory({ initial: 1 });
}

/** Addresses of regions of so many bytes that stand one after another, in the order of the keys; and where they end. */
export function layOut<Name extends string>(sizes: Record<Name, number>): Record<Name | 'end', number> {
  let end = 0;
  const addresses = {} as Record<Name | 'end', number>;
  for (const [name, size] of Object.entries(sizes) as [Name, number][]) {
    addresses[name] = end;
    end = Math.ceil((end + size) / ALIGNMENT) * ALIGNMENT;
  }
  addresses.end = end;
  return addresses;
}

/** Views of the memory that were made before are empty after it has grown. Throws a RangeError beyond 4 GB. */
export function growTo(memory: WasmMemory, bytes: number): void {
  const missing = Math.ceil((bytes - memory.buffer.byteLength) / PAGE);
  if (missing > 0) memory.grow(missing);
}
