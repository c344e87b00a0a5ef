/** Runs the real program as a process of its own. */

import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../', import.meta.url));

export interface Finished {
  /** Exit code; null if a signal ended it. */
  code: number | null;
  out: string;
  err: string;
}

export interface Running {
  pid: number;
  finished: Promise<Finished>;
  kill(signal: NodeJS.Signals): void;
  /** Resolves with the match once standard output or error has it; rejects if the program ends before. */
  saw(pattern: RegExp): Promise<RegExpExecArray>;
}

/** Compiled code that is kept between starts makes each a quarter cheaper. */
const INHERITED = Object.fromEntries(
  ['PATH', 'HOME', 'NODE_COMPILE_CACHE'].flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value]];
  }),
);

/** `root`: where it is installed; by default here. */
export function start(
  args: readonly string[],
  env: Record<string, string> = {},
  input?: Buffer | string,
  root: string = ROOT,
): Running {
  const child = spawn(process.execPath, ['--import', './bin/typescript.js', 'src/main.ts', ...args], {
    cwd: root,
    env: { ...INHERITED, ARXIV_FETCH: 'off', PORT: '0', ...env },
  });
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
  child.stdin.on('error', () => undefined); // the program may end before it has read everything
  child.stdin.end(input);
  const finished = new Promise<Finished>((resolve) => child.on('close', (code) => resolve({ code, out, err })));
  return {
    pid: child.pid ?? 0,
    finished,
    kill: (signal) => void child.kill(signal),
    saw: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const match = pattern.exec(out + err);
          if (match) resolve(match);
        };
        look();
        child.stdout.on('data', look);
        child.stderr.on('data', look);
        child.on('close', () => reject(new Error(`ended without ${pattern}:\n${out}\n${err}`)));
      }),
  };
}

export async function runProgram(
  args: readonly string[],
  env: Record<string, string> = {},
  input?: Buffer | string,
  root?: string,
): Promise<Finished> {
  return await start(args, env, input, root).finished;
}

/** A folder that goes away with `await using`. */
export async function temporaryFolder(): Promise<{ path: string } & AsyncDisposable> {
  const path = await mkdtemp(join(tmpdir(), 'broadsheet-program-'));
  return { path, [Symbol.asyncDispose]: async () => await rm(path, { recursive: true, force: true }) };
}
