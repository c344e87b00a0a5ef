/** What a source needs of the outside world, in tests: a stand-in arXiv, a clock that takes no time, a log to look into. */

import { pino } from 'pino';
import { manualClock } from '#platform/clock.ts';
import { readConfig } from '#platform/config.ts';
import type { SourceContext } from '#sources/context.ts';
import type { TestDatabase } from './database.ts';

export interface LogLine {
  level: number;
  msg: string;
  [field: string]: unknown;
}

export interface TestSourceContext extends SourceContext {
  clock: ReturnType<typeof manualClock>;
  lines: LogLine[];
}

/** Tuesday, shortly after the listing of that day. */
export const LISTING_MORNING = Date.parse('2026-01-06T05:10:00Z');

export function sourceContext(
  database: TestDatabase,
  { settings: served }: { settings: Record<string, string> },
  {
    clock = manualClock(LISTING_MORNING),
    settings = {},
  }: { clock?: ReturnType<typeof manualClock>; settings?: Record<string, string> } = {},
): TestSourceContext {
  const lines: LogLine[] = [];
  return {
    config: readConfig({ CONTACT: 'ops@example.org', ...database.settings, ...served, ...settings }),
    db: database.db,
    clock,
    fetch,
    log: pino({ level: 'debug', base: null }, { write: (line) => void lines.push(JSON.parse(line) as LogLine) }),
    lines,
  };
}
