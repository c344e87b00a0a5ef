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
  err?: { type?: string; message?: string; stack?: string };
  [key: string]: unknown;
}

const LEVEL_NAMES: Record<number, string> = { 20: 'debug', 30: 'info', 40: 'warn', 50: 'error', 60: 'fatal' };

/**
 * `12:30:01 warn  arXiv did not answer  url=https://… error="…"`, always one line: what came from outside is escaped.
 * The stack is shown of errors that nobody foresaw; an AppError explains itself.
 */
export function formatLine(json: string): string {
  const { level, time, msg = '', err, pid: _pid, hostname: _hostname, ...rest } = JSON.parse(json) as LogLine;
  const fields = Object.entries(rest).map(([key, value]) => `${key}=${JSON.stringify(value)}`);
  if (err?.message !== undefined) fields.push(`error=${JSON.stringify(err.message)}`);
  if (err?.stack !== undefined && err.type !== 'AppError') fields.push(`stack=${JSON.stringify(err.stack)}`);
  const clock = new Date(time).toISOString().slice(11, 19);
  const line = [clock, (LEVEL_NAMES[level] ?? String(level)).padEnd(5), msg, ...fields].join(' ');
  return `${line.replaceAll(/\p{Cc}/gu, (control) => JSON.stringify(control).slice(1, -1))}\n`;
}

/** Logs go to standard error, so that standard output stays free for a command's result. Tests give `destination`. */
export function createLog(options: LogOptions, destination: DestinationStream = standardError(options)): Log {
  return pino({ level: options.level, base: null, serializers: { err: describeError } }, destination);
}

/** pino's own serializer adds the messages of all causes to the message, and an AppError's says it all already. */
function describeError(error: unknown): LogLine['err'] {
  if (!(error instanceof Error)) return { type: typeof error, message: String(error) };
  return { type: error.name, message: error.message, ...(error.stack === undefined ? {} : { stack: error.stack }) };
}

function standardError({ format }: LogOptions): DestinationStream {
  if (format === 'json') return pino.destination({ dest: 2, sync: true });
  return { write: (line) => void process.stderr.write(formatLine(line)) };
}
