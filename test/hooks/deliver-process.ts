/** A program that notes and sends webhooks until nothing is left, to be killed: `deliver-process.ts LATER`, in ms. */

import { createApp } from '../../src/app.ts';
import { deliverDue } from '#hooks/deliver.ts';
import { noteNews } from '#hooks/note-news.ts';
import { systemClock } from '#platform/clock.ts';
import { readConfig } from '#platform/config.ts';
import { createLog } from '#platform/log.ts';

const later = Number(process.argv[2]);
const clock = { ...systemClock, now: () => systemClock.now() + later };
await using app = await createApp(readConfig(), { clock, log: createLog({ level: 'error', format: 'text' }) });
const context = { ...app, url: 'https://papers.example' };
process.stdout.write('ready\n');
const never = new AbortController().signal;
await noteNews(context, never);
await deliverDue(context, never);
process.stdout.write('done\n');
