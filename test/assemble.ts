/** `npm run wasm`: makes each .wasm of the .wat beside it. A test sees to it that they fit. */

import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import openWabt from 'wabt';

export const SOURCES: string[] = globSync('src/**/*.wat', { cwd: new URL('..', import.meta.url) });

export async function assemble(source: string): Promise<Uint8Array> {
  const wabt = await openWabt();
  const module = wabt.parseWat(source, readFileSync(source, 'utf8'), { simd: true, bulk_memory: true });
  try {
    module.validate();
    return module.toBinary({}).buffer;
  } finally {
    module.destroy();
  }
}

export function targetOf(source: string): string {
  return source.replace(/\.wat$/, '.wasm');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) void writeAll();

async function writeAll(): Promise<void> {
  for (const source of SOURCES) writeFileSync(targetOf(source), await assemble(source));
}
