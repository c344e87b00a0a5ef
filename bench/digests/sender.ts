/** Sends the digests that are due at an instant, in a process of its own, and says what it took. */

import { createApp } from '../../src/app.ts';
import { sendDue } from '#digest/send-mails.ts';
import { writeDue } from '#digest/write-mails.ts';
import { systemClock } from '#platform/clock.ts';
import { readConfig } from '#platform/config.ts';
import { createLog } from '#platform/log.ts';

const [instant = ''] = process.argv.slice(2);
const began = Date.now();
const clock = { ...systemClock, now: () => Date.parse(instant) + Date.now() - began };
await using app = await createApp(readConfig(), { clock, log: createLog({ level: 'error', format: 'text' }) });
let most = 0;
const watch = setInterval(() => (most = Math.max(most, process.memoryUsage.rss())), 50);
const cpu = process.cpuUsage();
const started = performance.now();
const press = { ...app, url: 'https://papers.example' };
await writeDue(press);
const written = performance.now();
const counts = await sendDue(press);
const seconds = (performance.now() - started) / 1_000;
const sending = (performance.now() - written) / 1_000;
const { user, system } = process.cpuUsage(cpu);
clearInterval(watch);
process.stdout.write(
  `${JSON.stringify({ ...counts, seconds, sending, processor: (user + system) / 1e6, megabytes: most / 2 ** 20 })}\n`,
);
