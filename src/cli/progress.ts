/** Progress of long commands: a bar that redraws itself on a terminal, a plain line now and then elsewhere. */

import type { Io } from './io.ts';

export interface Progress {
  /** `done` is between 0 and 1; undefined where the end is not known. */
  update(done: number | undefined, text: string): void;
  /** A line that stays, printed above the bar. */
  note(line: string): void;
  /** Removes the bar. */
  end(): void;
}

/** A terminal is redrawn ten times a second; a log gets a line every ten seconds. */
const REDRAW_MS = 100;
const LINE_MS = 10_000;
const BAR_WIDTH = 24;

export function createProgress(io: Io, now: () => number = Date.now): Progress {
  let last = io.isTerminal ? 0 : now(); // a log needs no line at the very start
  let drawn = false;
  const clear = () => {
    if (drawn) io.err('\r\u001B[K');
    drawn = false;
  };
  return {
    update(done, text) {
      if (now() - last < (io.isTerminal ? REDRAW_MS : LINE_MS)) return;
      last = now();
      if (!io.isTerminal) return io.err(`${done === undefined ? '' : `${Math.floor(done * 100)} % `}${text}\n`);
      clear();
      io.err(`${bar(done)}${text}`.slice(0, io.columns() - 1));
      drawn = true;
    },
    note(line) {
      clear();
      io.err(`${line}\n`);
    },
    end: clear,
  };
}

function bar(done: number | undefined): string {
  if (done === undefined) return '';
  const full = Math.round(Math.min(1, done) * BAR_WIDTH);
  return `${'█'.repeat(full)}${'░'.repeat(BAR_WIDTH - full)} ${String(Math.floor(done * 100)).padStart(3)} % `;
}
