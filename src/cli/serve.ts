/** `broadsheet serve`: the site, and the work that keeps it up to date. */

import { createApp } from '../app.ts';
import type { App } from '../app.ts';
import { createHandler } from '../handler.ts';
import { schedule } from '../schedule.ts';
import { contactWarning, mailWarning, publicUrl, readConfig } from '#platform/config.ts';
import type { Config } from '#platform/config.ts';
import { listen } from '#platform/http/listen.ts';
import { runIfDue } from '#platform/jobs/run-due.ts';
import type { Job } from '#platform/jobs/run-due.ts';
import { indexPapers } from '#search/index-papers.ts';
import { rankDue } from '#ranking/rank-due.ts';
import { printStarter } from '#sources/starter.ts';
import { createLog } from '#platform/log.ts';
import type { Io } from './io.ts';
import { saveIndexes } from './save-indexes.ts';
import { warmUp } from './warm-up.ts';
import { isFurtherProcess, keepProcesses, leaveProcesses, startsProcesses } from './processes.ts';

/** How often the server looks for work that is due; a look is one indexed read per job. */
const TICK_MS = 5_000;

export async function serve(io: Io): Promise<number> {
  const config = readConfig();
  if (startsProcesses(config.PROCESSES)) {
    return await keepProcesses(io, config.PROCESSES, createLog({ level: config.LOG_LEVEL, format: config.LOG_FORMAT }));
  }
  try {
    await serveHere(io, config);
  } finally {
    leaveProcesses();
  }
  return 0;
}

async function serveHere(io: Io, config: Config): Promise<void> {
  const stop = io.signal();
  await using app = await createApp(config);
  for (const warning of [mailWarning(config), contactWarning(config)])
    if (warning !== undefined && !isFurtherProcess()) app.log.warn(warning);
  // Only the starter is indexed and ranked before the first reader; whatever else is due waits for its job.
  const printed = await printStarter(app);
  if (printed > 0) {
    await indexPapers(app, stop);
    await rankDue({ db: app.db, now: app.clock.now(), signal: stop });
  }
  let handler = createHandler(app, publicUrl(config));
  const server = await listen((request, peer) => handler(request, peer), {
    host: config.HOST,
    port: config.PORT,
    ready: (asked) => handler.ready(asked),
  });
  let warming: Promise<unknown> | undefined;
  try {
    if (server.port !== config.PORT) handler = createHandler(app, publicUrl(config, server.port));
    if (printed > 0) app.log.info(`printed the starter edition: ${printed} papers`);
    if (!isFurtherProcess()) io.out(`${config.SITE_NAME} is at ${publicUrl(config, server.port)}\n`);
    // Made now, the indexes are there before anybody searches or types; if the database fails, jobs and pages say so.
    app.search
      .state()
      .then(() => app.suggester.prepare())
      .then(() => (warming = warmUp(app, { handler, url: publicUrl(config, server.port), signal: stop })))
      .catch(() => undefined);
    await Promise.all(schedule(app).map((job) => keepRunning(app, job, stop)));
  } finally {
    await server.close();
    await warming?.catch(() => undefined);
    if (!isFurtherProcess()) await saveIndexes(app);
  }
}

/** Each job looks for itself whether it is due, so that a long harvest does not hold up the morning's listing. */
async function keepRunning(app: App, job: Job, stop: AbortSignal): Promise<void> {
  while (!stop.aborted) {
    await runIfDue(app, job, stop);
    // A signal during the pause is the ordinary way to end, not an error.
    await app.clock.sleep(TICK_MS, stop).catch(() => undefined);
  }
}
