/** `ask-library.ts DATA_DIR FILE` asks the questions of FILE and prints the id of the first paper for each, as JSON. */

import { readFileSync } from 'node:fs';
import { openLibrary } from './library.ts';
import type { Asked } from './questions.ts';

const [folder = '', file = ''] = process.argv.slice(2);
await using library = await openLibrary(folder);
const first: (string | null)[] = [];
for (const { q } of JSON.parse(readFileSync(file, 'utf8')) as Asked[])
  first.push((await library.find(q, 1))[0] ?? null);
process.stdout.write(JSON.stringify(first));
