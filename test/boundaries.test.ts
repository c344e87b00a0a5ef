/** The arrows between folders are kept by the linter; this proves that it bites. */

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { test } from 'node:test';
import { arrows } from '../oxlint.config.ts';

const root = resolve(import.meta.dirname, '..');

/** The files that the linter rejects for what they import. `files`: path -> import line. */
async function rejected(files: Record<string, string>): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'broadsheet-boundaries-'));
  try {
    await writeFile(
      join(folder, 'oxlint.config.ts'),
      `export { default } from ${JSON.stringify(join(root, 'oxlint.config.ts'))};\n`,
    );
    for (const [path, line] of Object.entries(files)) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), `${line}\n`);
    }
    const oxlint = join(root, 'node_modules/oxlint/bin/oxlint');
    const run = spawnSync(process.execPath, [oxlint, '--format', 'json'], { cwd: folder, encoding: 'utf8' });
    const { diagnostics } = JSON.parse(run.stdout) as { diagnostics: { code: string; filename: string }[] };
    const imports = diagnostics.filter(
      ({ code }) => code.includes('no-restricted-imports') || code.includes('no-cycle'),
    );
    return [...new Set(imports.map(({ filename }) => filename))].toSorted();
  } finally {
    await rm(folder, { recursive: true });
  }
}

test('every folder of src/ has its arrows', async () => {
  const entries = await readdir(join(root, 'src'), { withFileTypes: true });
  const folders = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  assert.deepEqual(
    folders.filter((name) => name !== 'cli' && !(name in arrows)),
    [],
  );
});

test('imports against the arrows are errors', async () => {
  const wrong = {
    'src/api/feed/json.ts': `export { page } from '#web/page.tsx';`,
    'src/cycle/a.ts': `export { b } from './b.ts';`,
    'src/cycle/b.ts': `export { a } from './a.ts';`,
    'src/papers/climb.ts': `export { day } from '../platform/day.ts';`,
    'src/papers/up.ts': `export { createApp } from '#app.ts';`,
    'src/papers/value.ts': `export { Db } from '#schema.ts';`,
    'src/platform/db/open.ts': `import type { Db } from '#schema.ts'; export type X = Db;`,
    'src/platform/day.test.ts': `export { paper } from '#papers/paper.ts';`,
    'src/sources/arxiv/oai/climb.ts': `export { day } from '../../../platform/day.ts';`,
    'src/sources/fixture.ts': `export { openTestDatabase } from '../../test/database.ts';`,
    'src/web/mail.tsx': `export { send } from '#digest/send.ts';`,
  };
  assert.deepEqual(await rejected(wrong), Object.keys(wrong).toSorted());
});

test('imports along the arrows are not', async () => {
  const right = {
    'src/cli/all.ts': `export { createApp } from '#app.ts'; export { page } from '#web/page.tsx';`,
    'src/papers/store.ts': `import type { Db } from '#schema.ts'; export { day } from '#platform/day.ts'; export type X = Db;`,
    'src/sources/arxiv/oai.ts': `export { context } from '../context.ts'; export { paper } from '#papers/paper.ts';`,
    'src/sources/arxiv/oai.test.ts': `export { openTestDatabase } from '../../../test/database.ts';`,
    'src/web/page.tsx': `export { cards } from '#feed/cards.ts'; export { Hono } from 'hono';`,
  };
  assert.deepEqual(await rejected(right), []);
});
