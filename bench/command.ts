/** Runs the real program in a process of its own: a command to its end, or the server until it is stopped. */

import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { get } from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import type { Readable } from 'node:stream';

type Environment = Record<string, string>;

/** What `npm start` and `npm run broadsheet` run. */
export const PROGRAM = [process.execPath, 'bin/broadsheet.js'];
/** Writes what the process has used to descriptor 3 when it ends. */
const REPORT_USE = `data:text/javascript,${encodeURIComponent(
  "import { writeSync } from 'node:fs'; process.on('exit', () => writeSync(3, JSON.stringify(process.resourceUsage())));",
)}`;
const QUIET: Environment = { ARXIV_FETCH: 'off', HOST: '127.0.0.1', PORT: '0', DATABASE_URL: '', LOG_LEVEL: 'warn' };

const running = new Set<ChildProcess>();
process.once('exit', () => running.forEach((child) => child.kill('SIGTERM')));

/** Ended with the bench, should that be stopped. */
function endWithUs<T extends ChildProcess>(child: T): T {
  running.add(child);
  child.once('exit', () => running.delete(child));
  return child;
}

export interface Finished {
  seconds: number;
  /** MB (10^6 bytes) */
  peakMemory: number;
  /** Of all its threads: what `seconds` would be on a machine that does nothing else, waits for the disk left out. */
  cpuSeconds: number;
  output: string;
}

/** Fails if the command does. */
export async function runCommand(args: readonly string[], env: Environment): Promise<Finished> {
  const [node = '', ...program] = PROGRAM;
  const started = performance.now();
  const child = endWithUs(
    spawn(node, ['--import', REPORT_USE, ...program, ...args], {
      env: { ...process.env, ...QUIET, ...env },
      stdio: ['ignore', 'pipe', 'inherit', 'pipe'],
    }),
  );
  const output = text(child.stdout as Readable);
  const use = text(child.stdio[3] as Readable);
  const [code] = (await once(child, 'exit')) as [number | null];
  const seconds = (performance.now() - started) / 1000;
  if (code !== 0) throw new Error(`broadsheet ${args.join(' ')} ended with ${code}: ${await output}`);
  const { maxRSS, userCPUTime, systemCPUTime } = JSON.parse(await use) as NodeJS.ResourceUsage;
  return {
    seconds,
    peakMemory: (maxRSS * 1024) / 1e6,
    cpuSeconds: (userCPUTime + systemCPUTime) / 1e6,
    output: await output,
  };
}

/** Runs one of our own scripts in a process of its own and returns what it printed. */
export async function runScript(file: string, args: readonly string[]): Promise<string> {
  const child = endWithUs(spawn(process.execPath, [file, ...args], { stdio: ['ignore', 'pipe', 'inherit'] }));
  const output = text(child.stdout);
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`${file} ended with ${code}: ${await output}`);
  return await output;
}

export interface Server {
  url: string;
  pid: number;
  /** From the start of the process to the line with the address. */
  untilUrl: number;
  /** `performance.now()` when the process was started. */
  started: number;
  stop(): Promise<void>;
}

/** Starts a server; `command` ends where the program's own arguments begin. */
export async function startServer(
  env: Environment,
  command: readonly string[] = [...PROGRAM, 'serve'],
): Promise<Server> {
  const [file = '', ...args] = command;
  const started = performance.now();
  // A group of its own, because npm stands between us and the server.
  const child = endWithUs(
    spawn(file, args, {
      env: { ...process.env, ...QUIET, ...env },
      stdio: ['ignore', 'pipe', 'inherit'],
      detached: true,
    }),
  );
  const url = await readUrl(child);
  return {
    url,
    pid: child.pid ?? 0,
    untilUrl: performance.now() - started,
    started,
    stop: async () => await stop(child),
  };
}

async function readUrl(child: ChildProcess & { stdout: Readable }): Promise<string> {
  let output = '';
  for await (const chunk of child.stdout) {
    output += String(chunk);
    const [url] = /http:\/\/\S+/.exec(output) ?? [];
    // 127.0.0.1 is what it listens on; a name would be looked up for every connection.
    if (url) return url.replace('localhost', '127.0.0.1');
  }
  throw new Error(`The server ended before it printed its address: ${output}`);
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.pid === undefined) return;
  const gone = once(child, 'exit');
  process.kill(-child.pid, 'SIGTERM');
  await gone;
}

export interface Fetched {
  status: number | undefined;
  headers: IncomingHttpHeaders;
  body: Buffer;
  /** Headers included. */
  bytesOnTheWire: number;
}

/** One request on a connection of its own. */
export async function fetchOnce(url: string, headers: Record<string, string> = {}): Promise<Fetched> {
  const asking = get(url, { headers, agent: false });
  const [answer] = (await once(asking, 'response')) as [IncomingMessage];
  const chunks: Buffer[] = [];
  for await (const chunk of answer) chunks.push(chunk as Buffer);
  return {
    status: answer.statusCode,
    headers: answer.headers,
    body: Buffer.concat(chunks),
    bytesOnTheWire: answer.socket.bytesRead,
  };
}
