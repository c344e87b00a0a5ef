/** Tells whether a saved index was made by this very program. */

import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { endianness } from 'node:os';

/** All that decides on what is in an index and how it lies there. */
const FOLDERS = ['..', '../lexical', '../suggest', '../vectors', '.', '../../papers'];

let known: string | undefined;

/**
 * Of the sources themselves, which takes some milliseconds: a number that has to be raised by hand is forgotten once,
 * and then answers are wrong. The order of bytes is part of it.
 */
export function thisProgram(): string {
  known ??= fingerprint();
  return known;
}

function fingerprint(): string {
  const hash = createHash('sha256').update(endianness());
  for (const folder of FOLDERS) {
    const url = new URL(`${folder}/`, import.meta.url);
    const names = readdirSync(url).filter((name) => /\.(?:ts|wasm)$/.test(name) && !name.endsWith('.test.ts'));
    for (const name of names.toSorted()) hash.update(`\n${folder}/${name}\n`).update(readFileSync(new URL(name, url)));
  }
  return hash.digest('hex');
}
