/** A program for tests that kill it: sends the digests that are due, at the instant that it is told. */

import { createApp } from '../src/app.ts';
import { runDigests } from '#digest/run.ts';
import type { Clock } from '#platform/clock.ts';
import { systemClock } from '#platform/clock.ts';
import { readConfig } from '#platform/config.ts';
import { createLog } from '#platform/log.ts';

const [instant = ''] = process.argv.slice(2);
const began = Date.now();
const clock: Clock = { ...systemClock, now: () => Date.parse(instant) + Date.now() - began };
await using app = await createApp(readConfig(), { clock, log: createLog({ level: 'warn', format: 'text' }) });
const counts = await runDigests({ ...app, url: 'https://papers.example' });
process.stdout.write(`${JSON.stringify(counts)}\n`);
