/** A program that takes tokens of a rate limit as fast as it can, and what starts several of them at once. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openDatabase } from '#platform/db/open.ts';
import { take } from '#platform/limits/store.ts';
import type { Schema } from '#schema.ts';
import type { TestDatabase } from './database.ts';

interface Race {
  processes: number;
  /** Of each process. */
  tries: number;
  limit: number;
  now: number;
}

/** How many tokens each process got. They begin when all have opened the database. */
export async function takeInProcesses(settings: TestDatabase['settings'], race: Race): Promise<number[]> {
  const running = Array.from({ length: race.processes }, () => {
    const child = spawn(
      process.execPath,
      ['--import', './bin/typescript.js', fileURLToPath(import.meta.url), JSON.stringify(race)],
      {
        env: { PATH: process.env['PATH'], ...settings },
        stdio: ['pipe', 'pipe', 'inherit'],
      },
    );
    return { child, said: child.stdout.setEncoding('utf8').iterator() };
  });
  await Promise.all(running.map(async ({ said }) => await said.next()));
  for (const { child } of running) child.stdin.end('go');
  return await Promise.all(
    running.map(async ({ child, said }) => {
      const { value } = (await said.next()) as { value: string };
      if (child.exitCode === null) await once(child, 'exit');
      return Number(value);
    }),
  );
}

async function run(): Promise<void> {
  const { tries, limit, now } = JSON.parse(process.argv[2] ?? '') as Race;
  const file = join(process.env['DATA_DIR'] ?? '', 'broadsheet.db');
  const db = await openDatabase<Schema>({ databaseUrl: process.env['DATABASE_URL'] ?? '', file });
  await db.selectFrom('rate_limits').select('key').execute();
  process.stdout.write('ready');
  await once(process.stdin, 'data');
  let taken = 0;
  for (let count = 0; count < tries; count += 1) {
    if ((await take(db, { key: 'processes', limit, windowMs: 60_000 }, now)).allowed) taken += 1;
  }
  await db.destroy();
  process.stdout.write(String(taken));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) void run();
