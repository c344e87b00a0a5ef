/** The starter edition, indexed, as a database to copy. */

import { createApp } from '../src/app.ts';
import { systemClock } from '#platform/clock.ts';
import type { Clock } from '#platform/clock.ts';
import { readConfig } from '#platform/config.ts';
import { createLog } from '#platform/log.ts';
import { indexPapers } from '#search/index-papers.ts';
import { printStarter } from '#sources/starter.ts';
import type { Template } from './templates.ts';

/** `when` names the clock by which it is printed. */
export function starterAt(when: string, clock: Clock = systemClock): Template {
  return {
    name: `starter_${when}`,
    async fill(settings) {
      const log = createLog({ level: 'silent', format: 'json' });
      await using app = await createApp(readConfig({ ...settings }), { clock, log });
      await printStarter(app);
      await indexPapers(app);
    },
  };
}
