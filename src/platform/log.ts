/** Structured logging: JSON lines for machines, one plain line per event on a terminal. */

import { pino } from 'pino';
import type { DestinationStream, Logger } from 'pino';

export type Log = Logger;
export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent';

export interface LogOptions {
  level: LogLevel;
  format: 'json' | 'text';
}

interface LogLine {
  level: number;
  time: number;
  msg?: string;
  err?: { message?: string };
  [key: string]: unknown;
}

const LEVEL_NAMES: Record<number, string> = { 20: 'debug', 30: 'info', 40: 'warn', 50: 'error', 60: 'fatal' };

/** `12:30:01 warn  arXiv did not answer  url=https://… error="…"` */
export function formatLine(json: string): string {
  const { level, time, msg = '', err, pid: _pid, hostname: _hostname, ...rest } = JSON.parse(json) as LogLine;
  const fields = Object.entries(rest).map(([key, value]) => `${key}=${JSON.stringify(value)}`);
  if (err?.message !== undefined) fields.push(`error=${JSON.stringify(err.message)}`);
  const clock = new Date(time).toISOString().slice(11, 19);
  return `${[clock, (LEVEL_NAMES[level] ?? String(level)).padEnd(5), msg, ...fields].join(' ')}\n`;
}

/** Logs go to standard error, so that standard output stays free for a command's result. */
export function createLog(options: LogOptions): Log {
  const text: DestinationStream = { write: (line) => void process.stderr.write(formatLine(line)) };
  const destination = options.format === 'json' ? pino.destination({ dest: 2, sync: true }) : text;
  return pino({ level: options.level, base: null }, destination);
}
