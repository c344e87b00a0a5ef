/** `broadsheet serve`: the site, and the work that keeps it up to date. */

import { createApp } from '../app.ts';
import type { App } from '../app.ts';
import { createHandler } from '../handler.ts';
import { schedule } from '../schedule.ts';
import { publicUrl, readConfig } from '#platform/config.ts';
import { listen } from '#platform/http/listen.ts';
import { runDue } from '#platform/jobs/run-due.ts';
import { indexDue } from '#search/index-due.ts';
import { printStarter } from '#sources/starter.ts';
import type { Io } from './io.ts';

/** How often the server looks for work that is due; a look is one indexed read per job. */
const TICK_MS = 5_000;

export async function serve(io: Io): Promise<number> {
  const config = readConfig();
  const stop = io.signal();
  await using app = await createApp(config);
  const printed = await printStarter(app);
  await indexDue(app.db, stop);
  const address = { url: publicUrl(config) };
  let handler = createHandler(app, address.url);
  const server = await listen((request) => handler(request), {
    host: config.HOST,
    port: config.PORT,
    ready: (asked) => handler.ready(asked),
  });
  if (server.port !== config.PORT) handler = createHandler(app, publicUrl(config, server.port));
  if (printed > 0) app.log.info(`printed the starter edition: ${printed} papers`);
  io.out(`${config.SITE_NAME} is at ${publicUrl(config, server.port)}\n`);
  await keepUpToDate(app, stop);
  await server.close();
  return 0;
}

/** Runs what is due until told to stop. */
async function keepUpToDate(app: App, stop: AbortSignal): Promise<void> {
  const jobs = schedule(app);
  while (!stop.aborted) {
    await runDue(app, jobs, stop);
    // A signal during the pause is the ordinary way to end, not an error.
    await app.clock.sleep(TICK_MS, stop).catch(() => undefined);
  }
}
